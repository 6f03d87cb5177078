"""Every event is sealed once, in order, whoever does it; and nothing is signed over a log that was changed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from ledger.application import networks
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.seals import sealer, tables
from ledger.seals.log_keys import verifying
from ledger.services import House, build
from ledger.store import leaves, merkle
from ledger.store.notes import opened
from ledger.store.signing_keys import Purpose
from ledger.subscriptions.database import reading, writing
from ledger.upkeep.caretaker import beside
from tests.seals.by_hand import ByHand
from tests.seals.conftest import EVENTS, record, settings
from tests.upkeep.test_caretaker import until


def leaves_of(house: House) -> list[tables.Leaf]:
    """Every leaf."""
    return house.seals.leaves(0, 10_000)


def heads_of(house: House) -> list[tables.Head]:
    """Every signed head."""
    with reading(house.log_engine) as connection:
        return tables.heads(connection)


def test_every_event_is_a_leaf(sealed: House) -> None:
    """In the order of the log, over exactly what is stored."""
    found, events = leaves_of(sealed), sealed.store.read_stored(0, 100)
    assert [leaf.leaf_index for leaf in found] == list(range(EVENTS))
    assert [leaf.position for leaf in found] == [event.position for event in events]
    assert [leaf.hash for leaf in found] == [
        leaves.hashed(event, leaf.salt) for event, leaf in zip(events, found, strict=True)
    ]
    assert len({leaf.salt for leaf in found}) == EVENTS


def test_the_head_is_signed_over_the_leaves(sealed: House) -> None:
    """With the log's key, under its name."""
    head = opened(heads_of(sealed)[-1].note, verifying(sealed.signing_keys))
    tree = merkle.Tree(leaf.hash for leaf in leaves_of(sealed))
    assert (head.origin, head.size, head.root) == ("ledger.example.org", EVENTS, merkle.root(EVENTS, tree.node))


def test_positions_may_have_gaps(sealed: House) -> None:
    """Leaves have none."""
    ByHand(sealed).gap()
    record(sealed, 2)
    sealed.sealer.look()
    assert [(leaf.leaf_index, leaf.position) for leaf in leaves_of(sealed)][-3:] == [(24, 25), (25, 36), (26, 37)]
    assert sealed.verification().run(lambda *_: None).intact


def test_nothing_new_signs_nothing(sealed: House) -> None:
    """Heads are as many as there were looks that found events, and none is touched again."""
    before = heads_of(sealed)
    sealed.sealer.look()
    record(sealed, 1)
    sealed.sealer.look()
    assert [head.size for head in before] == [EVENTS - 5, EVENTS]
    assert heads_of(sealed)[:-1] == before


def test_many_sealers_make_one_tree(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each on connections of its own, all at once, in small batches, while events come in."""
    monkeypatch.setattr(sealer, "BATCH", 7)
    houses = [build(settings(database_url, tmp_path)) for _ in range(4)]
    houses[0].migrate()
    with ThreadPoolExecutor(4) as threads:
        for _ in range(5):
            record(houses[0], 20)
            list(threads.map(lambda house: house.sealer.look(), houses))
    report = houses[0].verification().run(lambda *_: None)
    assert (report.sealed, report.unsealed, report.findings) == (100, 0, [])
    for house in houses:
        house.close()


def test_an_event_is_sealed_within_a_second(house: House) -> None:
    """The worker looks by itself."""
    stop = threading.Event()
    with beside(house.sealer.look, stop, sealer.POLL):
        record(house, 1)
        until(lambda: house.seals.prove([1]), seconds=1)


def test_a_look_that_breaks_leaves_nothing_behind(sealed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves, nodes and head are one transaction; the next look does it all again."""
    record(sealed, 3)
    with monkeypatch.context() as broken:
        broken.setattr(sealer, "sign", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sealed.sealer.look()
    assert len(leaves_of(sealed)) == EVENTS
    sealed.sealer.look()
    assert sealed.verification().run(lambda *_: None).sealed == EVENTS + 3


def test_a_new_key_goes_on(sealed: House) -> None:
    """Old heads stay valid, new ones have the new key, and both are published."""
    sealed.signing_keys.rotate(Purpose.LOG)
    record(sealed, 1)
    sealed.sealer.look()
    new, old = verifying(sealed.signing_keys)
    assert opened(heads_of(sealed)[-1].note, [new]).size == EVENTS + 1
    assert opened(heads_of(sealed)[-2].note, [old]).size == EVENTS
    assert sealed.verification().run(lambda *_: None).intact
    assert len(sealed.log_keys()) == 2


def test_a_log_keeps_its_name(sealed: House, database_url: str, tmp_path: Path) -> None:
    """Another setting later makes no other log of it."""
    url, keys = sealed.settings.database_url, sealed.settings.signing_keys
    moved = build(Settings(database_url=url, signing_keys=keys, log_origin="other.example.org"))
    record(moved, 1)
    moved.sealer.look()
    assert heads_of(moved)[-1].note.startswith("ledger.example.org\n")
    assert moved.log_keys() == sealed.log_keys()
    moved.close()


def test_a_changed_log_is_not_signed(sealed: House, caplog: pytest.LogCaptureFixture) -> None:
    """It is said once, loudly, and kept where every process sees it; a restart changes nothing."""
    ByHand(sealed).alter(sealed.store.read_stored(6, 1)[0], topic="firm.admitted")
    record(sealed, 1)
    before = heads_of(sealed)
    sealed.sealer.look()
    sealed.sealer.look()
    assert [record.levelname for record in caplog.records if record.name == "ledger.seals.sealer"] == ["CRITICAL"]
    assert "position 7: the event was altered" in caplog.text
    again = build(sealed.settings)
    again.sealer.look()
    assert heads_of(again) == before
    assert again.seals.alarm() == "position 7: the event was altered"
    again.close()


def test_a_changed_log_is_noticed_without_new_events(sealed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks walk on round the log."""
    monkeypatch.setattr(sealer, "PATROL", 4)
    ByHand(sealed).remove(sealed.store.read_stored(17, 1)[0])
    for _ in range(6):
        sealed.sealer.look()
    assert sealed.seals.alarm() == "position 18: the event was removed"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            update(tables.NODES).where(tables.NODES.c.place == tables.place(4, 0)).values(hash=b"x" * 32),
            "not the one that was signed",
        ),
        (delete(tables.NODES).where(tables.NODES.c.place == tables.place(4, 0)), "is damaged"),
        (update(tables.HEADS).values(note="ledger.example.org\n25\nAAAA\n\n— ledger.example.org AAAA\n"), "has signed"),
        (delete(tables.HEADS), "another number"),
        (delete(tables.LEAVES).where(tables.LEAVES.c.leaf_index == EVENTS - 1), "another number"),
    ],
)
def test_a_changed_tree_is_not_signed(sealed: House, damage: object, said: str) -> None:
    """What was signed before must be the beginning of what is signed next."""
    with writing(sealed.log_engine) as connection:
        connection.execute(damage)  # type: ignore[call-overload]
    record(sealed, 1)
    sealed.sealer.look()
    assert said in str(sealed.seals.alarm())


def test_a_ledger_in_memory_is_sealed() -> None:
    """Its key lives as long as it does."""
    house = build(Settings(database_url="memory:"))
    house.migrate()
    networks.found(house.ledger, OPERATOR, "north", name="North")
    house.sealer.look()
    assert house.seals.size() == 1
    house.close()
