"""The section `import`: `ledger import` of every kind of joint work, beside a bare copy of the rows that it stores.

The peer is given the finished rows; ours reads, checks and decides them, encrypts what is personal, and writes.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

import psycopg
from eventsourcing.persistence import StoredEvent

from ledger import files
from ledger.domain.kinds.catalogue import KINDS
from ledger.imports import ndjson
from ledger.imports.firms import Firms
from ledger.imports.importer import Importer
from ledger.imports.recording import Choices
from ledger.imports.workers import recorder
from ledger.store.sqlite import INSERT, TABLE
from ledger.store.sqlite_connection import LOCK_TIMEOUT, connect
from scripts.benchmarks.report import Row, Rows
from scripts.benchmarks.servers import databases
from tests.imports.office import PAPER, Office, office

FULL, QUICK = 30_000, 1_600  # records
ROUNDS = 3
RECORDED_ON, CONFIRMED_ON = "2024-11-08", "2024-11-12"
AGAIN = "DROP TABLE IF EXISTS copied"
LIKE = "CREATE TABLE copied (LIKE public.stored_events INCLUDING ALL)"
COPY = "COPY copied (originator_id, originator_version, topic, state) FROM STDIN (FORMAT BINARY)"
Peer = Callable[[str, Sequence[StoredEvent]], float]


def measure(quick: bool) -> Rows:  # noqa: FBT001 - as every section is asked
    """Return the rows, and print the size that they belong to."""
    records, rows = QUICK if quick else FULL, Rows()
    print(f"\nimport: {records:,} records of all kinds, confirmed in the old books", flush=True)
    with databases() as found:
        for database, name, peer, copying in (
            ("PostgreSQL", "ours", "copy", _copied),
            ("SQLite", "ours, SQLite", "executemany", _executed),
        ):
            if database in found:
                rows[name] = _beside(found[database][1], records, peer, copying)
    return rows


def _beside(url: str, records: int, peer: str, copying: Peer) -> Row:
    """Import and copy in turns, each time other records of the same kinds."""
    ours, theirs, wrong = list[float](), list[float](), 0
    with office(url) as of, tempfile.TemporaryDirectory(prefix="import-") as folder:
        for number in range(ROUNDS):
            file = Path(folder) / f"{number}.ndjson"
            file.write_text("".join(_lines(of, number, records)), encoding="utf-8")
            head = of.house.ledger.head()
            seconds, missing = _imported(of, file, records)
            stored = _stored(of, head)
            ours.append(len(stored) / seconds)
            theirs.append(len(stored) / copying(url, stored))
            wrong += missing
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return Row(
        median(ours),
        "events/s",
        min(ours),
        max(ours),
        peers={peer: median(theirs)},
        ratio={peer: median(ratios)},
        ratio_range=f"({min(ratios):.2f}-{max(ratios):.2f})",
        failures={"records were not imported": wrong} if wrong else {},
        digits=2,
    )


def _lines(of: Office, number: int, records: int) -> Iterator[str]:
    for n in range(records):
        kind = KINDS[n % len(KINDS)]
        body = of.job(f"{number}-{n}", kind.name, evidence=[PAPER], recorded_on=RECORDED_ON)
        if not kind.is_statement:
            body["confirmed"] = [{"firm": party["firm"], "on": CONFIRMED_ON} for party in body["parties"][1:]]
        yield json.dumps(body) + "\n"


def _imported(of: Office, file: Path, records: int) -> tuple[float, int]:
    choices, size = Choices(confirmed=True), file.stat().st_size
    began = time.perf_counter()
    with file.open("rb") as source, recorder(of.house, of.actor, Firms([]), choices, size) as (submit, most):
        tally = Importer(submit, most, print, lambda _: None).run(ndjson.records_of(source))
    return time.perf_counter() - began, records - tally.new


def _stored(of: Office, head: int) -> list[StoredEvent]:
    rows = of.house.store.read_stored(head, 1_000_000)
    return [StoredEvent(row.originator_id, row.originator_version, row.topic, row.state) for row in rows]


def _copied(url: str, stored: Sequence[StoredEvent]) -> float:
    """The finished rows over COPY into a table of the same shape."""
    with psycopg.connect(url) as connection:
        connection.execute(AGAIN)
        connection.execute(LIKE)
        connection.commit()
        began = time.perf_counter()
        with connection.cursor().copy(COPY) as copy:
            copy.set_types(["uuid", "int8", "text", "bytea"])
            for one in stored:
                copy.write_row((one.originator_id, one.originator_version, one.topic, one.state))
        connection.commit()
        return time.perf_counter() - began


def _executed(url: str, stored: Sequence[StoredEvent]) -> float:
    """The finished rows with one executemany into a file of the same shape."""
    path = Path(f"{url.removeprefix('sqlite:///')}.copied")
    path.unlink(missing_ok=True)
    with closing(connect(str(path), "rwc")) as connection:
        files.set_wal(connection, LOCK_TIMEOUT)
        connection.execute(TABLE)
        began = time.perf_counter()
        rows = [(one.originator_id.hex, one.originator_version, one.topic, one.state) for one in stored]  # type: ignore[union-attr]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT, rows)
        connection.execute("COMMIT")
        return time.perf_counter() - began
