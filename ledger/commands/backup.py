"""`ledger backup` and `ledger restore`: the log in one folder, the keys in another."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.application import personal_data
from ledger.commands.parsing import NotPossible, add
from ledger.commands.progress import progress
from ledger.projections.catalogue import PROJECTIONS
from ledger.services import build
from ledger.upkeep import backups
from ledger.upkeep.copies import CopyError

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings
    from ledger.services import House


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Copy the log to a new folder, and with --keys the keys to another, while the ledger serves."""
    folders = _apart(options)
    with closing(build(settings)) as house:
        head, sealed = house.ledger.head(), house.seals.head()
    told = {"position": head, "checkpoint": sealed.note if sealed else None}
    try:
        backups.back_up_log(_places(settings), folders[0], datetime.now(UTC), told)
        for folder in folders[1:]:
            backups.back_up_keys(_places(settings), folder, datetime.now(UTC))
    except CopyError as error:
        raise NotPossible(str(error)) from error
    print(f"{folders[0]} holds the log, at least up to position {head}.")
    print(f"{folders[1]} holds the keys." if folders[1:] else "The keys are not in it; --keys FOLDER copies them.")
    return 0


def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Put a log back where there is none, and with --keys its keys; make the read models anew, and verify."""
    folders = _apart(options)
    try:
        told = backups.restore_log(_places(settings), folders[0])
        for folder in folders[1:]:
            backups.restore_keys(_places(settings), folder)
    except CopyError as error:
        raise NotPossible(str(error)) from error
    with closing(build(settings)) as house:
        house.migrate()
        erased = personal_data.erase_again(house.ledger)
        print("".join(f"{subject} stays erased.\n" for subject in erased), end="")
        for projection in PROJECTIONS:
            house.follower.rebuild(projection.name, progress=progress(projection.name))
        return _verified(house, told["position"], keys=bool(folders[1:]))


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    for name, command in (("backup", backup), ("restore", restore)):
        parser = add(commands, name, command)
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="of the log")
        parser.add_argument("--keys", type=Path, metavar="FOLDER", help="of the keys, to be kept elsewhere")


def _apart(options: argparse.Namespace) -> list[Path]:
    folders = [path.resolve() for path in (options.folder, options.keys) if path is not None]
    if len(folders) > 1 and (folders[0] in (folders[1], *folders[1].parents) or folders[1] in folders[0].parents):
        raise NotPossible("the keys go to a folder of their own, beside that of the log: together they lock nothing")
    return folders


def _places(settings: Settings) -> backups.Places:
    if settings.database_url == "memory:":
        raise NotPossible("a ledger in memory leaves nothing behind; set LEDGER_DATABASE_URL")
    return backups.Places(settings.database_url, settings.personal_keys_url, Path(settings.signing_keys))


def _verified(house: House, position: int, *, keys: bool) -> int:
    if house.ledger.head() < position:
        print(f"THE LOG ENDS AT POSITION {house.ledger.head()}; it was backed up at {position}.")
        return 1
    print(f"The log is back, up to position {house.ledger.head()}.")
    if not keys:
        print("Without its keys everything personal reads as erased, and what was signed cannot be checked here.")
        return 0
    report = house.verification().run(progress("verified"), None)
    for finding in report.findings:
        print(finding)
    print("The log is what was signed." if report.intact else "THE LOG IS NOT WHAT WAS SIGNED.")
    return 0 if report.intact else 1
