"""Attempts to sign in, counted in the database: a limit holds for all web processes together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

from ledger.domain.errors import TooManyAttempts
from ledger.sessions.tables import ATTEMPTS
from ledger.subscriptions.database import guarded, writing

MOST = 10
WITHIN = timedelta(minutes=15)
COUNTING = 7_204_115  # guards the count against other processes


class Attempts:
    """What was tried lately; `keys` are keyed digests, never addresses."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def note(self, *keys: str) -> None:
        """Note an attempt before it is made; raise `TooManyAttempts` when one of the keys has failed too often.

        Whoever comes while others are being checked counts as well: many guesses at once are no way round.
        """
        now = self._clock()
        with guarded(self._engine, COUNTING) as connection:
            connection.execute(ATTEMPTS.delete().where(ATTEMPTS.c.at <= now - WITHIN))
            for key in keys:
                self._check(connection, key, now)
            connection.execute(ATTEMPTS.insert(), [{"key": key, "at": now} for key in keys])

    def forget(self, *keys: str) -> None:
        """Forget what was noted under these keys: the last attempt has succeeded."""
        with writing(self._engine) as connection:
            connection.execute(ATTEMPTS.delete().where(ATTEMPTS.c.key.in_(keys)))

    def take_back(self, keys: Sequence[str]) -> None:
        """Forget the newest attempt under each of these keys: it was none that failed."""
        with writing(self._engine) as connection:
            for key in keys:
                newest = select(func.max(ATTEMPTS.c.number)).where(ATTEMPTS.c.key == key).scalar_subquery()
                connection.execute(ATTEMPTS.delete().where(ATTEMPTS.c.number == newest))

    def _check(self, connection: Connection, key: str, now: datetime) -> None:
        tried = select(func.count(), func.min(ATTEMPTS.c.at)).where(ATTEMPTS.c.key == key)
        count, first = connection.execute(tried).one()
        if count >= MOST:
            seconds = max(1, int((first + WITHIN - now).total_seconds()) + 1)
            minutes = -(-seconds // 60)
            raise TooManyAttempts(f"Too many attempts have failed. Try again in {minutes} minutes.", seconds)
