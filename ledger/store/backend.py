"""What the event store asks of each database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.persistence import InfrastructureFactory, StoredEvent


class Backend(Protocol):
    """One database: the library's factory for it, and what only this database can tell."""

    @property
    def factory(self) -> InfrastructureFactory[Any]:
        """The library's factory of recorders; it connects lazily and creates no tables."""

    def migrate(self) -> None:
        """Create what is missing; safe when several processes do it at once."""

    def position_of(self, stored: StoredEvent) -> int | None:
        """Return where exactly this event stands, None when another or no event has its id and version."""

    def version_of(self, id: UUID) -> int:
        """Return the version of an aggregate's newest event, 0 without one."""

    def events_of(self, ids: Collection[UUID]) -> Sequence[StoredEvent]:
        """Return all events of these aggregates, those of each in order of their versions."""

    def nothing_written(self, error: BaseException) -> bool:
        """Tell whether the database itself refused, or was never reached, so that nothing can be recorded."""

    def settle(self) -> None:
        """Wait until whatever was committed before is as safe as what is acknowledged now."""

    def reconnect(self) -> None:
        """Drop idle connections after one of them broke, for its neighbours are dead as well."""
