"""What the store may answer instead of doing what it was asked."""

from __future__ import annotations

from uuid import UUID


class StoreError(Exception):
    """The root of everything the store raises on purpose."""


class NotRecorded(StoreError):
    """No such aggregate of this class, or not yet in this version."""

    def __init__(self, originator_id: UUID) -> None:
        super().__init__(f"nothing of this class and version is recorded under {originator_id}")
        self.originator_id = originator_id


class VersionTaken(StoreError):
    """Somebody else recorded another event under this id and version first; ours are not recorded."""

    def __init__(self, originator_id: UUID) -> None:
        super().__init__(f"another event has this version of {originator_id} already")
        self.originator_id = originator_id


class OutcomeUnknown(StoreError):
    """The connection broke and nobody could say whether the events were recorded: no failure."""


class StoreUnavailable(StoreError):
    """The database cannot be reached, is locked, read-only, full or damaged: nothing was recorded."""


class CiphertextBroken(StoreUnavailable):
    """An encrypted part of an event does not fit its place or was changed: somebody wrote into the log by hand."""
