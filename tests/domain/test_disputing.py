"""Disputing: contested, answered, settled by the coordinator."""

from __future__ import annotations

import pytest

from ledger.domain.collaboration import Collaboration, Outcome, State
from ledger.domain.errors import AlreadyAnswered, InvalidDate, InvalidTerms, NotAParty, NotFound, StateConflict
from tests.domain.given import (
    ALPHA,
    BETA,
    CHEAPER,
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


def contested_by_both() -> Collaboration:
    """Both contest the same record."""
    job = disputed()
    job.dispute(now(), ALPHA, "The price was another.")
    return job


def test_a_party_contests_what_counts() -> None:
    """The dispute has a number, from 1; the record counts on until it is settled."""
    job = finished()
    assert job.dispute(now(), BETA, "Two housings were returned.") == 1
    assert (job.state, job.confirmed) == (State.DISPUTED, [ALPHA, BETA])
    assert (last(job).number, last(job).by) == (1, BETA)


def test_the_subject_of_a_statement_contests_it() -> None:
    """That is its answer to a credit reference."""
    statement = reference()
    statement.dispute(now(), BETA, "Paid on the day.")
    assert statement.state is State.DISPUTED


def test_what_does_not_count_is_not_contested() -> None:
    """A proposal is declined; what has ended is over."""
    struck = disputed()
    struck.settle(now(), 1, Outcome.STRUCK)
    for job in (subcontract(), struck):
        with refused(StateConflict, job):
            job.dispute(now(), BETA, "No.")


def test_a_firm_has_one_open_dispute() -> None:
    """The next one waits until the coordinator has settled the first."""
    job = disputed()
    with refused(StateConflict, job):
        job.dispute(now(), BETA, "Once more.")
    job.settle(now(), 1, Outcome.UPHELD)
    assert job.dispute(now(), BETA, "Once more.") == 2


def test_several_firms_contest_the_same_record() -> None:
    """Each dispute has its own number and its own end."""
    job = contested_by_both()
    states = [job.state]
    for number in (1, 2):
        job.settle(now(), number, Outcome.UPHELD)
        states.append(job.state)
    assert states == [State.DISPUTED, State.DISPUTED, State.COMPLETED]


def test_the_others_answer() -> None:
    """Each other party once; not the firm that raised it."""
    course = training()
    course.accept(now(), BETA)
    course.dispute(now(), BETA, "It was two days shorter.")
    course.answer(now(), 1, ALPHA, "It was not.")
    course.answer(now(), 1, GAMMA, "I was not there.")
    assert course.disputes[0].answered_by == [ALPHA, GAMMA]
    with refused(AlreadyAnswered, course):
        course.answer(now(), 1, ALPHA, "Really not.")
    with refused(NotAParty, course):
        course.answer(now(), 1, BETA, "It was.")
    with refused(NotAParty, course):
        course.answer(now(), 1, STRANGER, "Hm.")


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_an_unknown_dispute_is_not_found(number: int) -> None:
    """Numbers run from 1."""
    job = disputed()
    with refused(NotFound, job):
        job.answer(now(), number, ALPHA, "No.")
    with refused(NotFound, job):
        job.settle(now(), number, Outcome.UPHELD)


def test_upheld_the_record_stands() -> None:
    """It is where it was before the dispute, and nothing is confirmed anew."""
    job = disputed()
    job.settle(now(), 1, Outcome.UPHELD, note="Delivered as ordered.")
    assert job.state is State.COMPLETED
    assert (last(job).outcome, last(job).disputed_by, last(job).note) == (
        "upheld",
        BETA,
        "Delivered as ordered.",
    )


def test_amended_the_record_counts_with_the_corrected_terms() -> None:
    """Nobody is asked again: the coordinator has decided."""
    job = disputed()
    job.settle(now(), 1, Outcome.AMENDED, terms=CHEAPER)
    assert happened(job)[-2:] == ["Settled", "Confirmed"]
    assert (job.terms, job.state, job.confirmed) == (CHEAPER, State.COMPLETED, [ALPHA, BETA])


def test_struck_the_record_no_longer_counts() -> None:
    """It has ended."""
    job = disputed()
    job.settle(now(), 1, Outcome.STRUCK)
    assert (job.state, job.ended) == (State.STRUCK, State.STRUCK)


def test_unfinished_work_goes_on_after_its_dispute() -> None:
    """Contested before its completion, it is completed after the settlement."""
    job = confirmed()
    job.dispute(now(), BETA, "Drawings are missing.")
    job.settle(now(), 1, Outcome.UPHELD)
    assert job.state is State.CONFIRMED


def test_a_dispute_is_settled_once() -> None:
    """What is settled is neither settled nor answered again."""
    job = disputed()
    job.settle(now(), 1, Outcome.UPHELD)
    with refused(StateConflict, job):
        job.settle(now(), 1, Outcome.STRUCK)
    with refused(StateConflict, job):
        job.answer(now(), 1, ALPHA, "Too late.")


@pytest.mark.parametrize(
    ("outcome", "terms"), [(Outcome.AMENDED, None), (Outcome.UPHELD, TERMS), (Outcome.STRUCK, TERMS)]
)
def test_corrected_terms_belong_to_amended_alone(outcome: Outcome, terms: object) -> None:
    """Amended needs them; the other outcomes have no use for them."""
    job = disputed()
    with refused(InvalidTerms, job, "/terms"):
        job.settle(now(), 1, outcome, terms=terms)


def test_corrected_terms_are_read_by_the_kind() -> None:
    """The coordinator's correction is checked like everybody's."""
    job = disputed()
    with refused(InvalidTerms, job, "/terms/period"):
        job.settle(now(), 1, Outcome.AMENDED, terms={"value": TERMS["value"]})


@pytest.mark.parametrize("outcome", Outcome)
def test_struck_ends_every_other_dispute(outcome: Outcome) -> None:
    """A record that no longer counts is neither answered for nor settled, least of all confirmed."""
    job = contested_by_both()
    job.settle(now(), 1, Outcome.STRUCK)
    with refused(StateConflict, job):
        job.answer(now(), 2, BETA, "It was not.")
    with refused(StateConflict, job):
        job.settle(now(), 2, outcome, terms=CHEAPER if outcome is Outcome.AMENDED else None)


def test_the_day_of_completion_must_fit_the_corrected_terms() -> None:
    """Work that was completed does not begin later."""
    job = disputed()
    with refused(InvalidDate, job, "/completed_on"):
        job.settle(now(), 1, Outcome.AMENDED, terms={**TERMS, "period": {"from": "2026-11-07", "to": "2026-11-08"}})
