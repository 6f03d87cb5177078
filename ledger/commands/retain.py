"""`ledger retain`: what has been kept for as long as it must be."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from ledger.commands.parsing import add
from ledger.services import build
from ledger.upkeep.retention import due

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings


def retain(settings: Settings, _: argparse.Namespace) -> int:
    """List what has been kept for as long as commercial law asks; deletes nothing."""
    with closing(build(settings)) as house:
        found = due(house.ledger, house.ledger.clock().date())
    for one in found:
        since = f", the oldest of {one.oldest}" if one.oldest else ""
        print(f"{one.entry.years:2} years: {one.events} events are due{since} ({', '.join(one.entry.records)})")
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    add(commands, "retain", retain).add_argument(
        "--dry-run", action="store_true", required=True, help="it does nothing else yet"
    )
