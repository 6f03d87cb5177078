"""Asking the database: a connection that broke is replaced, and what cannot be reached says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from eventsourcing.persistence import PersistenceError

from ledger.store.backend import Backend
from ledger.store.errors import OutcomeUnknown, StoreUnavailable

T = TypeVar("T")


def answered(backend: Backend, question: Callable[[], T]) -> T:
    """Return the database's answer; ask once more when the connection broke, which is harmless."""
    try:
        return question()
    except PersistenceError as error:
        if backend.nothing_written(error):
            raise unavailable(error) from error
    backend.reconnect()
    try:
        return question()
    except PersistenceError as error:
        raise unavailable(error) from error


def unknown(error: BaseException | None) -> OutcomeUnknown:
    """Return what to say when nobody could tell whether events were recorded."""
    return OutcomeUnknown(f"the connection broke while recording, the outcome is unknown: {error}")


def unavailable(error: BaseException) -> StoreUnavailable:
    """Return what to say when nothing was recorded or read."""
    return StoreUnavailable(f"the event store does not answer (is it migrated?): {error}")
