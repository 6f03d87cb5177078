"""`ledger serve` and `ledger demo`: a ledger in a folder of its own, empty or filled with made-up firms."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import supervisor
from ledger.application import keys
from ledger.commands.parsing import add
from ledger.commands.progress import progress
from ledger.services import House, build

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Migrate, fill an empty ledger if asked, and run web server and follower until Ctrl-C."""
    data = Path(options.data)
    data.mkdir(parents=True, exist_ok=True)
    supervisor.check_address(settings)
    with closing(build(settings)) as house:
        house.migrate()
        if options.demo:
            _fill(house, data / "demo.json")
        elif house.ledger.head() == 0:
            _first_key(house, data / "operator.key")
        house.follower.catch_up(progress("read models"))
    return supervisor.supervise(settings, f"The ledger answers at {settings.public_url} — documentation: /docs")


def demo(settings: Settings, options: argparse.Namespace) -> int:
    """Fill an empty ledger with the demonstration network."""
    data = Path(options.data)
    data.mkdir(parents=True, exist_ok=True)
    with closing(build(settings)) as house:
        house.migrate()
        _fill(house, data / "demo.json")
        house.follower.catch_up(progress("read models"))
    print(f"Its keys are in {data / 'demo.json'}.")
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    for name, command in (("serve", serve), ("demo", demo)):
        described = add(commands, name, command)
        described.add_argument("--data", metavar="DIR", help="where the files of the ledger lie (var)")
        described.add_argument("--database-url", metavar="URL", help="the log's database instead of a file in DIR")
        described.add_argument("--host", help="address to listen on (127.0.0.1)")
        described.add_argument("--port", help="port to listen on (8000)")
    commands.choices["serve"].add_argument("--demo", action="store_true", help="fill an empty ledger first")


def _fill(house: House, file: Path) -> None:
    from ledger.demo import handout

    handout.ensure(house.store, file, house.settings.public_url, progress("demonstration network"))


def _first_key(house: House, file: Path) -> None:
    file.unlink(missing_ok=True)  # one that is left of another ledger may be open to everybody
    file.touch(mode=0o600)
    file.write_text(keys.issue_first(house.ledger, "first operator") + "\n", encoding="utf-8")
    print(f"An empty ledger: the operator's first key is in {file}. Keep it safe.")
