"""What only one process does for all: following the log, and rebuilding."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, exc, text

FOLLOWING, REBUILDING = 7_204_121, 7_204_122


@contextmanager
def sole(engine: Engine, number: int) -> Iterator[Callable[[], bool]]:
    """Be, if nobody else is, the one process that does what has this number; ask again and again whether it is ours.

    Whoever dies gives it back. It saves work and guards nothing: a lost connection is noticed a moment late.
    """
    if engine.dialect.name == "postgresql":
        with _sole_on_postgresql(engine, number) as held:
            yield held
    elif not engine.url.database:
        yield lambda: True  # nobody else sees a database in memory
    else:
        with Path(f"{engine.url.database}-{number}.lock").open("ab") as file:
            taken = _locked(file.fileno())
            yield lambda: taken


@contextmanager
def _sole_on_postgresql(engine: Engine, number: int) -> Iterator[Callable[[], bool]]:
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        taken = connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number})
        connection.detach()  # the lock ends with the connection at the latest: it must not go back to the others
        try:
            yield lambda: bool(taken) and connection.scalar(text("SELECT 1")) == 1
        finally:
            with suppress(exc.DBAPIError):  # of a connection that is gone the server takes it back by itself
                connection.execute(text("SELECT pg_advisory_unlock_all()"))


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
