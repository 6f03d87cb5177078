"""The life of joint work, step by step, as its row tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.domain.collaboration import Collaboration, Outcome
from ledger.projections.collaborations.queries import one
from tests.projections.collaborations.people import ACME, AS_ACME, AS_BETA, AS_GAMMA, BETA, GAMMA
from tests.projections.collaborations.walks import walk
from tests.stories import COORDINATOR, NETWORK, Story, by, confirmed_job, job

DONE = date(2026, 2, 27)
DOCUMENT = {"sha256": "a" * 64, "media_type": "application/pdf", "title": "Invoice 7"}
PURCHASES = {
    "purchases": [
        {"firm": str(BETA), "volume": {"amount": "100.00", "currency": "EUR"}},
        {"firm": str(GAMMA), "volume": {"amount": "900.00", "currency": "DKK"}},
    ]
}


def shown(story: Story, told: Collaboration, **asked: Any) -> dict[str, Any]:
    """The collaboration as the coordinator sees it after what was told of it."""
    story.tell(told)
    with story.reading(**asked) as reading:
        return one(reading, COORDINATOR, told.id)


def answers(item: dict[str, Any]) -> list[tuple[str, bool]]:
    """What each party said, and whether it counts for it."""
    return [(party["answer"], party["confirmed"]) for party in item["parties"]]


def test_a_proposal_is_only_claimed(story: Story) -> None:
    """It says everything that was recorded, and that nobody has agreed yet."""
    told = job(ACME, BETA, evidence=[DOCUMENT], document="b" * 64)
    assert shown(story, told) == {
        "id": str(told.id),
        "network": str(NETWORK),
        "kind": "subcontract",
        "title": "A subcontract",
        "state": "proposed",
        "confirmed": False,
        "claimed": True,
        "parties": [
            {
                "firm": str(ACME),
                "name": "Acme",
                "description": None,
                "role": "contractor",
                "answer": "accepted",
                "by_office": False,
                "confirmed": False,
            },
            {
                "firm": str(BETA),
                "name": "Beta",
                "description": None,
                "role": "subcontractor",
                "answer": "pending",
                "by_office": False,
                "confirmed": False,
            },
        ],
        "proposed_by": str(ACME),
        "recorded_by": f"firm:{ACME}",
        "by_office_alone": False,
        "terms": {
            "period": {"from": "2026-02-02", "to": "2026-02-27"},
            "process": "CNC turning",
            "value": {"amount": "48200.00", "currency": "EUR"},
        },
        "evidence": [DOCUMENT],
        "document": "b" * 64,
        "completed_on": None,
        "assessments": [],
        "disputes": [],
        "proposed_at": "2026-03-02T09:00:00Z",
        "confirmed_at": None,
        "business_date": "2026-03-02",
        "version": 1,
        "position": 5,
    }


def test_the_last_acceptance_confirms(story: Story) -> None:
    """All parties have agreed; its version is that of the confirmation."""
    item = shown(story, confirmed_job(ACME, BETA))
    assert (item["state"], item["confirmed"], item["claimed"], item["version"]) == (
        "confirmed",
        True,
        False,
        3,
    )
    assert answers(item) == [("accepted", True), ("accepted", True)]
    assert item["confirmed_at"] == "2026-03-02T09:00:00Z"


def test_finished_work_counts_on_the_day_it_was_finished(story: Story) -> None:
    """The business date is the completion's, not the recording's."""
    told = confirmed_job(ACME, BETA)
    told.complete(by(AS_BETA, 1), BETA, DONE)
    item = shown(story, told)
    assert (item["state"], item["completed_on"], item["business_date"]) == (
        "completed",
        "2026-02-27",
        "2026-02-27",
    )


def test_a_refusal_ends_it(story: Story) -> None:
    """Declined is neither confirmed nor claimed."""
    told = job(ACME, BETA)
    told.decline(by(AS_BETA), BETA, "never happened")
    item = shown(story, told)
    assert (item["state"], item["confirmed"], item["claimed"]) == ("declined", False, False)
    assert answers(item) == [("accepted", False), ("declined", False)]


def test_an_amendment_asks_again(story: Story) -> None:
    """It no longer counts, and the other side is asked anew; the past still shows what counted then."""
    told = confirmed_job(ACME, BETA)
    before = story.tell(told)
    told.amend(by(AS_BETA, 1), BETA, {**told.terms, "process": "Milling"}, title="Corrected")
    item = shown(story, told)
    assert (item["state"], item["title"], item["terms"]["process"]) == ("proposed", "Corrected", "Milling")
    assert answers(item) == [("pending", False), ("accepted", False)]
    assert item["confirmed_at"] is None
    told.accept(by(AS_ACME, 2), ACME)
    assert shown(story, told)["confirmed_at"] == "2026-03-04T09:00:00Z"
    past = shown(story, told, as_of_position=before)
    assert (past["state"], past["title"]) == ("confirmed", "A subcontract")


def test_documents_are_added(story: Story) -> None:
    """Attached evidence stands beside that of the proposal."""
    told = job(ACME, BETA, evidence=[DOCUMENT])
    told.attach_evidence(by(AS_BETA), BETA, {**DOCUMENT, "sha256": "c" * 64})  # type: ignore[typeddict-item]
    assert [one["sha256"][0] for one in shown(story, told)["evidence"]] == ["a", "c"]


def test_what_is_withdrawn_counts_no_more(story: Story) -> None:
    """Also after it had been confirmed."""
    told = confirmed_job(ACME, BETA)
    told.withdraw(by(AS_ACME), ACME)
    item = shown(story, told)
    assert (item["state"], item["confirmed"], item["claimed"]) == ("withdrawn", False, False)


def test_each_participant_confirms_for_itself(story: Story) -> None:
    """It counts among those who have agreed, from the first agreement on."""
    told = job(ACME, BETA, GAMMA, kind="joint_purchase", terms=PURCHASES)
    told.accept(by(AS_GAMMA, 1), GAMMA)
    item = shown(story, told)
    assert item["state"] == "confirmed"
    assert answers(item) == [("accepted", True), ("pending", False), ("accepted", True)]
    told.accept(by(AS_BETA, 2), BETA)
    item = shown(story, told)
    assert answers(item) == [("accepted", True)] * 3
    assert item["confirmed_at"] == "2026-03-03T09:00:00Z"


def test_one_refusal_among_many_does_not_end_it(story: Story) -> None:
    """Where each confirms for itself, it ends when all have refused."""
    told = job(ACME, BETA, GAMMA, kind="joint_purchase", terms=PURCHASES)
    told.decline(by(AS_BETA), BETA)
    assert shown(story, told)["state"] == "proposed"
    told.decline(by(AS_GAMMA), GAMMA)
    assert shown(story, told)["state"] == "declined"


def test_a_statement_counts_at_once(story: Story) -> None:
    """A credit reference waits for nobody, and its subject is confirmed without having answered."""
    item = shown(story, job(ACME, BETA, kind="credit_reference"))
    assert item["state"] == "confirmed"
    assert answers(item) == [("accepted", True), ("pending", True)]


def test_a_dispute_goes_its_way(story: Story) -> None:
    """Open, answered, settled; upheld, the record counts as before."""
    told = confirmed_job(ACME, BETA)
    told.dispute(by(AS_BETA, 1), BETA, "Half of it was never ordered.")
    item = shown(story, told)
    assert (item["state"], item["confirmed"], item["disputes"][0]["state"]) == ("disputed", True, "open")
    told.answer(by(AS_ACME, 2), 1, ACME, "It was.")
    assert shown(story, told)["disputes"][0]["state"] == "answered"
    told.settle(by(COORDINATOR, 3), 1, Outcome.UPHELD, note="Both orders were shown.")
    item = shown(story, told)
    assert item["state"] == "confirmed"
    assert item["disputes"] == [
        {
            "number": 1,
            "by": str(BETA),
            "reason": "Half of it was never ordered.",
            "raised_at": "2026-03-03T09:00:00Z",
            "state": "settled",
            "answers": [{"by": str(ACME), "statement": "It was.", "at": "2026-03-04T09:00:00Z"}],
            "outcome": "upheld",
            "note": "Both orders were shown.",
            "settled_at": "2026-03-05T09:00:00Z",
        }
    ]


def test_it_is_disputed_while_any_dispute_is_open(story: Story) -> None:
    """Settling one of two leaves it disputed."""
    told = confirmed_job(ACME, BETA)
    told.dispute(by(AS_BETA), BETA, "one")
    told.dispute(by(AS_ACME), ACME, "two")
    told.settle(by(COORDINATOR), 2, Outcome.UPHELD)
    item = shown(story, told)
    assert (item["state"], [one["state"] for one in item["disputes"]]) == ("disputed", ["open", "settled"])


def test_a_struck_record_counts_no_more(story: Story) -> None:
    """The coordinator's last word ends it."""
    told = confirmed_job(ACME, BETA)
    told.dispute(by(AS_BETA), BETA, "never happened")
    told.settle(by(COORDINATOR), 1, Outcome.STRUCK)
    item = shown(story, told)
    assert (item["state"], item["confirmed"], item["disputes"][0]["outcome"]) == ("struck", False, "struck")


