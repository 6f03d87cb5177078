"""Completing and assessing: first it is done, then each says how the other did."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.domain.collaboration import State
from ledger.domain.errors import InvalidAssessment, InvalidDate, NotAParty, StateConflict
from tests.domain.given import (
    ALPHA,
    BETA,
    FINISHED,
    GAMMA,
    GOOD,
    STRANGER,
    confirmed,
    disputed,
    finished,
    happened,
    last,
    now,
    reference,
    refused,
    subcontract,
    training,
)

OF_ALPHA = {"about": ALPHA, "paid_on_time": True}


def test_confirmed_work_is_completed() -> None:
    """Either party states the day."""
    job = confirmed()
    job.complete(now(), BETA, FINISHED)
    assert (job.state, job.completed_on, last(job).by) == (State.COMPLETED, FINISHED, BETA)


def test_only_confirmed_work_is_completed() -> None:
    """Neither a mere proposal nor what is completed already."""
    for job in (subcontract(), finished()):
        with refused(StateConflict, job):
            job.complete(now(), ALPHA, FINISHED)


@pytest.mark.parametrize("on", [date(2026, 9, 13), date(2026, 11, 12)])
def test_the_day_is_between_the_first_day_and_today(on: date) -> None:
    """Work does not end before it begins, nor tomorrow."""
    job = confirmed()
    with refused(InvalidDate, job, "/completed_on"):
        job.complete(now(), ALPHA, on)


def test_an_outsider_completes_nothing() -> None:
    """Only parties know when it was done."""
    job = confirmed()
    with refused(NotAParty, job):
        job.complete(now(), STRANGER, FINISHED)


def test_a_statement_is_not_completed() -> None:
    """A credit reference has no end of work."""
    statement = reference()
    with refused(InvalidDate, statement):
        statement.complete(now(), ALPHA, FINISHED)


def test_each_side_assesses_the_other() -> None:
    """Both assessments stand side by side, whoever came first."""
    job = finished()
    job.assess(now(), BETA, OF_ALPHA)
    job.assess(now(), ALPHA, GOOD)
    assert happened(job)[-2:] == ["Assessed", "Assessed"]
    assert last(job).assessment == {"by": ALPHA, **GOOD}
    assert job.assessed == {(ALPHA, BETA), (BETA, ALPHA)}


def test_an_assessment_is_given_once() -> None:
    """Nobody takes back a mark after seeing the other's, not even one given with the proposal."""
    job = finished(assessments=[GOOD])
    with refused(InvalidAssessment, job, "/about"):
        job.assess(now(), ALPHA, GOOD)
    job.assess(now(), BETA, OF_ALPHA)
    with refused(InvalidAssessment, job, "/about"):
        job.assess(now(), BETA, OF_ALPHA)


def test_unfinished_work_is_not_assessed() -> None:
    """Neither a proposal nor work that still goes on."""
    for job in (subcontract(completed_on=FINISHED), confirmed()):
        with refused(StateConflict, job):
            job.assess(now(), ALPHA, GOOD)


def test_disputed_work_is_assessed() -> None:
    """A dispute does not silence anybody."""
    job = disputed()
    job.assess(now(), ALPHA, GOOD)
    assert happened(job)[-1] == "Assessed"


def test_whoever_has_not_accepted_does_not_assess() -> None:
    """A participant confirms first; then it may judge and be judged."""
    course = training(completed_on=FINISHED)
    course.accept(now(), BETA)
    with refused(StateConflict, course):
        course.assess(now(), GAMMA, {"about": ALPHA, "rating": 5})
    with refused(InvalidAssessment, course, "/about"):
        course.assess(now(), ALPHA, {"about": GAMMA, "rating": 5})


def test_an_outsider_does_not_assess() -> None:
    """Only parties have an opinion that counts."""
    job = finished()
    with refused(NotAParty, job):
        job.assess(now(), STRANGER, GOOD)


def test_a_malformed_assessment_points_into_the_request() -> None:
    """The request is the assessment itself."""
    job = finished()
    with refused(InvalidAssessment, job, "/rating"):
        job.assess(now(), ALPHA, {"about": BETA, "rating": 6})


def test_disputed_work_that_goes_on_is_not_assessed() -> None:
    """A dispute does not finish anything."""
    job = confirmed()
    job.dispute(now(), BETA, "Drawings are missing.")
    with refused(StateConflict, job):
        job.assess(now(), ALPHA, GOOD)


def test_whoever_declined_does_not_complete() -> None:
    """Who says that it took no part does not say when it was done."""
    course = training()
    course.accept(now(), BETA)
    course.decline(now(), GAMMA)
    with refused(NotAParty, course):
        course.complete(now(), GAMMA, FINISHED)
