"""Confirmations that may still be taken back: kept, taken back, taken to be sent, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, and_, or_, select

from ledger.deferred.tables import CONFIRMATIONS
from ledger.domain.actor import Actor, Position, Role
from ledger.subscriptions.database import reading, writing
from ledger.subscriptions.statements import upsert

BATCH = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A confirmation by `actor` for `firm`, of a record with this content."""

    collaboration: UUID
    firm: UUID
    actor: Actor
    content: str
    due_at: datetime
    refused: str | None = None


class Confirmations:
    """What is kept; any number of these, in any processes, may work on it together."""

    def __init__(self, engine: Engine, seconds: float, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self.seconds = seconds  # for how long it may be taken back; 0 keeps nothing

    def keep(self, actor: Actor, firm: UUID, collaboration: UUID, content: str) -> Kept:
        """Keep a confirmation; one that is kept already is not put off by saying it again."""
        due_at = self._clock() + timedelta(seconds=self.seconds)
        who = {
            "role": actor.role.value,
            "subject": actor.subject,
            "network_id": actor.network,
            "account": actor.account,
            "position": actor.position and actor.position.value,
        }
        key = {"collaboration": collaboration, "firm": firm}
        with writing(self._engine) as connection:
            again = _of(collaboration, firm), CONFIRMATIONS.c.refused.is_(None), CONFIRMATIONS.c.content == content
            row = connection.execute(select(CONFIRMATIONS).where(*again)).mappings().first()
            if row is not None:
                return _kept(dict(row))
            values = {**who, "content": content, "due_at": due_at, "taken": False, "refused": None}
            upsert(connection, CONFIRMATIONS, key, values)
        return Kept(collaboration, firm, actor, content, due_at)

    def take_back(self, firm: UUID, collaboration: UUID) -> bool:
        """Forget a confirmation that nobody has begun to send; tell whether it was there."""
        still = and_(_of(collaboration, firm), CONFIRMATIONS.c.taken.is_(False), CONFIRMATIONS.c.refused.is_(None))
        with writing(self._engine) as connection:
            return connection.execute(CONFIRMATIONS.delete().where(still)).rowcount > 0

    def of(self, firm: UUID) -> list[Kept]:
        """Return what is kept for a firm, the refused ones as well."""
        return self._chosen(CONFIRMATIONS.c.firm == firm)

    def take(self) -> list[Kept]:
        """Take what is due to be sent, with what somebody took before and never finished."""
        open_ = CONFIRMATIONS.c.refused.is_(None)
        due = and_(open_, or_(CONFIRMATIONS.c.due_at <= self._clock(), CONFIRMATIONS.c.taken))
        if not self._chosen(due):
            return []  # a look that finds nothing needs no writer's lock
        with writing(self._engine) as connection:
            connection.execute(CONFIRMATIONS.update().where(due).values(taken=True))
        return self._chosen(and_(open_, CONFIRMATIONS.c.taken))

    def forget(self, kept: Kept) -> None:
        """Forget one that has been sent."""
        with writing(self._engine) as connection:
            connection.execute(CONFIRMATIONS.delete().where(_of(kept.collaboration, kept.firm)))

    def refuse(self, kept: Kept, code: str) -> None:
        """Note that it could not be sent, and why."""
        with writing(self._engine) as connection:
            connection.execute(
                CONFIRMATIONS.update().where(_of(kept.collaboration, kept.firm)).values(refused=code, taken=False)
            )

    def left(self, kept: Kept) -> int:
        """Return for how many whole seconds it can still be taken back."""
        return max(0, int((kept.due_at - self._clock()).total_seconds()))

    def _chosen(self, which: ColumnElement[bool]) -> list[Kept]:
        query = select(CONFIRMATIONS).where(which).order_by(CONFIRMATIONS.c.due_at).limit(BATCH)
        with reading(self._engine) as connection:
            rows: Sequence[dict[str, object]] = [dict(row) for row in connection.execute(query).mappings()]
        return [_kept(row) for row in rows]


def _of(collaboration: UUID, firm: UUID) -> ColumnElement[bool]:
    return and_(CONFIRMATIONS.c.collaboration == collaboration, CONFIRMATIONS.c.firm == firm)


def _kept(row: dict[str, object]) -> Kept:
    role, position = Role(str(row.pop("role"))), row.pop("position")
    subject, network, account = (row.pop(name) for name in ("subject", "network_id", "account"))
    held = Position(str(position)) if position else None
    actor = Actor(role, subject, network, account, held)  # type: ignore[arg-type]
    row.pop("taken")
    return Kept(actor=actor, **row)  # type: ignore[arg-type]
