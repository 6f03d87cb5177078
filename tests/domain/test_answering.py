"""Answering: what counts when who has accepted, and what a refusal ends."""

from __future__ import annotations

import pytest

from ledger.domain.collaboration import State
from ledger.domain.errors import AlreadyAnswered, NotAParty, StateConflict
from tests.domain.given import (
    ALPHA,
    BETA,
    EUROS,
    GAMMA,
    PERIOD,
    STRANGER,
    TERMS,
    confirmed,
    happened,
    last,
    now,
    reference,
    refused,
    subcontract,
    training,
)


def test_the_last_acceptance_confirms() -> None:
    """From here on it counts, and one event says everything that counts."""
    job = confirmed()
    assert happened(job) == ["Proposed", "Accepted", "Confirmed"]
    event = last(job)
    assert (event.kind, event.terms, event.completed_on) == ("subcontract", TERMS, None)
    assert event.parties == [
        {"firm": ALPHA, "role": "contractor"},
        {"firm": BETA, "role": "subcontractor"},
    ]
    assert (job.state, job.confirmed) == (State.CONFIRMED, [ALPHA, BETA])


def test_all_parties_must_accept() -> None:
    """In a joint order nothing counts while one partner is silent."""
    job = subcontract(
        kind="joint_order",
        roles={ALPHA: "lead", BETA: "partner", GAMMA: "partner"},
        terms={"value": EUROS, "period": PERIOD},
    )
    job.accept(now(), GAMMA)
    assert (job.state, job.confirmed) == (State.PROPOSED, [])
    job.accept(now(), BETA)
    assert (job.state, job.confirmed) == (State.CONFIRMED, [ALPHA, BETA, GAMMA])


def test_a_refusal_ends_it() -> None:
    """What one side calls untrue never counts."""
    job = subcontract()
    job.decline(now(), BETA, "Never ordered.")
    assert (job.state, last(job).reason) == (State.DECLINED, "Never ordered.")


def test_a_reason_is_not_asked_for() -> None:
    """A firm owes nobody a reason."""
    job = subcontract()
    job.decline(now(), BETA)
    assert last(job).reason is None


def test_each_participant_confirms_for_itself() -> None:
    """A training counts among those who have accepted, and grows with each."""
    course = training()
    course.accept(now(), GAMMA)
    assert course.confirmed == [ALPHA, GAMMA]
    course.accept(now(), BETA)
    assert course.confirmed == [ALPHA, BETA, GAMMA]
    assert happened(course) == ["Proposed", "Accepted", "Confirmed", "Accepted", "Confirmed"]


def test_one_participant_declines_for_itself_alone() -> None:
    """The others may still confirm; whoever declined stays out."""
    course = training()
    course.decline(now(), BETA)
    assert course.state is State.PROPOSED
    course.accept(now(), GAMMA)
    assert (course.state, course.confirmed) == (State.CONFIRMED, [ALPHA, GAMMA])


def test_when_all_participants_decline_it_ends() -> None:
    """A training that nobody attended was none."""
    course = training()
    course.decline(now(), BETA)
    course.decline(now(), GAMMA)
    assert course.state is State.DECLINED


def test_participants_alone_confirm_nothing() -> None:
    """Participants trained with the host, not with each other."""
    course = training(by=BETA)
    course.accept(now(), GAMMA)
    assert (course.state, course.confirmed) == (State.PROPOSED, [])
    course.accept(now(), ALPHA)
    assert course.confirmed == [ALPHA, BETA, GAMMA]


@pytest.mark.parametrize("firm", [ALPHA, BETA])
@pytest.mark.parametrize("step", ["accept", "decline"])
def test_a_firm_answers_once(firm: object, step: str) -> None:
    """Who proposed has answered by that; who has answered does not answer again."""
    course = training()
    course.accept(now(), BETA)
    with refused(AlreadyAnswered, course):
        getattr(course, step)(now(), firm)


@pytest.mark.parametrize("step", ["accept", "decline"])
def test_an_outsider_does_not_answer(step: str) -> None:
    """Only parties are asked."""
    job = subcontract()
    with refused(NotAParty, job):
        getattr(job, step)(now(), STRANGER)


@pytest.mark.parametrize("step", ["accept", "decline"])
def test_what_has_ended_is_not_answered(step: str) -> None:
    """A withdrawn proposal asks nobody any more."""
    job = subcontract()
    job.withdraw(now(), ALPHA)
    with refused(StateConflict, job):
        getattr(job, step)(now(), BETA)


@pytest.mark.parametrize("step", ["accept", "decline"])
def test_a_statement_is_not_answered(step: str) -> None:
    """Its subject may dispute it instead."""
    statement = reference()
    with refused(StateConflict, statement):
        getattr(statement, step)(now(), BETA)


def test_a_training_that_its_host_denies_ends() -> None:
    """Without its host no participant can confirm anything any more."""
    course = training(by=BETA)
    course.decline(now(), ALPHA)
    assert course.state is State.DECLINED


def test_an_amendment_that_all_others_decline_ends_it() -> None:
    """Whoever amends asks all others, the first proposer among them; without the host nothing is left."""
    course = training()
    course.amend(now(), BETA, {"topic": "Welding", "hours": 24})
    course.decline(now(), GAMMA)
    assert course.ended is None
    course.decline(now(), ALPHA)
    assert course.state is State.DECLINED
