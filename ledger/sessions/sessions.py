"""Sessions of people: begun at sign-in, found by what the browser holds, ended by rest, by age or by the person."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, or_, select
from sqlalchemy.exc import SQLAlchemyError

from ledger.sessions.tables import METADATA, SESSIONS
from ledger.subscriptions.database import migrating, reading, writing

REST = timedelta(hours=12)
AGE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A session that is still good; whether its account is, the log alone knows."""

    account: UUID
    began_at: datetime


class Sessions:
    """All sessions of this installation."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def migrate(self) -> None:
        """Create the tables that are missing."""
        with migrating(self._engine) as connection:
            METADATA.create_all(connection)

    def begin(self, account: UUID) -> str:
        """Begin a session and return its token, which nobody can find again from what is kept."""
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._clock()
        past = or_(SESSIONS.c.seen_at <= now - REST, SESSIONS.c.began_at <= now - AGE)
        with writing(self._engine) as connection:
            connection.execute(SESSIONS.delete().where(past))
            connection.execute(
                SESSIONS.insert().values(digest=_digest(token), account=account, began_at=now, seen_at=now)
            )
        return token

    def find(self, token: str) -> Found | None:
        """Return the session of a token, None when it has ended; that it was used is noted once a minute at most."""
        digest, now = _digest(token), self._clock()
        with reading(self._engine) as connection:
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.digest == digest)).first()
        if row is None or now >= row.seen_at + REST or now >= row.began_at + AGE:
            return None
        if now >= row.seen_at + SEEN_EVERY:
            self._note_seen(digest, now)
        return Found(row.account, row.began_at)

    def end(self, token: str) -> None:
        """End a session."""
        with writing(self._engine) as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.digest == _digest(token)))

    def end_all(self, account: UUID) -> None:
        """End every session of an account."""
        with writing(self._engine) as connection:
            connection.execute(SESSIONS.delete().where(SESSIONS.c.account == account))

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _note_seen(self, digest: str, now: datetime) -> None:
        try:
            with writing(self._engine) as connection:
                connection.execute(SESSIONS.update().where(SESSIONS.c.digest == digest).values(seen_at=now))
        except SQLAlchemyError as error:  # a full disk is no reason to show nothing
            logger.error("that a session is used is not noted", exc_info=error)  # noqa: TRY400


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
