"""The whole log against its seals: what is found, and in which words."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import delete, insert, update

from ledger.seals import tables
from ledger.seals.verification import Report, settle
from ledger.services import House
from ledger.store import leaves, merkle
from ledger.store.event_store import EventStore
from ledger.store.leaves import Stored
from ledger.subscriptions.database import writing
from tests.seals.by_hand import ByHand
from tests.seals.conftest import EVENTS, record


def verified(house: House, kept: str | None = None) -> Report:
    """What a verification finds."""
    return house.verification().run(lambda *_: None, kept)


def said(house: House) -> list[str]:
    """The findings in words."""
    return [str(finding) for finding in verified(house).findings]


def test_an_intact_log_is_intact(sealed: House) -> None:
    """And what is not sealed yet is counted."""
    record(sealed, 2)
    assert verified(sealed) == Report(sealed=EVENTS, unsealed=2, heads=2, findings=[])


def test_a_new_ledger_is_intact(house: House) -> None:
    """There is nothing that could be wrong."""
    assert verified(house) == Report()


def test_progress_is_told(sealed: House) -> None:
    """Leaves so far, and of how many."""
    told: list[tuple[int, int]] = []
    sealed.verification().run(lambda *numbers: told.append(numbers))
    assert told == [(EVENTS, EVENTS)]


def test_an_event_that_was_moved_is_traced(sealed: House) -> None:
    """Two that changed places are not two that were altered."""
    hand = ByHand(sealed)
    three, nine = hand.before[2], hand.before[8]
    hand.move(three, 0)
    hand.move(nine, 3)
    hand.run("UPDATE stored_events SET @ = 9 WHERE @ = 0")
    assert said(sealed) == [
        "position 3: here lies the event that was sealed at position 9: reordered",
        "position 9: here lies the event that was sealed at position 3: reordered",
    ]


def test_a_removed_end_is_found(sealed: House) -> None:
    """As long as its leaves are there."""
    hand = ByHand(sealed)
    for event in hand.before[-2:]:
        hand.remove(event)
    assert said(sealed) == ["position 24: the event was removed", "position 25: the event was removed"]


def test_an_inserted_event_is_found(sealed: House) -> None:
    """Where no position was free it is told as well."""
    hand = ByHand(sealed)
    hand.insert([Stored(0, UUID(int=1), 1, "firm.admitted", b"{}")])
    assert said(sealed) == ["position 0: an event was inserted"]


def test_an_event_altered_with_its_leaf_is_found(sealed: House) -> None:
    """Who changes the leaf, and every node above it, cannot sign the head."""
    event = ByHand(sealed).before[21]
    altered = Stored(22, event.originator_id, 1, event.topic, b"{}")
    ByHand(sealed).alter(event, state=b"{}")
    found = [leaf.hash for leaf in sealed.seals.leaves(0, 100)]
    found[21] = leaves.hashed(altered, sealed.seals.leaves(21, 1)[0].salt)
    with writing(sealed.log_engine) as connection:
        connection.execute(delete(tables.NODES))
        tree = merkle.CompactRange()
        made = [node for leaf in found for node in tree.append(leaf)]
        connection.execute(insert(tables.NODES), [{"place": place, "hash": node} for place, node in enumerate(made)])
    assert said(sealed) == ["leaves 20 to 24 are not those that were signed"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (
            update(tables.NODES).where(tables.NODES.c.place == tables.place(2, 1)).values(hash=b""),
            ["stored nodes over leaves 0 to 24"],
        ),
        (update(tables.HEADS).values(root=b""), ["is not kept as it was signed"] * 2),
        (update(tables.HEADS).values(note=tables.HEADS.c.note + "\n"), []),
        (update(tables.HEADS).values(note="no note"), ["this is no head of a log"] * 2),
        (delete(tables.HEADS).where(tables.HEADS.c.size == EVENTS), ["the last head is over another number"]),
        (update(tables.LEAVES).where(tables.LEAVES.c.leaf_index == 4).values(salt=b""), ["position 5: the event"]),
        (
            delete(tables.LEAVES).where(tables.LEAVES.c.leaf_index == 4),
            [
                "position 5: an event was inserted",
                "leaf 4 of the tree is missing",
                "nodes",
                "0 to 19",
                "another number",
            ],
        ),
    ],
)
def test_damaged_seals_are_told(sealed: House, damage: object, words: list[str]) -> None:
    """Also where the events are as they were."""
    with writing(sealed.log_engine) as connection:
        connection.execute(damage)  # type: ignore[call-overload]
    found = said(sealed)
    assert [word for word, line in zip(words, found, strict=False) if word not in line] == [], found
    assert bool(found) == bool(words)


def test_a_cut_off_end_needs_a_head_kept_elsewhere(sealed: House) -> None:
    """Within one database nothing remembers an end that was removed with its seals."""
    kept = sealed.seals.head()
    assert kept is not None
    assert verified(sealed, kept.note).intact
    hand = ByHand(sealed)
    for event in hand.before[-5:]:
        hand.remove(event)
    with writing(sealed.log_engine) as connection:
        connection.execute(delete(tables.LEAVES).where(tables.LEAVES.c.leaf_index >= EVENTS - 5))
        connection.execute(delete(tables.HEADS).where(tables.HEADS.c.size > EVENTS - 5))
    assert said(sealed) == []
    assert [str(finding) for finding in verified(sealed, kept.note).findings] == [
        "the log does not begin with the 25 leaves of the head kept elsewhere"
    ]
    assert "none of the log's keys" in str(verified(sealed, kept.note.replace("25", "24", 1)).findings[0])


def test_a_settled_alarm_lets_signing_go_on(sealed: House) -> None:
    """Once the log was mended and found intact."""
    hand = ByHand(sealed)
    hand.alter(hand.before[3], topic="other")
    sealed.sealer.look()
    hand.mend()
    sealed.sealer.look()
    assert sealed.seals.alarm() is not None
    assert verified(sealed).intact
    settle(sealed.log_engine, sealed.ledger.clock())
    record(sealed, 1)
    sealed.sealer.look()
    assert (sealed.seals.alarm(), sealed.seals.size()) == (None, EVENTS + 1)


def test_a_file_that_answers_the_same_again_and_again_is_left(sealed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a position was damaged, SQLite finds events behind it that lie before: it ends all the same."""
    last = sealed.store.read_stored(EVENTS - 2, 2)
    monkeypatch.setattr(EventStore, "read_stored", lambda *_: last)
    report = sealed.verification().run(lambda *_: None)
    assert not report.intact
    assert report.unsealed == 0
