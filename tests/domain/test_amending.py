"""Amending: a correction asks everybody again."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.domain.collaboration import State
from ledger.domain.errors import InvalidDate, InvalidTerms, NotAParty, StateConflict
from tests.domain.given import (
    ALPHA,
    BETA,
    CHEAPER,
    FINISHED,
    GAMMA,
    STRANGER,
    TERMS,
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


@pytest.mark.parametrize("by", [ALPHA, BETA])
def test_whoever_amends_has_accepted_the_others_are_asked(by: object) -> None:
    """Each party may correct the record, in the first or the second round."""
    job = subcontract()
    job.amend(now(), by, CHEAPER)  # type: ignore[arg-type]
    assert (job.state, job.terms, job.answers) == (State.PROPOSED, CHEAPER, {by: "accepted"})


def test_a_corrected_record_counts_with_the_corrected_terms() -> None:
    """Confirmed is what was agreed in the end."""
    job = subcontract()
    job.amend(now(), BETA, CHEAPER)
    job.accept(now(), ALPHA)
    assert happened(job) == ["Proposed", "Amended", "Accepted", "Confirmed"]
    assert (last(job).terms, job.confirmed) == (CHEAPER, [ALPHA, BETA])


def test_amending_what_counts_makes_it_count_no_longer() -> None:
    """Until all have accepted the correction."""
    job = confirmed()
    job.amend(now(), ALPHA, CHEAPER)
    assert (job.state, job.confirmed) == (State.PROPOSED, [])
    job.accept(now(), BETA)
    assert (job.state, job.confirmed) == (State.CONFIRMED, [ALPHA, BETA])


def test_every_participant_is_asked_again() -> None:
    """Those who had declined as well as those who had accepted."""
    course = training()
    course.accept(now(), BETA)
    course.decline(now(), GAMMA)
    course.amend(now(), ALPHA, {"topic": "Welding", "hours": 24})
    assert (course.confirmed, course.answers) == ([], {ALPHA: "accepted"})
    course.accept(now(), GAMMA)
    assert course.confirmed == [ALPHA, GAMMA]


def test_title_and_day_of_completion_stay_unless_stated() -> None:
    """The event says everything that holds from now on."""
    job = subcontract()
    job.amend(now(), ALPHA, CHEAPER, title=" Housings ", completed_on=FINISHED)
    assert (last(job).title, last(job).completed_on) == ("Housings", FINISHED)
    job.amend(now(), ALPHA, TERMS)
    assert (job.title, job.completed_on) == ("Housings", FINISHED)


def test_a_statement_is_amended_by_its_author() -> None:
    """It counts again at once."""
    statement = reference()
    statement.amend(now(), ALPHA, {**statement.terms, "days_beyond_terms": 0})
    assert happened(statement) == ["Proposed", "Confirmed", "Amended", "Confirmed"]
    assert last(statement).terms["days_beyond_terms"] == 0


def test_a_statement_is_not_amended_by_its_subject() -> None:
    """Nobody corrects what is said of him; he may dispute it."""
    statement = reference()
    with refused(NotAParty, statement):
        statement.amend(now(), BETA, statement.terms)


def test_an_outsider_amends_nothing() -> None:
    """Only parties correct the record."""
    job = subcontract()
    with refused(NotAParty, job):
        job.amend(now(), STRANGER, CHEAPER)


def test_finished_and_disputed_work_is_not_amended() -> None:
    """After its end the record is disputed, and settled by the coordinator."""
    for job in (finished(), disputed()):
        with refused(StateConflict, job):
            job.amend(now(), ALPHA, CHEAPER)


def test_terms_are_read_by_the_kind_again() -> None:
    """A correction is checked like the first record."""
    job = subcontract()
    with refused(InvalidTerms, job, "/terms/value"):
        job.amend(now(), ALPHA, {"period": TERMS["period"]})


def test_the_day_of_completion_must_fit_the_corrected_period() -> None:
    """Work that was completed does not begin later, though the day was stated earlier."""
    job = subcontract(completed_on=FINISHED)
    with refused(InvalidDate, job, "/completed_on"):
        job.amend(now(), ALPHA, {**TERMS, "period": {"from": "2026-11-07", "to": "2026-11-08"}})
    with refused(InvalidDate, job, "/completed_on"):
        job.amend(now(), ALPHA, TERMS, completed_on=date(2026, 11, 12))
