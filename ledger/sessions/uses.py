"""When each key was last used, to the hour: a write for each key, process and hour, and not for each request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from ledger.sessions.tables import USES
from ledger.subscriptions.database import reading, writing
from ledger.subscriptions.statements import upsert

logger = logging.getLogger(__name__)
MOST = 10_000


class Uses:
    """The last use of every key, beside the log: it proves nothing and opens nothing."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._noted: dict[UUID, datetime] = {}

    def note(self, key: UUID) -> None:
        """Note that a key is used; a database that does not answer is no fault of the request."""
        hour = self._clock().replace(minute=0, second=0, microsecond=0)
        if self._noted.get(key) == hour:
            return
        if len(self._noted) >= MOST:
            self._noted.clear()
        self._noted[key] = hour
        try:
            with writing(self._engine) as connection:
                upsert(connection, USES, {"key": key}, {"used_at": hour})
        except SQLAlchemyError as error:
            logger.error("the use of a key is not noted: the database of sessions does not answer", exc_info=error)  # noqa: TRY400

    def of(self, keys: Iterable[UUID]) -> dict[UUID, datetime]:
        """Return in which hour each of these keys was last used; what nobody knows is left out."""
        try:
            with reading(self._engine) as connection:
                found = connection.execute(select(USES).where(USES.c.key.in_(list(keys))))
                return {row.key: row.used_at for row in found}
        except SQLAlchemyError as error:
            logger.error("nobody knows when keys were used: the database of sessions does not answer", exc_info=error)  # noqa: TRY400
            return {}
