"""Who a firm's partners are, as of any position."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from ledger.domain.actor import OPERATOR
from ledger.domain.collaboration import Outcome
from ledger.domain.errors import NotFound
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.partnerships import queries
from ledger.projections.partnerships.projector import PROJECTION as PARTNERSHIPS
from tests.stories import (
    COORDINATOR,
    Story,
    as_bank,
    as_firm,
    bank,
    by,
    confirmed_job,
    consent,
    firm,
    firm_id,
    job,
    on,
)

A, B, C, D = (firm_id(name) for name in "ABCD")


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """A network of four firms, one of them in Denmark."""
    told = begin(CONSENTS, PARTNERSHIPS)
    told.tell(*(firm(name) for name in "ABC"), firm("D", country="DK"))
    return told


def partners(story: Story, of: UUID, *, since: date | None = None, until: date | None = None, **asked: Any) -> Any:
    """The operator's look at a firm's partners."""
    with story.reading(**asked) as reading:
        return queries.partners(reading, OPERATOR, of, since=since, until=until)


def names(answer: Any) -> list[str]:
    """The partners' names, in the answer's order."""
    known = {str(firm_id(name)): name for name in "ABCD"}
    return [known[item["firm"]] for item in answer["items"]]


def test_partners_with_shares(story: Story) -> None:
    """The larger partner comes first, with volume, dates, kinds, and whether a border lies between."""
    story.tell(
        confirmed_job(A, B, day=1, value="100.00"),
        confirmed_job(A, D, day=2, value="200.00"),
        confirmed_job(D, A, day=4, value="100.00", key="second"),
    )
    answer = partners(story, A)
    assert names(answer) == ["D", "B"]
    assert answer["items"][0] == {
        "firm": str(D),
        "name": "D",
        "description": None,
        "country": "DK",
        "jobs": 2,
        "volume": [{"amount": "300.00", "currency": "EUR"}],
        "share": 0.75,
        "first_on": "2026-03-04",
        "last_on": "2026-03-06",
        "kinds": {"subcontract": 2},
        "cross_border": True,
    }
    assert answer["concentration"] == {"hhi": 0.625, "largest_share": 0.75, "basis": "volume"}
    assert (answer["counterparties"], answer["cross_border_share"]) == (2, 0.75)
    assert names(partners(story, B)) == ["A"]


def test_a_firm_without_work(story: Story) -> None:
    """Nothing is known, and nothing is invented."""
    answer = partners(story, A)
    assert (answer["counterparties"], answer["cross_border_share"], answer["items"]) == (0, None, [])
    assert answer["concentration"] == {"hhi": None, "largest_share": None, "basis": "jobs"}


def test_claims_and_statements_make_no_partners(story: Story) -> None:
    """Neither an unanswered proposal nor a credit reference makes anybody a partner."""
    story.tell(job(A, B), confirmed_job(C, A, kind="credit_reference"))
    assert partners(story, A)["items"] == []
    assert partners(story, C)["items"] == []


def test_partners_of_one_lead_are_not_partners_of_each_other(story: Story) -> None:
    """Links run between the lead and each partner, each with its part of the value."""
    story.tell(confirmed_job(A, B, C, kind="joint_order", value="100.00"))
    assert names(partners(story, A)) == sorted(["B", "C"], key=lambda name: str(firm_id(name)))
    answer = partners(story, B)
    assert names(answer) == ["A"]
    assert answer["items"][0]["volume"] == [{"amount": "50.00", "currency": "EUR"}]


def test_a_period_narrows_the_work(story: Story) -> None:
    """Only work with a business date in the period counts, both ends included."""
    for number, partner in enumerate((B, C, D)):
        work = confirmed_job(A, partner, day=number)
        work.complete(by(as_firm(A), 5), A, on(number).date())
        story.tell(work)
    assert names(partners(story, A, since=on(1).date(), until=on(1).date())) == ["C"]
    assert len(names(partners(story, A, since=on(1).date()))) == 2
    assert partners(story, A, until=on(-1).date())["items"] == []


def test_completion_dates_the_work(story: Story) -> None:
    """Until its completion work counts on the day it was proposed, afterwards on the day it was finished."""
    work = job(A, B, day=1)
    work.accept(by(as_firm(B), 3), B)
    story.tell(work)
    assert partners(story, A)["items"][0]["last_on"] == "2026-03-03"
    work.complete(by(as_firm(A), 9), A, on(7).date())
    story.tell(work)
    assert partners(story, A)["items"][0]["last_on"] == "2026-03-09"


def test_what_no_longer_counts_makes_no_partners_but_did(story: Story) -> None:
    """Amending takes the link away until all have accepted again; every past answer stays what it was."""
    work = confirmed_job(A, B, day=1)
    confirmed = story.tell(work)
    work.amend(by(as_firm(A), 2), A, {**work.terms, "value": {"amount": "1.00", "currency": "EUR"}})
    amended = story.tell(work)
    work.accept(by(as_firm(B), 3), B)
    again = story.tell(work)
    work.withdraw(by(as_firm(A), 4), A)
    story.tell(work)
    volumes = [
        [item["volume"][0]["amount"] for item in partners(story, A, as_of_position=position)["items"]]
        for position in (confirmed, amended, again, story.head())
    ]
    assert volumes == [["48200.00"], [], ["1.00"], []]


@pytest.mark.parametrize(("outcome", "left"), [("upheld", ["B"]), ("amended", ["B"]), ("struck", [])])
def test_only_a_struck_job_makes_no_partners(story: Story, outcome: str, left: list[str]) -> None:
    """A dispute leaves the link as it is, unless the coordinator strikes the job."""
    work = confirmed_job(A, B, day=1)
    work.dispute(by(as_firm(B), 2), B, "Wrong.")
    story.tell(work)
    assert names(partners(story, A)) == ["B"]
    work.settle(by(COORDINATOR, 3), 1, Outcome(outcome), terms=work.terms if outcome == "amended" else None)
    story.tell(work)
    assert names(partners(story, A)) == left


def test_a_struck_job_stays_struck(story: Story) -> None:
    """A second dispute that is open still changes nothing."""
    work = confirmed_job(A, B, day=1)
    for raiser in (A, B):
        work.dispute(by(as_firm(raiser), 2), raiser, "Wrong.")
    work.settle(by(COORDINATOR, 3), 1, Outcome.STRUCK)
    story.tell(work)
    assert partners(story, A)["items"] == []


def test_who_joins_later_is_a_partner_from_then_on(story: Story) -> None:
    """Where each confirms for itself, links grow with each acceptance."""
    visit = job(A, B, C, kind="exchange_visit", day=1)
    visit.accept(by(as_firm(B), 2), B)
    first = story.tell(visit)
    visit.accept(by(as_firm(C), 3), C)
    story.tell(visit)
    assert names(partners(story, A, as_of_position=first)) == ["B"]
    assert sorted(names(partners(story, A))) == ["B", "C"]


def test_a_firm_that_moves_abroad(story: Story) -> None:
    """The border is judged by where the firms sat then."""
    story.tell(confirmed_job(A, B, day=1))
    before = story.head()
    moved = firm("B")
    moved.collect_events()
    profile = moved.profile()
    moved.update(by(COORDINATOR, 2), type(profile)(name="B", country="DK"))
    story.tell(moved)
    assert partners(story, A, as_of_position=before)["cross_border_share"] == 0
    assert partners(story, A)["cross_border_share"] == 1


def test_the_record_of_a_firm(story: Story) -> None:
    """Since when, until when and in which roles a firm has worked with others."""
    story.tell(
        confirmed_job(A, B, day=1),
        confirmed_job(B, A, day=3),
        confirmed_job(A, B, C, kind="joint_order", day=2),
    )
    with story.reading() as reading:
        answer = queries.record(reading, OPERATOR, A)
    assert answer["roles"] == {"contractor": 1, "lead": 1, "subcontractor": 1}
    assert (answer["relationship_since"], answer["last_job"]) == ("2026-03-03", "2026-03-05")


def test_who_may_see_partners(story: Story) -> None:
    """The firm, its coordinator and a bank with consent may; a partner may not see all of its partner's partners."""
    lender = bank()
    story.tell(confirmed_job(A, B, day=1), lender, consent(A, lender.id, 1))
    with story.reading() as reading:
        for viewer in (as_firm(A), COORDINATOR, as_bank(lender.id), OPERATOR):
            assert queries.partners(reading, viewer, A)["counterparties"] == 1
        for viewer, of in ((as_firm(B), A), (as_bank(lender.id), B)):
            with pytest.raises(NotFound):
                queries.partners(reading, viewer, of)
            with pytest.raises(NotFound):
                queries.record(reading, viewer, of)
