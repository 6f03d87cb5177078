"""The file with everybody's key, and a ledger that is filled once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ledger.application.ledger import utc_now
from ledger.demo import SMALL, fill, handout
from ledger.domain.errors import StateConflict
from ledger.store.event_store import EventStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> EventStore:
    """An empty ledger, and a demonstration that is soon told."""

    def small(store: EventStore, **asked: Any) -> Any:
        return fill(store, size=SMALL, **asked)

    monkeypatch.setattr(handout, "fill", small)
    return EventStore.open("memory:")


def ensure(store: EventStore, file: Path, port: int = 8000) -> Any:
    """What stands in the file afterwards."""
    handout.ensure(store, file, f"http://127.0.0.1:{port}", lambda _done, _total: None)
    return json.loads(file.read_text(encoding="utf-8"))


def test_an_empty_ledger_is_filled_up_to_today(store: EventStore, tmp_path: Path) -> None:
    """The file names everybody's key and is its owner's to read alone."""
    file = tmp_path / "demo.json"
    written = ensure(store, file)
    assert set(written["keys"]) == {"operator", "coordinator", "banks", "firms"}
    assert written["story"]["subcontractor"] in written["keys"]["firms"]
    assert file.stat().st_mode & 0o777 == 0o600
    last = max(event.happened_on for _, event in store.read(0, 100_000))
    assert last == utc_now().date()


def test_a_second_start_fills_nothing(store: EventStore, tmp_path: Path) -> None:
    """Keys stay as they are; only the address follows the port."""
    file = tmp_path / "demo.json"
    first, head = ensure(store, file), store.head()
    assert ensure(store, file, port=9000) == json.loads(json.dumps(first).replace(":8000", ":9000"))
    assert store.head() == head


def test_a_ledger_without_its_file_is_left_alone(store: EventStore, tmp_path: Path) -> None:
    """Whether somebody's ledger or an interrupted filling: nobody would have its keys."""
    ensure(store, tmp_path / "demo.json")
    head = store.head()
    with pytest.raises(StateConflict, match="choose another --data"):
        ensure(store, tmp_path / "elsewhere.json")
    assert store.head() == head
