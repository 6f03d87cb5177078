"""Who sees which joint work."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.collaboration import Outcome
from ledger.domain.errors import NotFound
from ledger.domain.firm import Firm, ToBanks
from ledger.domain.ids import identify
from ledger.projections.collaborations.queries import events, history, one, page
from tests.projections.collaborations.people import (
    ACME,
    AS_ACME,
    AS_BANK,
    AS_BETA,
    AS_GAMMA,
    BETA,
    GAMMA,
    THE_BANK,
)
from tests.stories import COORDINATOR, Story, as_bank, as_firm, by, confirmed_job, consent, firm, job

SOUTH = identify("network", "south")
PURCHASES = {
    "purchases": [
        {"firm": str(BETA), "volume": {"amount": "100.00", "currency": "EUR"}},
        {"firm": str(GAMMA), "volume": {"amount": "900.00", "currency": "EUR"}},
    ]
}


def seen(story: Story, viewer: Actor, **asked: Any) -> set[str]:
    """The ids in the viewer's list, each of which it may open as well."""
    with story.reading(**asked) as reading:
        ids = {item["id"] for item in page(reading, viewer, limit=99).items}
        assert all(one(reading, viewer, UUID(id_))["id"] == id_ for id_ in ids)
    return ids


def named(name: str) -> Firm:
    """The firm, which lets its name be told to banks."""
    told = firm(name)
    told.collect_events()
    told.show_to_banks(by(as_firm(told.id)), ToBanks.NAMED)
    return told


def test_the_parties_and_their_network_see_it(story: Story) -> None:
    """Not a third firm, not another network's coordinator, not a bank without consent."""
    told = job(ACME, BETA)
    story.tell(told)
    for viewer in (AS_ACME, AS_BETA, COORDINATOR, OPERATOR):
        assert seen(story, viewer) == {str(told.id)}
    for viewer in (AS_GAMMA, Actor(Role.COORDINATOR, SOUTH, SOUTH), as_firm(SOUTH, SOUTH), AS_BANK):
        assert seen(story, viewer) == set()
        with story.reading() as reading, pytest.raises(NotFound):
            one(reading, viewer, told.id)
        with story.reading() as reading, pytest.raises(NotFound):
            events(reading, viewer, told.id, limit=9)


def test_a_bank_sees_what_counts_of_a_firm_that_lets_it(story: Story) -> None:
    """Never proposals, refusals, withdrawn or struck records, and nothing of other firms."""
    counts, open_, struck = confirmed_job(ACME, BETA), job(ACME, BETA, day=1), confirmed_job(ACME, BETA, day=2)
    disputed, withdrawn = confirmed_job(ACME, BETA, day=3), confirmed_job(ACME, BETA, day=4)
    struck.dispute(by(AS_BETA, 5), BETA, "no")
    struck.settle(by(COORDINATOR, 5), 1, Outcome.STRUCK)
    disputed.dispute(by(AS_BETA, 5), BETA, "no")
    withdrawn.withdraw(by(AS_ACME, 5), ACME)
    others = confirmed_job(BETA, GAMMA)
    story.tell(counts, open_, struck, disputed, withdrawn, others, consent(ACME, THE_BANK, 5))
    assert seen(story, AS_BANK) == {str(counts.id), str(disputed.id)}
    assert seen(story, as_bank(BETA)) == set()


def test_a_bank_is_judged_by_now(story: Story) -> None:
    """A withdrawn consent closes the past too; a struck record vanishes from the past."""
    told, given = confirmed_job(ACME, BETA), consent(ACME, THE_BANK)
    before = story.tell(told, given)
    assert seen(story, AS_BANK) == {str(told.id)}
    told.dispute(by(AS_BETA, 1), BETA, "no")
    told.settle(by(COORDINATOR, 1), 1, Outcome.STRUCK)
    story.tell(told)
    assert seen(story, AS_BANK, as_of_position=before) == set()
    again = confirmed_job(ACME, BETA, day=2)
    before = story.tell(again)
    assert seen(story, AS_BANK, as_of_position=before) == {str(again.id)}
    given.withdraw(by(AS_ACME, 3))
    story.tell(given)
    assert seen(story, AS_BANK, as_of_position=before) == set()


