"""What changes a firm's score, and what does not."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import Outcome
from ledger.domain.errors import NotFound
from ledger.projections.trust import queries
from tests.projections.trust.telling import (
    BADLY,
    ROOMS,
    WELL,
    A,
    B,
    C,
    D,
    E,
    assessed,
    both_assessed,
    done,
    points,
    score,
)
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
    job,
    on,
)


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """A network of five firms without any work yet."""
    told = begin(*ROOMS)
    told.tell(*(firm(name) for name in "ABCDE"))
    return told


def three_good_jobs(story: Story) -> None:
    """A works for B, C and D, and does it well."""
    story.tell(*(both_assessed(done(partner, A, day=1), 2) for partner in (B, C, D)))


def test_three_confirming_counterparties_make_a_score(story: Story) -> None:
    """With three partners there is a score with interval, grade and factors that add up to it."""
    three_good_jobs(story)
    answer = score(story, A)
    weight = math.log10(482) / 4 / 0.58
    good = 3 * 1.6 * weight / (1.6 + weight) * 2 ** (-1 / 1460)  # the work is one day old
    assert answer["sufficient"] is True
    assert answer["reason"] is None
    assert answer["score"] == pytest.approx(100 * (good + 1) / (good + 2), abs=0.05)
    assert sum(points(answer).values()) == pytest.approx(answer["score"], abs=1e-9)
    assert answer["interval"]["low"] < answer["score"] < answer["interval"]["high"]
    assert answer["grade"] == "strong"
    assert answer["counterparties"] == 3
    assert answer["method"] == "beta-1"
    on_time = next(factor for factor in answer["factors"] if factor["code"] == "on_time")
    assert on_time["because"] == {"good": on_time["because"]["good"], "bad": 0, "reports": 3, "yes": 3, "no": 0}
    assert on_time["evidence"] == f"/v1/collaborations?firm={A}&state=completed"


def test_two_counterparties_are_too_few(story: Story) -> None:
    """However many jobs there are: with fewer than three partners there are facts, but no score."""
    story.tell(*(both_assessed(done(partner, A, day=1, key=key), 2) for partner in (B, C) for key in "xyz"))
    answer = score(story, A)
    assert (answer["score"], answer["interval"], answer["grade"], answer["factors"]) == (None, None, None, [])
    assert answer["sufficient"] is False
    assert answer["reason"].startswith("2 independent counterparties have confirmed")
    assert answer["facts"]["confirmed_jobs"] == 6
    assert answer["facts"]["record"]["on_time"] == {"yes": 6, "no": 0}


def test_what_is_not_confirmed_changes_nothing(story: Story) -> None:
    """A claimed job, its documents and its assessments leave every bit of the answer as it was."""
    three_good_jobs(story)
    before = score(story, A)
    claimed = job(
        E,
        A,
        day=2,
        completed_on=on(2).date(),
        assessments=[{"about": A, **BADLY}],
        evidence=[{"sha256": "0" * 64, "media_type": "application/pdf", "title": "Invoice"}],
    )
    story.tell(claimed)
    after = score(story, A)
    assert {**after, "position": 0} == {**before, "position": 0}


def test_an_assessment_counts_from_when_it_opens(story: Story) -> None:
    """Given alone it stays sealed for 14 days; given by both sides it counts at once."""
    three_good_jobs(story)
    before = score(story, A, now=on(10))
    story.tell(assessed(done(E, A, day=3), E, A, 3, BADLY))
    sealed = score(story, A, now=on(10))
    assert sealed["score"] == before["score"]
    assert (sealed["facts"]["reports"], sealed["facts"]["sealed_reports"]) == (3, 1)
    opened = score(story, A, now=on(17))
    assert opened["score"] < before["score"]
    assert opened["facts"]["record"]["on_time"] == {"yes": 3, "no": 1}


def test_an_assessment_with_the_proposal_counts_from_the_confirmation(story: Story) -> None:
    """What the proposer said along with its claim is sealed until 14 days after the other side accepted."""
    three_good_jobs(story)
    late = job(E, A, day=2, completed_on=on(2).date(), assessments=[{"about": A, **BADLY}])
    late.accept(by(as_firm(A), 20), A)
    story.tell(late)
    assert score(story, A, now=on(33))["facts"]["sealed_reports"] == 1
    assert score(story, A, now=on(34))["facts"]["sealed_reports"] == 0


def test_nothing_is_sealed_again_by_a_later_confirmation(story: Story) -> None:
    """A settlement that corrects the record confirms anew, and what was open stays open."""
    work = assessed(done(B, A, day=1), B, A, 2)
    work.dispute(by(as_firm(A), 3), A, "The value is wrong.")
    story.tell(work)
    settle(work, 20, "amended", terms={**work.terms, "value": {"amount": "50.00", "currency": "EUR"}})
    story.tell(work)
    assert score(story, A, now=on(21))["facts"]["sealed_reports"] == 0


def test_a_late_participant_counts_from_its_own_acceptance(story: Story) -> None:
    """Where each confirms for itself, an assessment opens 14 days after the firm it is about has accepted."""
    training = job(
        A, B, C, kind="shared_training", day=1, completed_on=on(1).date(), assessments=[{"about": C, "rating": 1}]
    )
    training.accept(by(as_firm(B), 2), B)
    story.tell(training)
    assert score(story, C, now=on(30))["facts"]["sealed_reports"] == 0
    training.accept(by(as_firm(C), 30), C)
    story.tell(training)
    assert score(story, C, now=on(43))["facts"]["sealed_reports"] == 1
    assert score(story, C, now=on(44))["facts"]["record"]["rating"] == {"count": 1, "mean": 1}


def test_amending_takes_the_job_out_until_it_is_confirmed_again(story: Story) -> None:
    """While the others are asked again, the job counts for nobody."""
    work = confirmed_job(B, A, day=1)
    story.tell(work)
    assert score(story, A)["counterparties"] == 1
    work.amend(by(as_firm(B), 2), B, work.terms)
    story.tell(work)
    assert score(story, A)["counterparties"] == 0
    work.accept(by(as_firm(A), 3), A)
    story.tell(work)
    assert score(story, A)["counterparties"] == 1
    work.withdraw(by(as_firm(B), 4), B)
    story.tell(work)
    assert score(story, A)["counterparties"] == 0


def settle(work: Any, day: float, outcome: str, number: int = 1, **rest: Any) -> None:
    """The coordinator's word on a dispute."""
    work.settle(by(COORDINATOR, day), number, Outcome(outcome), **rest)


