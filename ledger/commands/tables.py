"""`ledger migrate` and `ledger rebuild`: tables that are missing, and read models made anew."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from ledger.commands.parsing import NotPossible, add
from ledger.commands.progress import progress
from ledger.projections.catalogue import PROJECTIONS
from ledger.services import build
from ledger.subscriptions.rebuilding import Busy, Stumbled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.commands.parsing import Commands
    from ledger.config import Settings
    from ledger.subscriptions.catching_up import Progress
    from ledger.subscriptions.comparing import Difference
    from ledger.subscriptions.follower import Follower

READ_MODELS = [projection.name for projection in PROJECTIONS]


def migrate(settings: Settings, _: argparse.Namespace) -> int:
    """Create the tables that are missing."""
    with closing(build(settings)) as house:
        house.migrate()
    print("The tables are there.")
    return 0


def rebuild(settings: Settings, options: argparse.Namespace) -> int:
    """Build read models anew beside those that serve, and let them take their place."""
    with closing(build(settings)) as house:
        house.ledger.head()  # a log without tables is a mistake in the settings
        house.migrate()  # read models may have been thrown away altogether
        names, told = options.names, progress(", ".join(options.names) or "read models")
        try:
            if options.check:
                return _report(house.follower.compare(*names, progress=told))
            if options.new:
                return _fill(house.follower, told)
            house.follower.rebuild(*names, progress=told)
        except Busy as busy:
            raise NotPossible(str(busy)) from None
        except Stumbled as stumbled:
            print(f"Not built; what serves is as it was: {stumbled}")
            return 1
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    add(commands, "migrate", migrate)
    described = add(commands, "rebuild", rebuild)
    told = f"of {', '.join(READ_MODELS)}; all when none is named"
    described.add_argument("names", nargs="*", type=_read_model, metavar="NAME", help=told)
    instead = described.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="compare with what the log gives, and change nothing")
    instead.add_argument("--new", action="store_true", help="fill those that no release before had in this version")


def _report(differences: Sequence[Difference]) -> int:
    for one in differences:
        print(f"{one.table}: {one.key} {one.what}")
    print(f"{len(differences)} rows differ from the log." if differences else "Every row is what the log gives.")
    return 1 if differences else 0


def _fill(follower: Follower, told: Progress) -> int:
    new = follower.unserved()
    if new:
        follower.catch_up(told, new)
    print(f"Filled: {', '.join(new)}." if new else "There is nothing new to fill.")
    return 0


def _read_model(name: str) -> str:
    if name not in READ_MODELS:
        raise argparse.ArgumentTypeError(f"there is no read model {name!r}; there are {', '.join(READ_MODELS)}")
    return name
