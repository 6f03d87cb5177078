"""`ledger import`: five years of a network's past, or any file of joint work, in the name of its office."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from ledger.commands.parsing import NotPossible, add
from ledger.domain.actor import Actor, Role
from ledger.domain.network import Network
from ledger.imports.firms import Firms
from ledger.intake.matching import KnownFirm
from ledger.projections.firms import queries as firms
from ledger.services import House, build

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings
    from ledger.imports.importer import Tally

FORMATS = {".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson"}


def import_(settings: Settings, options: argparse.Namespace) -> int:
    """Record a file of joint work, CSV or NDJSON; what was recorded before is left alone. See docs/import.md."""
    from ledger.imports import ndjson, table
    from ledger.imports.importer import Importer
    from ledger.imports.recording import Choices  # noqa: PLC0415 - as the workers, which cannot be without it
    from ledger.imports.workers import recorder

    file = Path(options.file)
    format_ = options.format or FORMATS.get(file.suffix.lower())
    if format_ is None:
        raise NotPossible(f"{file.name} ends neither in .csv nor in .ndjson; say --format csv or --format ndjson")
    with closing(build(settings)) as house, file.open("rb") as source:
        office = Actor(Role.COORDINATOR, house.ledger.load(Network, options.network).office_id, options.network)
        records = table.records_of(source, options.decimal) if format_ == "csv" else ndjson.records_of(source)
        size, choices = file.stat().st_size, Choices(dry=options.dry_run, confirmed=options.confirmed)
        with recorder(house, office, _firms(house, office), choices, size) as (submit, most):
            tally = Importer(submit, most, print, _progress(source, size)).run(records)
    print(_said(tally, dry=options.dry_run))
    return 1 if tally.wrong else 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    importing = add(commands, "import", import_)
    importing.add_argument("file", metavar="FILE", help="ends in .csv, .ndjson or .jsonl")
    importing.add_argument("--network", type=UUID, required=True, metavar="ID", help="whose past it is")
    importing.add_argument("--dry-run", action="store_true", help="say everything that is wrong and record nothing")
    told = "take over what partners confirmed in the old books: the office answers for it"
    importing.add_argument("--confirmed", action="store_true", help=told)
    importing.add_argument("--format", choices=sorted(set(FORMATS.values())), help="whatever the file is called")
    told = "the sign of decimals in a table (point)"
    importing.add_argument("--decimal", choices=("point", "comma"), default="point", help=told)


def _firms(house: House, office: Actor) -> Firms:
    house.follower.catch_up()  # firms that were admitted a moment ago are known by their numbers as well
    with house.views.read("firms") as reading:
        return Firms(
            KnownFirm(UUID(firm["id"]), firm["name"], firm["country"], firm["town"], firm["identifiers"])
            for firm in firms.directory(reading, office)
        )


def _progress(source: BinaryIO, size: int) -> Callable[[Tally], None]:
    """Return what shows on one line how far the file is read."""

    def show(tally: Tally) -> None:
        percent = 100 * source.tell() // max(1, size)
        sys.stderr.write(f"\rread {percent} %: {_counts(tally)}")
        sys.stderr.flush()

    return show


def _counts(tally: Tally) -> str:
    return f"{tally.new} new, {tally.known} there already, {tally.wrong} wrong"


def _said(tally: Tally, *, dry: bool) -> str:
    sys.stderr.write("\n")
    rest = "; nothing was recorded, this was a dry run" if dry else ""
    return f"{tally.all} records: {_counts(tally)}{rest}."