def test_a_bank_cannot_look_back_at_a_proposal(story: Story) -> None:
    """What counts now is not shown as of the time when it was only claimed."""
    told = job(ACME, BETA)
    proposed = story.tell(told, consent(ACME, THE_BANK))
    told.accept(by(AS_BETA), BETA)
    story.tell(told)
    assert seen(story, AS_BANK) == {str(told.id)}
    assert seen(story, AS_BANK, as_of_position=proposed) == set()


def test_a_bank_sees_only_parties_that_agreed(story: Story) -> None:
    """In a joint purchase those who have not answered stay unnamed, in its terms and events too."""
    told = job(ACME, BETA, GAMMA, kind="joint_purchase", terms=PURCHASES)
    told.accept(by(AS_BETA), BETA)
    story.tell(told, consent(ACME, THE_BANK), named("Beta"))
    with story.reading() as reading:
        item = one(reading, AS_BANK, told.id)
        steps = events(reading, AS_BANK, told.id, limit=99).items
        assert page(reading, AS_BANK, firm=GAMMA, limit=9).items == []
        assert page(reading, AS_BANK, firm=BETA, limit=9).items == [item]
    assert [party["firm"] for party in item["parties"]] == [str(ACME), str(BETA)]
    assert str(GAMMA) not in json.dumps([item, steps])


def test_a_firm_that_has_not_agreed_does_not_open_it_for_its_bank(story: Story) -> None:
    """A purchase that a firm was only named in is no part of its history."""
    told = job(ACME, BETA, GAMMA, kind="joint_purchase", terms=PURCHASES)
    told.accept(by(AS_BETA), BETA)
    story.tell(told, consent(GAMMA, THE_BANK))
    assert seen(story, AS_BANK) == set()


def test_a_bank_reads_no_words_between_firms(story: Story) -> None:
    """Reasons, statements and notes are left out, and what was proposed before it was agreed."""
    told = job(ACME, BETA, title="secret proposal")
    told.amend(by(AS_BETA, 1), BETA, told.terms, title="Agreed title")
    told.accept(by(AS_ACME, 1), ACME)
    told.dispute(by(AS_BETA, 2), BETA, "secret reason")
    told.answer(by(AS_ACME, 2), 1, ACME, "secret statement")
    told.settle(by(COORDINATOR, 2), 1, Outcome.UPHELD, note="secret note")
    story.tell(told, consent(ACME, THE_BANK, 2))
    with story.reading() as reading:
        item, steps = one(reading, AS_BANK, told.id), events(reading, AS_BANK, told.id, limit=99).items
        everything = events(reading, AS_BETA, told.id, limit=99).items
    assert "secret" not in json.dumps([item, steps])
    assert json.dumps(everything).count("secret") == 4
    assert item["disputes"][0]["outcome"] == "upheld"
    assert [step["type"] for step in steps] == [step["type"] for step in everything]


def test_events_say_what_happened(story: Story) -> None:
    """In order, with topic, version, actor and data; in pages; as of a position."""
    told = confirmed_job(ACME, BETA)
    last = story.tell(told)
    with story.reading() as reading:
        first = events(reading, AS_BETA, told.id, limit=2)
        rest = events(reading, AS_BETA, told.id, limit=2, cursor=first.next)
    assert first.items[1] == {
        "position": last - 1,
        "version": 2,
        "type": "collaboration.accepted",
        "recorded_at": "2026-03-02T09:00:00Z",
        "happened_on": "2026-03-02",
        "actor": f"firm:{BETA}",
        "data": {"by": str(BETA)},
    }
    assert [item["type"] for item in rest.items] == ["collaboration.confirmed"]
    assert "digest" not in first.items[0]["data"]
    with story.reading(as_of_position=last - 2) as reading:
        assert len(events(reading, AS_BETA, told.id, limit=9).items) == 1


def test_the_history_is_closed_to_others(story: Story) -> None:
    """A firm's history is for itself, its coordinator, the operator and its banks; an unknown one for nobody."""
    story.tell(confirmed_job(ACME, BETA), consent(ACME, THE_BANK))
    with story.reading() as reading:
        for viewer in (AS_ACME, COORDINATOR, OPERATOR, AS_BANK):
            assert history(reading, viewer, ACME, limit=9)["summary"]["jobs"] == 1
        for viewer, firm in ((AS_BETA, ACME), (AS_BANK, BETA), (OPERATOR, THE_BANK)):
            with pytest.raises(NotFound):
                history(reading, viewer, firm, limit=9)
