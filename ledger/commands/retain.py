"""`ledger retain`: what has been kept for as long as it must be, and firms that are erased because of it."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.commands.parsing import add
from ledger.services import House, build
from ledger.upkeep.leavers import LONGEST, Leaver, erase, leavers
from ledger.upkeep.retention import due

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings

WORD = "erase"
REST = (
    "Events are never deleted, and a firm's personal texts share one key: those of a firm that is still there, or was "
    "spoken of since, stay until it is erased (docs/privacy.md)."
)


def retain(settings: Settings, options: argparse.Namespace) -> int:
    """List what is due by commercial law, and erase firms that left so long ago that nothing of them need be kept."""
    with closing(build(settings)) as house:
        _list(house)
        gone = [one for one in leavers(house.ledger) if one.firm not in options.keep]
        if not gone:
            print("No firm is to be erased.")
            return 0
        print(f"To be erased, for they have left and nothing was recorded of them for {LONGEST} years:")
        for one in gone:
            print(f"  {one.firm}  {one.name}, last on {one.last}")
        if options.dry_run:
            return 0
        if not (options.yes or _agreed(len(gone))):
            print("Nothing was erased.")
            return 1
        complete = [_erased(house, one) for one in gone]
        return 0 if all(complete) else 1


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    retaining = add(commands, "retain", retain)
    retaining.add_argument("--dry-run", action="store_true", help="list what is due and erase nothing")
    retaining.add_argument("--yes", action="store_true", help="erase without asking")
    told = "leave this firm as it is; may be given several times"
    retaining.add_argument("--keep", type=UUID, action="append", default=[], metavar="FIRM", help=told)


def _list(house: House) -> None:
    for one in due(house.ledger, house.ledger.clock().date()):
        since = f", the oldest of {one.oldest}" if one.oldest else ""
        print(f"{one.entry.years:2} years: {one.events} events are due{since} ({', '.join(one.entry.records)})")
    print(REST)


def _agreed(count: int) -> bool:
    try:
        return input(f"Type {WORD!r} to erase {count} for good: ").strip() == WORD
    except EOFError:  # nobody is there to ask
        print()
        return False


def _erased(house: House, one: Leaver) -> bool:
    position = erase(house.ledger, one)
    complete = house.purge(position)
    after = "" if complete else "; the read models still hold its name: run `ledger rebuild`"
    print(f"{one.firm} is erased, certified at position {position}{after}.")
    return complete
