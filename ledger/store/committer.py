"""Group commit: the saves that wait share one transaction, and with it one lock and one flush.

There is no thread of its own that could die. Whoever finds nobody at work commits what waits; those who come meanwhile
wait, and the first of them commits next, for all of them. So nobody lingers for company, and the longer a flush
takes the more saves share the next one.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections import deque
from collections.abc import Callable, Sequence

from ledger.store.errors import OutcomeUnknown
from ledger.store.saves import Save

# What one transaction takes at most, or a large one would let all others wait; who brings more has it alone.
MOST_EVENTS = 500
MOST_BYTES = 400_000


class Order:
    """What one thread waits for; its gate opens when that is settled, or when it is the thread's turn to commit."""

    __slots__ = ("bytes", "events", "gate", "saves")

    def __init__(self, saves: Sequence[Save]) -> None:
        self.saves = saves
        self.events = sum(len(save.events) for save in saves)
        self.bytes = sum(len(event.state) for save in saves for event in save.events)
        self.gate = threading.Lock()  # a tenth of the cost of an Event
        self.gate.acquire()

    @property
    def settled(self) -> bool:
        """Whether it is known what became of all."""
        return all(save.settled for save in self.saves)


class Committer:
    """Gathers the saves of a process's threads; `write` settles those it is given."""

    def __init__(self, write: Callable[[Sequence[Save]], None]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._waiting: deque[Order] = deque()
        self._led = False
        anew = weakref.WeakMethod(self._begin_anew)
        os.register_at_fork(after_in_child=lambda: (alive := anew()) and alive())

    def commit(self, saves: Sequence[Save]) -> None:
        """Return when all of them are settled; each stands or falls by itself, in this order."""
        if not saves:
            return
        order = Order(saves)
        with self._lock:
            self._waiting.append(order)
            follows = self._led
            self._led = True
        if follows:
            order.gate.acquire()
        if not order.settled:
            self._lead()

    def _lead(self) -> None:
        """Commit what waits, one's own first of all, and hand over to the next."""
        orders = self._gathered()
        saves = [save for order in orders for save in order.saves]
        try:
            self._write(saves)
        except BaseException as error:
            _leave_unknown(saves, error)
            raise
        finally:
            self._hand_over()
            for order in orders[1:]:
                order.gate.release()

    def _gathered(self) -> list[Order]:
        with self._lock:
            orders = [self._waiting.popleft()]
            events, size = orders[0].events, orders[0].bytes
            while self._waiting:
                events, size = events + self._waiting[0].events, size + self._waiting[0].bytes
                if events > MOST_EVENTS or size > MOST_BYTES:
                    break
                orders.append(self._waiting.popleft())
        return orders

    def _hand_over(self) -> None:
        # The next begins before those who are served wake up and compete with it for the interpreter.
        with self._lock:
            self._led = bool(self._waiting)
            if self._led:
                self._waiting[0].gate.release()

    def _begin_anew(self) -> None:
        """Forget who is at work and who waits: in a forked child these threads do not exist."""
        self._lock = threading.Lock()
        self._waiting.clear()
        self._led = False


def _leave_unknown(saves: Sequence[Save], error: BaseException) -> None:
    for save in saves:
        if not save.settled:
            save.failed(OutcomeUnknown(f"recording was broken off, the outcome is unknown: {error}"), error)
