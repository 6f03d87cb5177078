"""How far each webhook has been told, and when it is tried again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, or_, select

from ledger.outbox.tables import ATTEMPTS, STATES

# Seconds to wait after a first, a second … failure in a row; the last one goes on.
PAUSES = (5, 30, 120, 300, 900, 1800, 3600)
PATIENCE = timedelta(days=3)


class State(StrEnum):
    """Where a webhook stands."""

    ACTIVE = "active"
    FAILING = "failing"  # given up after three days; asking for a delivery again takes it up
    GONE = "gone"  # the receiver said that it is gone for good


@dataclass(frozen=True, slots=True)
class Standing:
    """A webhook's row."""

    webhook: UUID
    position: int
    state: State
    failures: int
    failing_since: datetime | None
    next_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Tell whether something may be sent now."""
        return self.state is State.ACTIVE and (self.next_at is None or self.next_at <= now)


def standings(connection: Connection, of: Collection[UUID] | None = None) -> dict[UUID, Standing]:
    """Return where every webhook stands, or each of these."""
    query = select(*(STATES.c[name] for name in Standing.__slots__))
    chosen = query if of is None else query.where(STATES.c.webhook.in_(of))
    rows = (Standing(**row) for row in connection.execute(chosen).mappings())
    return {row.webhook: _typed(row) for row in rows}


def standing(connection: Connection, webhook: UUID) -> Standing | None:
    """Return where a webhook stands, None when nothing was ever sent to it."""
    columns = [STATES.c[name] for name in Standing.__slots__]
    row = connection.execute(select(*columns).where(STATES.c.webhook == webhook)).mappings().one_or_none()
    return _typed(Standing(**row)) if row else None


def begin(connection: Connection, webhook: UUID, position: int) -> None:
    """Begin to tell a webhook of what follows this position, unless that has begun."""
    if standing(connection, webhook) is None:
        row = {"webhook": webhook, "position": position, "state": State.ACTIVE.value, "failures": 0}
        connection.execute(STATES.insert().values(row))


def hold(connection: Connection, webhook: UUID, position: int, now: datetime, until: datetime) -> bool:
    """Keep others from sending until then; False when another does, or has got further."""
    free = or_(STATES.c.held_until.is_(None), STATES.c.held_until <= now)
    here = (STATES.c.webhook == webhook, STATES.c.position == position, free)
    return connection.execute(STATES.update().where(*here).values(held_until=until)).rowcount == 1


def delivered(connection: Connection, standing: Standing, position: int) -> None:
    """Move on, and forget what failed before."""
    well = {"failures": 0, "failing_since": None, "next_at": None, "held_until": None}
    here = (STATES.c.webhook == standing.webhook, STATES.c.position == standing.position)
    connection.execute(STATES.update().where(*here).values(position=position, **well))


def failed(connection: Connection, standing: Standing, now: datetime, *, gone: bool) -> None:
    """Wait for the next attempt, each time longer; give up after three days, or at once when the receiver is gone."""
    since = standing.failing_since or now
    given_up = State.GONE if gone else State.FAILING if now - since >= PATIENCE else State.ACTIVE
    pause = PAUSES[min(standing.failures, len(PAUSES) - 1)]
    values = {"failures": standing.failures + 1, "failing_since": since, "held_until": None}
    row = {**values, "state": given_up.value, "next_at": now + timedelta(seconds=pause)}
    connection.execute(STATES.update().where(STATES.c.webhook == standing.webhook).values(row))


def release(connection: Connection, webhook: UUID) -> None:
    """Let others send."""
    connection.execute(STATES.update().where(STATES.c.webhook == webhook).values(held_until=None))


def take_up(connection: Connection, webhook: UUID) -> None:
    """Try again at once, also when it was given up."""
    row = {"state": State.ACTIVE.value, "failures": 0, "failing_since": None, "next_at": None}
    connection.execute(STATES.update().where(STATES.c.webhook == webhook).values(row))


def forget(connection: Connection, webhook: UUID) -> None:
    """Forget a webhook that is removed."""
    connection.execute(STATES.delete().where(STATES.c.webhook == webhook))
    connection.execute(ATTEMPTS.delete().where(ATTEMPTS.c.webhook == webhook))


def _typed(row: Standing) -> Standing:
    return Standing(row.webhook, row.position, State(row.state), row.failures, row.failing_since, row.next_at)
