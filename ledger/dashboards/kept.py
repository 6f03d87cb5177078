"""What was drawn, kept for as long as it is true: until the next event, or the next day."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, TypeVar, cast

from flask import current_app

from ledger.dashboards.words import language
from ledger.web.kept import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ledger.subscriptions.reading import Reading

MOST = 32  # answers; one is some hundred kilobytes
T = TypeVar("T")


class Kept:
    """The answers that were asked for last, all of them true at the same position of the log."""

    def __init__(self) -> None:
        self._position, self._shelf = 0, Shelf(MOST)
        self._lock = Lock()

    def of(self, position: int, key: Hashable, make: Callable[[], object]) -> object:
        """Return what is kept under this key, or make it."""
        with self._lock:
            if position > self._position:  # nobody asks for the older ones again, and they may name who was erased
                self._position, self._shelf = position, Shelf(MOST)
            shelf = self._shelf if position == self._position else Shelf(MOST)
        return shelf.of(key, make)


def kept(reading: Reading, asked: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` makes of this reading in this language; a name that was erased is an event, so it goes too."""
    here = cast("Kept", current_app.extensions.setdefault("kept", Kept()))
    key = (reading.position, reading.time.date(), language(), asked)
    return cast("T", here.of(reading.now_position, key, make))
