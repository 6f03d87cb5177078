"""A save: events that are recorded together or not at all, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent

from ledger.store.errors import StoreError


class Save:
    """The events of one command; settled once it has a position, that of its last event, or an error."""

    __slots__ = ("_error", "_position", "events")

    def __init__(self, events: Sequence[StoredEvent]) -> None:
        self.events = events
        self._position: int | None = None
        self._error: StoreError | None = None

    @property
    def settled(self) -> bool:
        """Whether it is known what became of it."""
        return self._position is not None or self._error is not None

    @property
    def outcome(self) -> int | StoreError:
        """The position, or why there is none."""
        return self._error or self._position or 0

    def result(self) -> int:
        """Return the position; raise why there is none."""
        if self._error is not None:
            raise self._error
        return self._position or 0

    def recorded(self, position: int) -> None:
        """Settle it: it is on the disk."""
        self._position = position

    def failed(self, error: StoreError, cause: BaseException | None = None) -> None:
        """Settle it with an error."""
        error.__cause__ = cause
        self._error = error
