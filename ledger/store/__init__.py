"""The event store: one append-only log in SQLite, PostgreSQL or memory."""

from ledger.store.errors import NotRecorded, OutcomeUnknown, StoreError, StoreUnavailable, VersionTaken
from ledger.store.event_store import EventStore

__all__ = [
    "EventStore",
    "NotRecorded",
    "OutcomeUnknown",
    "StoreError",
    "StoreUnavailable",
    "VersionTaken",
]
