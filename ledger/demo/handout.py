"""Filling a ledger once, and leaving a file with everybody's key for those who try it out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ledger.application.ledger import utc_now
from ledger.demo.demonstration import sign_in_address
from ledger.demo.fill import fill
from ledger.domain.errors import StateConflict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ledger.store.event_store import EventStore


def ensure(store: EventStore, file: Path, base_url: str, progress: Callable[[int, int], None]) -> None:
    """Fill an empty ledger up to today and write `file`; with the file of an earlier start, fill nothing.

    Raises `StateConflict` when the ledger has events but nobody has its keys.
    """
    if not store.head():
        written = fill(store, until=utc_now().date(), progress=progress).as_json(base_url)
    elif file.exists():
        written = _moved(json.loads(file.read_text(encoding="utf-8")), base_url)
    else:
        # Also what an interrupted filling leaves behind: a network without its last days and without keys.
        raise StateConflict(f"The ledger has events already, but {file} is not there; choose another --data.")
    file.touch(mode=0o600)  # it holds keys in the clear
    file.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def _moved(written: dict[str, Any], base_url: str) -> dict[str, Any]:
    """Return what an earlier start has written, with the address of this one."""
    logins = [{**login, "url": sign_in_address(base_url, login["email"])} for login in written["logins"]]
    return {**written, "base_url": base_url, "logins": logins}
