"""The views' database behaves the same, whichever it is."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, exc, func, select, text

from ledger.config import Settings
from ledger.subscriptions.columns import Amount, UTCDateTime
from ledger.subscriptions.database import guarded, is_trouble, migrating, reading, write_anew, writing
from ledger.subscriptions.opening import open_database, open_existing
from ledger.subscriptions.statements import upsert

METADATA = MetaData()
NOTES = Table(
    "notes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("amount", Amount),
    Column("at", UTCDateTime),
)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with one table, once of each kind."""
    memory = request.param == "memory"
    url = "memory:" if memory else request.getfixturevalue(f"{request.param}_url")
    opened = open_database(Settings(database_url=url).views_url)
    with migrating(opened) as connection:
        METADATA.create_all(connection)
    yield opened
    opened.dispose()


def test_an_upsert_inserts_or_sets(engine: Engine) -> None:
    """Only the values change; without values a row that is there stays as it is."""
    with writing(engine) as connection:
        upsert(connection, NOTES, {"id": 1}, {"amount": Decimal(1)})
        upsert(connection, NOTES, {"id": 1}, {"amount": Decimal(2)})
        upsert(connection, NOTES, {"id": 1}, {})
        upsert(connection, NOTES, {"id": 2}, {})
        rows = connection.execute(select(NOTES.c.id, NOTES.c.amount).order_by(NOTES.c.id)).all()

    assert [tuple(row) for row in rows] == [(1, Decimal(2)), (2, None)]


@pytest.mark.parametrize("amount", ["0.10", "12345678901234567890.123456789", "-3", "1E+3"])
def test_an_amount_keeps_every_digit(engine: Engine, amount: str) -> None:
    """No float comes between."""
    with writing(engine) as connection:
        connection.execute(NOTES.insert().values(id=1, amount=Decimal(amount)))
        assert str(connection.execute(select(NOTES.c.amount)).scalar_one()) == format(Decimal(amount), "f")


def test_a_moment_comes_back_in_utc(engine: Engine) -> None:
    """Whatever zone it was given in; one without a zone is refused."""
    noon = datetime(2024, 3, 1, 12, 0, 0, 5, tzinfo=UTC)
    with writing(engine) as connection:
        local = noon.astimezone(timezone(timedelta(hours=2)))
        connection.execute(NOTES.insert().values(id=1, at=local))
        found = connection.execute(select(NOTES.c.at).where(NOTES.c.at <= noon)).scalar_one()
        with pytest.raises(exc.StatementError, match="time zone"):
            connection.execute(select(NOTES).where(NOTES.c.at == noon.replace(tzinfo=None)))

    assert (found, found.utcoffset()) == (noon, timedelta())


def test_what_is_rolled_back_is_gone(engine: Engine) -> None:
    """Also tables: a transaction is one on SQLite as well."""
    with writing(engine) as connection:
        connection.execute(NOTES.insert().values(id=1))
        connection.execute(text("CREATE TABLE more (id integer)"))
        connection.rollback()
    with writing(engine) as connection:
        assert connection.execute(select(func.count()).select_from(NOTES)).scalar_one() == 0
        connection.execute(text("CREATE TABLE more (id integer)"))


@pytest.mark.parametrize("engine", ["memory", "sqlite"], indirect=True)
def test_writers_of_other_threads_wait_for_each_other(engine: Engine) -> None:
    """Reading a number and writing the next is safe in SQLite's one writing transaction."""

    def count_up() -> None:
        for _ in range(25):
            with writing(engine) as connection:
                last = connection.execute(select(func.max(NOTES.c.id))).scalar_one() or 0
                connection.execute(NOTES.insert().values(id=last + 1))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.execute(select(func.max(NOTES.c.id))).scalar_one() == 100


def test_an_error_does_not_give_away_what_was_written(engine: Engine) -> None:
    """Its text ends up in checkpoints and logs."""
    secret = Decimal(987654321)
    with writing(engine) as connection:
        connection.execute(NOTES.insert().values(id=7))
    with pytest.raises(exc.IntegrityError) as caught, writing(engine) as connection:
        connection.execute(NOTES.insert().values(id=7, amount=secret))

    assert str(secret) not in str(caught.value)


def test_a_wrong_statement_is_no_trouble_of_the_database(engine: Engine) -> None:
    """Trying again would not help, so it is the handler's failure."""
    with pytest.raises(exc.DBAPIError) as caught, reading(engine) as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))

    assert not is_trouble(caught.value)
    assert not is_trouble(LookupError())


@pytest.mark.postgresql
def test_a_lost_connection_and_a_full_pool_are_trouble() -> None:
    """So is a server that cannot be reached."""
    unreachable = open_database("postgresql://nobody@127.0.0.1:1/ledger")
    with pytest.raises(exc.OperationalError) as caught, reading(unreachable):
        pass

    assert is_trouble(caught.value)
    assert is_trouble(exc.TimeoutError())
    assert is_trouble(psycopg.errors.DeadlockDetected())


def test_a_locked_file_is_trouble(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported in the same class as a wrong statement."""
    monkeypatch.setattr("ledger.subscriptions.opening.LOCK_TIMEOUT", 0.05)
    engine = open_database(sqlite_url)
    with writing(engine), pytest.raises(exc.OperationalError) as caught, writing(engine):
        pass

    assert isinstance(caught.value.orig, sqlite3.OperationalError)
    assert is_trouble(caught.value)
    engine.dispose()


def test_what_was_replaced_is_in_no_file(sqlite_url: str, tmp_path: Path) -> None:
    """Neither in free pages nor in the write-ahead log, once the files are written anew."""
    opened = open_database(sqlite_url)
    with writing(opened) as connection:
        connection.execute(text("CREATE TABLE words (word TEXT)"))
        connection.execute(text("INSERT INTO words VALUES ('Sørensen')"))
    with writing(opened) as connection:
        connection.execute(text("UPDATE words SET word = 'erased'"))
    secret = "Sørensen".encode()
    assert any(secret in file.read_bytes() for file in tmp_path.iterdir())
    assert write_anew(opened)
    assert not any(secret in file.read_bytes() for file in tmp_path.iterdir())
    opened.dispose()


def test_other_databases_are_left_alone(engine: Engine) -> None:
    """One in memory has no files, PostgreSQL cleans its own."""
    assert write_anew(engine)


def test_one_transaction_of_a_number_runs_at_a_time(database_url: str) -> None:
    """Whoever else asks for it waits, in any process."""
    engines, inside, most = [open_database(database_url) for _ in range(4)], [0], [0]

    def enter(engine: Engine) -> None:
        with guarded(engine, 1):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    threads = [threading.Thread(target=enter, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == ([0], [1])
    for engine in engines:
        engine.dispose()


def test_what_must_exist_is_not_created(tmp_path: Path) -> None:
    """A mistyped address makes no empty file; one that is there is opened so that commits reach the disk."""
    path = tmp_path / "a folder" / "log?.db"
    opened = open_existing(f"sqlite:///{path}")
    with pytest.raises(exc.OperationalError), opened.connect():
        pass
    assert not path.parent.exists()
    path.parent.mkdir()
    sqlite3.connect(path).close()
    with opened.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
    opened.dispose()
