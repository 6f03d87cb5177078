"""Requests of each caller, counted in the database: a limit holds for all web processes together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import SQLAlchemyError

from ledger.sessions.tables import REQUESTS
from ledger.subscriptions.database import guarded, writing
from ledger.subscriptions.statements import upsert

WINDOW = 60  # seconds
PARTS = 20  # a process takes so large a part of a limit at a time, and spends it from memory
KEPT = 1  # windows; the clocks of two machines may differ
PAUSE = 5  # seconds in which a database that did not answer is not asked again
CLEARING = 7_204_116  # guards the deletion of past windows against other processes
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Where a caller stands; `left` is what this process knows of, and may be less by now."""

    admitted: bool
    limit: int
    left: int
    seconds: int  # until the next window
    window: int


@dataclass(slots=True)
class Lease:
    """What this process may still let through of one caller in one window."""

    lock: Lock = field(default_factory=Lock)  # whoever comes while one asks the database waits, and need not ask
    unspent: int = 0
    granted: int = 0  # to all processes, as the database last said


class Quotas:
    """All callers of this process. Nothing is ever granted twice: what a process leaves unspent is lost."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = Lock()
        self._leases: dict[tuple[int, str], Lease] = {}
        self._newest = 0  # window
        self._cleared = 0  # the windows before this one
        self._asks_from = 0.0

    def take(self, caller: str, limit: int) -> Allowance | None:
        """Spend one request of the caller; None when the database does not answer, for that is no fault of theirs."""
        now = self._clock().timestamp()
        window, passed = divmod(int(now), WINDOW)
        lease = self._lease(window, caller)
        with lease.lock:
            if not lease.unspent and lease.granted < limit and not self._renewed(lease, window, caller, limit, now):
                return None
            admitted = lease.unspent > 0
            lease.unspent -= admitted
            left = lease.unspent + max(0, limit - lease.granted)
        return Allowance(admitted, limit, left, WINDOW - passed, window)

    def give_back(self, caller: str, spent: Allowance) -> None:
        """Take back a request that was admitted: it was another caller's."""
        lease = self._leases.get((spent.window, caller))
        if lease is not None:  # of a window that is over there is nothing to give back
            with lease.lock:
                lease.unspent += 1

    def _lease(self, window: int, caller: str) -> Lease:
        with self._lock:
            if window > self._newest:
                self._newest = window
                self._leases.clear()
            return self._leases.setdefault((window, caller), Lease())

    def _renewed(self, lease: Lease, window: int, caller: str, limit: int, now: float) -> bool:
        """Ask for another part; False when the database does not answer, which holds for all callers for a while."""
        if now < self._asks_from:
            return False
        try:
            lease.unspent, lease.granted = self._granted(window, caller, limit)
        except SQLAlchemyError as error:
            self._asks_from = now + PAUSE
            logger.error("requests are not counted: the database of sessions does not answer", exc_info=error)  # noqa: TRY400
            return False
        return True

    def _granted(self, window: int, caller: str, limit: int) -> tuple[int, int]:
        """Return what is granted now, 0 when all is, and how much that makes of the limit."""
        key = {"minute": window, "caller": caller}
        row = (REQUESTS.c.minute == window) & (REQUESTS.c.caller == caller)
        with writing(self._engine) as connection:
            upsert(connection, REQUESTS, key, {})
            before: int = connection.execute(select(REQUESTS.c.granted).where(row).with_for_update()).scalar_one()
            more = max(0, min(-(-limit // PARTS), limit - before))
            connection.execute(update(REQUESTS).where(row).values(granted=before + more))
        if self._cleared < window:
            self._cleared = window
            self._clear(window)
        return more, before + more

    def _clear(self, window: int) -> None:
        with guarded(self._engine, CLEARING) as connection:
            connection.execute(REQUESTS.delete().where(REQUESTS.c.minute < window - KEPT))
