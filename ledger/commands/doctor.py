"""`ledger doctor`: what an operator looks at first."""

from __future__ import annotations

import argparse
import re
from contextlib import closing
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING

from ledger.commands.examination import of_keys, of_log, of_read_models, of_sessions
from ledger.commands.findings import PLACES, folders, is_full, of_disks, of_file
from ledger.commands.parsing import add
from ledger.config import variable
from ledger.services import build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.commands.findings import Finding
    from ledger.commands.parsing import Commands
    from ledger.config import Settings

SECRET = re.compile(r"(?<=://)([^:/?@]*:)[^/]*(?=@)|([?&]password=)[^&]*")


def doctor(settings: Settings, _: argparse.Namespace) -> int:
    """Show the settings and where log and read models stand; say what is wrong, and what to do."""
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        print(f"{variable(setting):28} {without_password(value)!s:40} {setting.metadata['help']}")
    in_files = {name: list(of_file(name, getattr(settings, name))) for name in PLACES}
    found = [*chain.from_iterable(in_files.values()), *of_disks(folders(settings)), *_asked(settings, in_files)]
    for finding in found:
        print(f"\nWRONG  {finding.what}\n   DO  {finding.do}")
    print("" if found else "\nNothing is wrong.")
    return 1 if found else 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    add(commands, "doctor", doctor)


def without_password(value: object) -> str:
    """Return a setting as it can be shown to somebody who helps."""
    return SECRET.sub(r"\1\2…", str(value))


def _asked(settings: Settings, in_files: Mapping[str, Sequence[Finding]]) -> Iterator[Finding]:
    """Ask those whose files are sound: of the others it is known what is wrong."""
    if in_files["database_url"] or in_files["personal_keys_url"] or any(map(is_full, folders(settings))):
        return
    with closing(build(settings)) as house:
        yield from of_log(house)
        if not in_files["views_url"]:
            yield from of_read_models(house)
        if not in_files["sessions_url"]:
            yield from of_sessions(house)
        yield from of_keys(house)
