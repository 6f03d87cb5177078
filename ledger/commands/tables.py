"""`ledger migrate` and `ledger rebuild`: tables that are missing, and read models made anew."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from ledger.commands.parsing import add
from ledger.commands.progress import progress
from ledger.projections.catalogue import PROJECTIONS
from ledger.services import build

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings

READ_MODELS = [projection.name for projection in PROJECTIONS]


def migrate(settings: Settings, _: argparse.Namespace) -> int:
    """Create the tables that are missing."""
    with closing(build(settings)) as house:
        house.migrate()
    print("The tables are there.")
    return 0


def rebuild(settings: Settings, options: argparse.Namespace) -> int:
    """Empty read models and replay the log into them."""
    with closing(build(settings)) as house:
        house.ledger.head()  # a log without tables is a mistake in the settings
        house.migrate()  # read models may have been thrown away altogether
        for name in options.names or READ_MODELS:
            house.follower.rebuild(name, progress(name))
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    add(commands, "migrate", migrate)
    told = f"of {', '.join(READ_MODELS)}; all when none is named"
    add(commands, "rebuild", rebuild).add_argument("names", nargs="*", type=_read_model, metavar="NAME", help=told)


def _read_model(name: str) -> str:
    if name not in READ_MODELS:
        raise argparse.ArgumentTypeError(f"there is no read model {name!r}; there are {', '.join(READ_MODELS)}")
    return name