def test_a_corrected_record_goes_on_counting(story: Story) -> None:
    """Amended by settlement, it has new terms and still counts from the first confirmation on."""
    told = confirmed_job(ACME, BETA)
    told.dispute(by(AS_BETA, 1), BETA, "too much")
    terms = {**told.terms, "value": {"amount": "10.00", "currency": "EUR"}}
    told.settle(by(COORDINATOR, 2), 1, Outcome.AMENDED, terms=terms)
    item = shown(story, told)
    assert (item["state"], item["terms"]["value"]["amount"]) == ("confirmed", "10.00")
    assert item["confirmed_at"] == "2026-03-02T09:00:00Z"


@pytest.mark.parametrize("seed", range(8))
def test_the_row_always_says_what_the_aggregate_says(story: Story, seed: int) -> None:
    """After any walk through the steps, state, answers and terms agree; a rebuild gives the same."""
    told = walk(seed)
    item = shown(story, told)
    assert item["state"] == told.state
    assert item["version"] == told.version
    assert item["terms"] == told.terms
    given = [told.answers.get(firm, "pending") for firm in told.firms]
    assert answers(item) == [(answer, firm in told.confirmed) for answer, firm in zip(given, told.firms, strict=True)]
    story.rebuild("collaborations")
    assert shown(story, told) == item
