"""Lists of joint work, and the history of a firm."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.domain.collaboration import Outcome
from ledger.projections.collaborations.queries import history, page
from tests.projections.collaborations.people import ACME, AS_ACME, AS_BANK, AS_BETA, BETA, GAMMA, THE_BANK
from tests.stories import COORDINATOR, Story, by, confirmed_job, consent, job


def euros(amount: str) -> dict[str, str]:
    """An amount as it stands in JSON."""
    return {"amount": amount, "currency": "EUR"}


@pytest.fixture
def busy(story: Story) -> Story:
    """A firm with work of several kinds, states and currencies."""
    packages = [
        {"stage": "engineering", "firm": str(ACME), "share": "0.5"},
        {"stage": "assembly", "firm": str(BETA), "share": "0.3"},
        {"stage": "delivery", "firm": str(GAMMA), "share": "0.2"},
    ]
    order = {"work_packages": packages}
    lead = confirmed_job(ACME, BETA, GAMMA, kind="joint_order", value="1000.00", terms=order)
    kroner = confirmed_job(BETA, ACME, value="700.00", currency="DKK", day=1, completed_on=date(2026, 3, 1))
    training = confirmed_job(GAMMA, ACME, kind="shared_training", day=2)
    open_, refused = job(ACME, BETA, day=3), job(ACME, BETA, day=4)
    refused.decline(by(AS_BETA, 4), BETA)
    struck, contested = confirmed_job(ACME, BETA, day=5), confirmed_job(ACME, BETA, day=6, value="50.00")
    for told in (struck, contested):
        told.dispute(by(AS_BETA, 7), BETA, "no")
    struck.settle(by(COORDINATOR, 7), 1, Outcome.STRUCK)
    story.tell(lead, kroner, training, open_, refused, struck, contested, confirmed_job(BETA, GAMMA))
    return story


def test_a_history_adds_up(busy: Story) -> None:
    """Only what counts is added up, per currency, with what falls to this firm."""
    with busy.reading() as reading:
        told = history(reading, AS_ACME, ACME, limit=99)
    assert told["summary"] == {
        "jobs": 4,
        "by_office_alone": 0,
        "claimed": 1,
        "volume": [{"amount": "700.00", "currency": "DKK"}, euros("1050.00")],
        "by_kind": {"joint_order": 1, "shared_training": 1, "subcontract": 2},
        "roles": {"contractor": 1, "lead": 1, "participant": 1, "subcontractor": 1},
        "first_on": "2026-03-01",
        "last_on": "2026-03-08",
        "disputes": {"open": 1, "upheld": 0, "amended": 0, "struck": 1},
    }
    assert [item["state"] for item in told["items"]] == [
        "disputed",
        "struck",
        "proposed",
        "confirmed",
        "confirmed",
        "completed",
    ]
    assert (told["position"], told["as_of"]) == (busy.head(), "2026-03-09T09:00:00Z")


def test_a_partner_is_credited_with_its_part(busy: Story) -> None:
    """The share of its work packages, not the whole order."""
    with busy.reading() as reading:
        told = history(reading, COORDINATOR, GAMMA, kind="joint_order", limit=9)
    assert told["summary"]["volume"] == [euros("200.00")]


def test_a_history_can_be_narrowed(busy: Story) -> None:
    """By kind and by business date, both days included, in the sums as in the items."""
    with busy.reading() as reading:
        told = history(
            reading, AS_ACME, ACME, since=date(2026, 3, 1), until=date(2026, 3, 2), kind="subcontract", limit=9
        )
    assert told["summary"]["jobs"] == 1
    assert [item["business_date"] for item in told["items"]] == ["2026-03-01"]


def test_a_bank_is_told_nothing_unconfirmed(busy: Story) -> None:
    """No claimed items, not even their number; a struck record is counted but not shown."""
    busy.tell(consent(ACME, THE_BANK, 7))
    with busy.reading() as reading:
        told = history(reading, AS_BANK, ACME, limit=99)
    assert told["summary"]["claimed"] is None
    assert told["summary"]["jobs"] == len(told["items"]) == 4
    assert told["summary"]["disputes"]["struck"] == 1


def test_a_claim_is_what_this_firm_has_not_agreed_to(story: Story) -> None:
    """In a purchase that counts among others, it is claimed for the firm that has yet to answer."""
    volumes = [{"firm": str(firm), "volume": euros("10.00")} for firm in (BETA, GAMMA)]
    told = job(ACME, BETA, GAMMA, kind="joint_purchase", terms={"purchases": volumes})
    told.accept(by(AS_BETA), BETA)
    story.tell(told)
    with story.reading() as reading:
        for firm, jobs, claimed, volume in ((ACME, 1, 0, ["10.00"]), (BETA, 1, 0, ["10.00"]), (GAMMA, 0, 1, [])):
            summary = history(reading, COORDINATOR, firm, limit=9)["summary"]
            assert (summary["jobs"], summary["claimed"]) == (jobs, claimed)
            assert [money["amount"] for money in summary["volume"]] == volume


def test_an_amended_job_counts_as_it_stands(story: Story) -> None:
    """While it waits for the other side's answer it adds nothing; then its new value."""
    told = confirmed_job(ACME, BETA, value="100.00")
    story.tell(told)
    told.amend(by(AS_ACME, 1), ACME, {**told.terms, "value": euros("80.00")})
    amended = story.tell(told)
    told.accept(by(AS_BETA, 2), BETA)
    story.tell(told)
    with story.reading(as_of_position=amended) as reading:
        summary = history(reading, AS_ACME, ACME, limit=9)["summary"]
        assert (summary["jobs"], summary["claimed"], summary["volume"]) == (0, 1, [])
    with story.reading() as reading:
        assert history(reading, AS_ACME, ACME, limit=9)["summary"]["volume"] == [euros("80.00")]


def test_an_empty_history_is_an_answer(story: Story) -> None:
    """A firm without joint work has zeros, not nothing."""
    with story.reading() as reading:
        told = history(reading, AS_ACME, ACME, limit=9)
    assert (told["items"], told["next"]) == ([], None)
    assert told["summary"]["first_on"] is None
    assert told["summary"]["volume"] == []


def test_a_history_comes_in_pages(busy: Story) -> None:
    """Every item once; the sums are the same on every page."""
    found, cursor, sums = [], None, []
    with busy.reading() as reading:
        while True:
            told = history(reading, AS_ACME, ACME, limit=4, cursor=cursor)
            found += [item["id"] for item in told["items"]]
            sums.append(told["summary"])
            cursor = told["next"]
            if cursor is None:
                break
    assert len(found) == len(set(found)) == 6
    assert sums[0] == sums[1]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 8),
        ({"firm": GAMMA}, 3),
        ({"firm": THE_BANK}, 0),
        ({"kind": "shared_training"}, 1),
        ({"state": "confirmed"}, 3),
        ({"state": "declined"}, 1),
        ({"since": date(2026, 3, 8)}, 1),
        ({"until": date(2026, 3, 1)}, 1),
        ({"firm": ACME, "kind": "subcontract", "state": "proposed"}, 1),
    ],
)
def test_a_list_is_narrowed(busy: Story, asked: dict[str, Any], number: int) -> None:
    """By firm, kind, state and business date; all must fit; the newest comes first."""
    with busy.reading() as reading:
        items = page(reading, COORDINATOR, **asked, limit=99).items
    assert len(items) == number
    assert [item["business_date"] for item in items] == sorted((item["business_date"] for item in items), reverse=True)
