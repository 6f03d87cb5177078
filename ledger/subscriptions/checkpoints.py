"""How far each projection has come, and what it stumbled over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, bindparam, select

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.statements import upsert

METADATA = MetaData()

CHECKPOINTS = Table(
    "checkpoints",
    METADATA,
    Column("projection", Text, primary_key=True),
    Column("position", BigInteger, nullable=False, default=0),
    Column("error", Text),
    Column("error_position", BigInteger),
    Column("failed_at", UTCDateTime),
)

WELL: dict[str, Any] = {"error": None, "error_position": None, "failed_at": None}

# Built once: every reading asks for all, and a single event moves as many as there are projections.
ALL = select(CHECKPOINTS)
MOVED = (
    CHECKPOINTS.update()
    .where(CHECKPOINTS.c.projection == bindparam("name"), CHECKPOINTS.c.position == bindparam("here"))
    .values(position=bindparam("there"), **WELL)
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a projection stands, and what its handler raised at `error_position`, None when all is well."""

    position: int = 0
    error: str | None = None
    error_position: int | None = None
    failed_at: datetime | None = None


def begin(connection: Connection, name: str) -> None:
    """Make a checkpoint at 0 unless there is one."""
    if name not in read_all(connection):
        clear(connection, name)


def read(connection: Connection, name: str) -> int:
    """Return the position up to which everything is applied."""
    statement = select(CHECKPOINTS.c.position).where(CHECKPOINTS.c.projection == name)
    return connection.execute(statement).scalar_one_or_none() or 0


def read_all(connection: Connection) -> dict[str, Checkpoint]:
    """Return every checkpoint by its projection's key."""
    return {key: Checkpoint(*rest) for key, *rest in connection.execute(ALL)}


def move(connection: Connection, name: str, from_position: int, to_position: int) -> bool:
    """Move on from where we think it stands; False when another follower moved it first."""
    return connection.execute(MOVED, {"name": name, "here": from_position, "there": to_position}).rowcount == 1


def fail(
    connection: Connection,
    name: str,
    from_position: int,
    error_position: int,
    error: str,
    failed_at: datetime,
) -> None:
    """Note what the event behind `from_position` did to the handler, unless another follower got past it."""
    here = (CHECKPOINTS.c.projection == name) & (CHECKPOINTS.c.position == from_position)
    failed = {"error": error, "error_position": error_position, "failed_at": failed_at}
    connection.execute(CHECKPOINTS.update().where(here).values(failed))


def clear(connection: Connection, name: str) -> None:
    """Go back to the beginning of the log."""
    set_to(connection, name, 0)


def set_to(connection: Connection, name: str, position: int) -> None:
    """Say that everything up to here is applied, whatever was said before."""
    upsert(connection, CHECKPOINTS, {"projection": name}, {"position": position, **WELL})


def remove(connection: Connection, name: str) -> None:
    """Forget a projection that is no more."""
    connection.execute(CHECKPOINTS.delete().where(CHECKPOINTS.c.projection == name))
