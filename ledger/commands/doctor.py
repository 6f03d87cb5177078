"""`ledger doctor`: what an operator looks at first."""

from __future__ import annotations

import argparse
import re
from contextlib import closing
from dataclasses import fields
from typing import TYPE_CHECKING

from ledger.commands.parsing import add
from ledger.config import variable
from ledger.services import build

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings

SECRET = re.compile(r"(?<=://)([^:/?@]*:)[^/]*(?=@)|([?&]password=)[^&]*")
LOST = (
    "THE KEYS DO NOT FIT THE LOG: LEDGER_PERSONAL_KEYS_URL holds no key for {} of those whose personal data lie at "
    "either end of the log, nor the trace of a destroyed one. They read as erased, and nobody has erased them."
)


def doctor(settings: Settings, _: argparse.Namespace) -> int:
    """Show the settings, where the log stands, and what each read model says."""
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        print(f"{variable(setting):28} {without_password(value)!s:40} {setting.metadata['help']}")
    with closing(build(settings)) as house:
        print(f"\nThe log stands at position {house.ledger.head()}.")
        stands, alarm, lost = house.follower.stand(), house.seals.alarm(), house.store.lost_keys()
        print(f"Sealed up to leaf {house.seals.size()}." if alarm is None else f"SEALING HAS STOPPED: {alarm}")
    if lost:
        print(
            LOST.format(variable(next(one for one in fields(settings) if one.name == "personal_keys_url")), len(lost))
        )
    for stand in stands:
        trouble = f"  failed at {stand.error_position}: {stand.error}" if stand.error else ""
        print(f"{stand.key:28} at {stand.position}, {stand.lag} behind{trouble}")
    return 1 if alarm or lost or any(stand.error for stand in stands) else 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    add(commands, "doctor", doctor)


def without_password(value: object) -> str:
    """Return a setting as it can be shown to somebody who helps."""
    return SECRET.sub(r"\1\2…", str(value))