def test_a_dispute_counts_against_the_other_side(story: Story) -> None:
    """An open dispute withdraws the good reports of who raised it and enters a bad one; its own score stays."""
    three_good_jobs(story)
    work = both_assessed(done(E, A, day=1), 2)
    story.tell(work)
    before, raiser = score(story, A, now=on(5)), score(story, E, now=on(5))
    work.dispute(by(as_firm(E), 3), E, "The parts were not to the drawing.")
    story.tell(work)
    disputed = score(story, A, now=on(5))
    assert disputed["score"] < before["score"]
    assert points(disputed)["disputes"] < 0
    assert disputed["facts"]["record"]["on_time"] == {"yes": 3, "no": 0}
    assert disputed["facts"]["disputes"] == {"open": 1, "settled": 0, "in_favour": 0, "against": 0}
    assert score(story, E, now=on(5))["facts"]["record"] == raiser["facts"]["record"]


@pytest.mark.parametrize(("outcome", "in_favour_of_raiser"), [("upheld", False), ("amended", True), ("struck", True)])
def test_how_a_dispute_ends(story: Story, outcome: str, in_favour_of_raiser: bool) -> None:
    """Upheld restores all that counted; amended leaves the bad report; struck takes the whole job out."""
    three_good_jobs(story)
    without = score(story, A, now=on(5))
    work = both_assessed(done(E, A, day=1), 2)
    story.tell(work)
    before = score(story, A, now=on(5))
    work.dispute(by(as_firm(E), 3), E, "Not what was agreed.")
    story.tell(work)
    disputed = score(story, A, now=on(5))
    settle(work, 4, outcome, terms=work.terms if outcome == "amended" else None)
    story.tell(work)
    after = score(story, A, now=on(5))
    expected = {"upheld": before, "amended": disputed, "struck": without}[outcome]
    assert after["score"] == expected["score"]
    won, lost = (0, 1) if in_favour_of_raiser else (1, 0)
    assert after["facts"]["disputes"] == {"open": 0, "settled": 1, "in_favour": won, "against": lost}


def test_a_struck_job_stays_struck(story: Story) -> None:
    """A second dispute that is open still changes nothing."""
    work = both_assessed(done(B, A, day=1), 2)
    for raiser in (A, B):
        work.dispute(by(as_firm(raiser), 3), raiser, "Wrong.")
    settle(work, 4, "struck")
    story.tell(work)
    answer = score(story, A)
    assert (answer["counterparties"], answer["facts"]["reports"]) == (0, 0)


def test_a_dispute_concerns_only_those_linked_with_who_raised_it(story: Story) -> None:
    """One partner's dispute is with the lead, not with the other partners."""
    order = done(B, C, D, kind="joint_order", day=1)
    order.dispute(by(as_firm(C), 2), C, "Never paid.")
    story.tell(order)
    disputes = {
        name: score(story, id_)["facts"]["disputes"]["open"] for name, id_ in zip("BCD", (B, C, D), strict=True)
    }
    assert disputes == {"B": 1, "C": 1, "D": 0}
    assert score(story, B)["facts"]["reports"] == 1
    assert score(story, D)["facts"]["reports"] == 0


