"""What was worked out, kept for as long as it is true: the key names everything that it depends on."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, TypeVar, cast

from flask import current_app

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class Shelf:
    """The answers that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], object]) -> object:
        """Return what is kept under this key, or make it; two who come at once may both make it."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made = make()
        with self._lock:
            self._found[key] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made


def kept(shelf: str, most: int, key: Hashable, make: Callable[[], T]) -> T:
    """Return what stands under this key on a shelf of this application, or make it; a shelf holds so many."""
    shelves: dict[str, Shelf] = current_app.extensions.setdefault("shelves", {})
    return cast("T", shelves.setdefault(shelf, Shelf(most)).of(key, make))
