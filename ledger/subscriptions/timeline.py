"""Which position a moment means: the read model behind every `as_of`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Table, select

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add, holding
from ledger.subscriptions.projection import Projection

METADATA = MetaData()

TIMELINE_TABLE = Table(
    "timeline_v1",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("time", UTCDateTime, nullable=False),
    Index("timeline_v1_time", "time"),
)


def position_at(connection: Connection, time: datetime) -> int:
    """Return the last position recorded by `time`, 0 when there was nothing yet."""
    statement = (
        select(TIMELINE_TABLE.c.position)
        .where(TIMELINE_TABLE.c.time <= time)
        .order_by(TIMELINE_TABLE.c.time.desc(), TIMELINE_TABLE.c.position.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar_one_or_none() or 0


def time_at(connection: Connection, position: int) -> datetime | None:
    """Return when the last event up to `position` was recorded, None when there is none."""
    statement = (
        select(TIMELINE_TABLE.c.time)
        .where(TIMELINE_TABLE.c.position <= position)
        .order_by(TIMELINE_TABLE.c.position.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar_one_or_none()


def _note(connection: Connection, recorded: Recorded) -> None:
    # Clocks of several servers differ, positions do not: time never runs backwards along the log.
    with holding(connection) as held:
        before = held.memory["last"] if "last" in held.memory else time_at(connection, recorded.position)
        time = recorded.recorded_at if before is None else max(before, recorded.recorded_at)
        held.memory["last"] = time
        add(connection, TIMELINE_TABLE, {"position": recorded.position, "time": time})


TIMELINE = Projection("timeline", 1, METADATA, handlers={}, every=_note)