def test_credit_references_speak_of_payment(story: Story) -> None:
    """They are reports on how the firm pays, make no counterparties, and say nothing of who gave them."""
    three_good_jobs(story)
    before = score(story, A)
    terms = {"since": "2019-05-01", "terms_days": 30, "days_beyond_terms": 60}
    story.tell(confirmed_job(E, A, kind="credit_reference", day=2, terms=terms))
    after = score(story, A)
    assert after["score"] < before["score"]
    assert after["counterparties"] == 3
    assert score(story, E)["counterparties"] == 0
    (reference,) = after["facts"]["credit_references"]
    assert reference == {"on": "2026-03-04", **terms, "contested": False}
    paid = next(factor for factor in after["factors"] if factor["code"] == "paid")
    assert paid["because"]["credit_references"] == 1
    assert paid["points"] < 0


def test_contesting_a_bad_reference_does_not_lighten_it(story: Story) -> None:
    """Until the coordinator strikes it, it counts; and who stated it gets no bad report for it."""
    three_good_jobs(story)
    terms = {"since": "2019-05-01", "terms_days": 30, "days_beyond_terms": 90}
    statement = confirmed_job(E, A, kind="credit_reference", day=2, terms=terms)
    story.tell(statement)
    before = score(story, A, now=on(5))
    statement.dispute(by(as_firm(A), 3), A, "We always pay on time.")
    story.tell(statement)
    contested = score(story, A, now=on(5))
    assert contested["score"] == before["score"]
    assert contested["facts"]["credit_references"][0]["contested"] is True
    assert score(story, E)["facts"]["reports"] == 0
    settle(statement, 4, "struck")
    story.tell(statement)
    assert score(story, A, now=on(5))["facts"]["credit_references"] == []


def test_documents_add_weight(story: Story) -> None:
    """Evidence attached after the confirmation makes the job weigh more."""
    jobs = [both_assessed(done(partner, A, day=1), 2) for partner in (B, C, D)]
    story.tell(*jobs)
    before = score(story, A, now=on(5))
    document: Any = {"sha256": "a" * 64, "media_type": "application/pdf", "title": "Delivery note"}
    jobs[0].attach_evidence(by(as_firm(B), 3), B, document)
    story.tell(jobs[0])
    assert score(story, A, now=on(5))["score"] > before["score"]


def test_old_work_is_forgotten(story: Story) -> None:
    """The score drifts back towards 50 when nothing new is reported."""
    three_good_jobs(story)
    late = score(story, A, now=on(4 * 1460))
    assert 50 < late["score"] < score(story, A)["score"]


def test_who_may_see_a_score(story: Story) -> None:
    """The firm itself and a bank with consent may; other firms, networks and banks find nothing."""
    three_good_jobs(story)
    lender = bank()
    story.tell(lender)
    elsewhere = Actor(Role.COORDINATOR, lender.id, lender.id)
    with story.reading() as reading:
        assert queries.score(reading, as_firm(A), A)["counterparties"] == 3
        assert queries.score(reading, COORDINATOR, A)["counterparties"] == 3
        for stranger in (as_firm(B), as_bank(lender.id), elsewhere):
            with pytest.raises(NotFound):
                queries.score(reading, stranger, A)
    leave = consent(A, lender.id, 3)
    story.tell(leave)
    with story.reading() as reading:
        assert queries.score(reading, as_bank(lender.id), A)["counterparties"] == 3
    leave.withdraw(by(as_firm(A), 4))
    story.tell(leave)
    with story.reading() as reading, pytest.raises(NotFound):
        queries.score(reading, as_bank(lender.id), A)


def test_a_rebuilt_room_gives_the_same_answer(story: Story) -> None:
    """Replaying the log changes no bit."""
    three_good_jobs(story)
    before = score(story, A)
    story.rebuild("trust")
    assert score(story, A) == before


@pytest.mark.postgresql
def test_both_databases_give_the_same_answer(sqlite_url: str, postgresql_url: str) -> None:
    """The same log gives the same bits on SQLite and on PostgreSQL."""
    answers = []
    for url in (sqlite_url, postgresql_url):
        told = Story(url, *ROOMS)
        told.tell(*(firm(name) for name in "ABCDE"))
        three_good_jobs(told)
        told.tell(both_assessed(done(E, A, day=3, value="7777.77", currency="DKK"), 4, {**WELL, "rating": 4}))
        answers.append(score(told, A))
        told.close()
    assert answers[0] == answers[1]
