"""A log that lives and dies with the process, for tests of the floors above."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOApplicationRecorder, POPOFactory
from eventsourcing.utils import Environment


class Recorder(POPOApplicationRecorder):
    """The library's recorder that can also say where an event stands."""

    def position_of(self, stored: StoredEvent) -> int | None:
        """Return where exactly this event stands, or None."""
        with self._database_lock:
            return self._stored_events.index(stored) + 1 if stored in self._stored_events else None


class Factory(POPOFactory):
    """Hands out one recorder."""

    def __init__(self) -> None:
        super().__init__(Environment())
        self.recorder = Recorder()

    def application_recorder(self) -> Recorder:
        """Return the one recorder."""
        return self.recorder


class Memory:
    """Plain Python objects: nothing to create, nothing to reach."""

    def __init__(self) -> None:
        self._factory = Factory()

    @property
    def factory(self) -> Factory:
        """The library's factory."""
        return self._factory

    def migrate(self) -> None:
        """There is nothing to create."""

    def position_of(self, stored: StoredEvent) -> int | None:
        """Return where exactly this event stands, or None."""
        return self._factory.recorder.position_of(stored)

    def version_of(self, id: UUID) -> int:
        """Return the version of an aggregate's newest event, 0 without one."""
        return max((stored.originator_version for stored in self._factory.recorder.select_events(id)), default=0)

    def events_of(self, ids: Collection[UUID]) -> list[StoredEvent]:
        """Return all events of these aggregates."""
        return [stored for id in ids for stored in self._factory.recorder.select_events(id)]

    def nothing_written(self, error: BaseException) -> bool:  # noqa: ARG002
        """Nothing lies between us and the log: an error is a refusal."""
        return True

    def settle(self) -> None:
        """It is as safe as it gets."""

    def reconnect(self) -> None:
        """There is nothing to connect to."""
