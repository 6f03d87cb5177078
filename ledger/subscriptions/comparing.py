"""Holding live read models against what the log gives: built to the side, compared row by row, nothing changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from ledger.subscriptions import checkpoints
from ledger.subscriptions.beside import BUILT, Beside
from ledger.subscriptions.catching_up import CatchingUp, Gone, Progress
from ledger.subscriptions.checkpoints import Checkpoint
from ledger.subscriptions.database import reading
from ledger.subscriptions.event_log import EventLog, Recorded
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.rebuilding import Busy, Stumbled
from ledger.subscriptions.sole import REBUILDING, sole

AT_ONCE = 2_000  # rows on their way from the database


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a live table that the log does not give, one that it gives and is not there, or one unlike it."""

    table: str
    key: str
    what: str


@dataclass(frozen=True, slots=True)
class UpTo:
    """The log as it was at a position."""

    log: EventLog
    position: int

    def head(self) -> int:
        """Return the last position."""
        return min(self.position, self.log.head())

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        """Return at most `limit` events behind `after`, in order."""
        return [recorded for recorded in self.log.read(after, limit) if recorded.position <= self.position]


def compare(log: EventLog, engine: Engine, projections: Sequence[Projection], progress: Progress) -> list[Difference]:
    """Return where the live tables differ from what the log gives at their position; raise `Busy` or `Stumbled`."""
    with sole(engine, REBUILDING) as ours:
        if not ours():
            raise Busy("a rebuild is running")
        while True:
            beside = Beside(engine, projections)
            beside.begin()
            try:
                _catch_up(beside, UpTo(log, min(_positions(engine, projections))), progress)
                return [found for one in projections for found in _differences(log, engine, beside, one)]
            except Gone:  # as in a rebuild
                continue
            finally:
                beside.drop()


def _positions(engine: Engine, projections: Sequence[Projection]) -> list[int]:
    with reading(engine) as connection:
        return [_position(connection, projection) for projection in projections]


def _position(connection: Connection, projection: Projection) -> int:
    return checkpoints.read_all(connection).get(projection.key, Checkpoint()).position


def _catch_up(beside: Beside, log: EventLog, progress: Progress, *keys: str) -> None:
    building = CatchingUp(log, beside.engine, beside.projections, alone=True)
    building.pass_over(set(keys or building.projections), progress)
    if failed := [stand for stand in building.stand() if stand.error]:
        raise Stumbled(failed)


def _differences(log: EventLog, engine: Engine, beside: Beside, projection: Projection) -> Iterator[Difference]:
    # The live tables stay as this transaction sees them, however long the comparison takes.
    with reading(engine) as live:
        position = _position(live, projection)
        _catch_up(beside, UpTo(log, position), lambda _done, _total: None, BUILT + projection.key)
        with reading(beside.engine) as built:
            for table in projection.metadata.sorted_tables:
                yield from _differing(live, built, table)


def _differing(live: Connection, built: Connection, table: Table) -> Iterator[Difference]:
    there = {_digest(row) for row in _rows(live, table)}
    missing = {}
    for row in _rows(built, table):
        digest = _digest(row)
        if digest in there:
            there.remove(digest)
        else:
            missing[_key(table, row)] = row
    surplus = {_key(table, row): row for row in _rows(live, table) if _digest(row) in there} if there else {}
    for key in sorted({*missing, *surplus}):
        yield Difference(table.name, key, _told(surplus.get(key), missing.get(key)))


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    found = connection.execute(select(table), execution_options={"yield_per": AT_ONCE})
    return ({**row} for row in found.mappings())


def _digest(row: dict[str, Any]) -> bytes:
    return blake2b(json.dumps(row, sort_keys=True, default=str).encode(), digest_size=16).digest()


def _key(table: Table, row: dict[str, Any]) -> str:
    return ", ".join(f"{column.name}={row[column.name]}" for column in table.primary_key)


def _told(live: dict[str, Any] | None, built: dict[str, Any] | None) -> str:
    if live is None or built is None:
        return "is missing" if live is None else "should not be there"
    return f"differs in {', '.join(name for name in built if built[name] != live[name])}"
