"""Withdrawing: who proposed it may take it back, before its end."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.domain.collaboration import Outcome, State
from ledger.domain.errors import NotAParty, StateConflict
from tests.domain.given import (
    ALPHA,
    BETA,
    CHEAPER,
    FINISHED,
    GOOD,
    INVOICE,
    STRANGER,
    confirmed,
    disputed,
    finished,
    last,
    now,
    reference,
    refused,
    subcontract,
)

STEPS = {
    "accept": (BETA,),
    "decline": (BETA,),
    "complete": (ALPHA, FINISHED),
    "assess": (ALPHA, GOOD),
    "amend": (ALPHA, CHEAPER),
    "attach_evidence": (ALPHA, INVOICE),
    "withdraw": (ALPHA,),
    "dispute": (BETA, "No."),
}


def test_a_proposal_is_taken_back() -> None:
    """Nobody is asked any more."""
    job = subcontract()
    job.withdraw(now(), ALPHA, "Entered twice.")
    assert (job.state, last(job).reason) == (State.WITHDRAWN, "Entered twice.")


def test_confirmed_work_is_taken_back() -> None:
    """Before its end, what counted counts no longer."""
    job = confirmed()
    job.withdraw(now(), ALPHA)
    assert job.state is State.WITHDRAWN


def test_a_statement_is_taken_back() -> None:
    """Its author may think again."""
    statement = reference()
    statement.withdraw(now(), ALPHA)
    assert statement.state is State.WITHDRAWN


@pytest.mark.parametrize("by", [BETA, STRANGER])
def test_nobody_else_withdraws(by: object) -> None:
    """Others decline or dispute, even one who has amended it."""
    job = subcontract()
    job.amend(now(), BETA, CHEAPER)
    with refused(NotAParty, job):
        job.withdraw(now(), by)  # type: ignore[arg-type]


def test_finished_and_disputed_work_is_not_withdrawn() -> None:
    """After the end nobody takes back alone what others have agreed to."""
    for job in (finished(), disputed()):
        with refused(StateConflict, job):
            job.withdraw(now(), ALPHA)


@pytest.mark.parametrize("end", [State.WITHDRAWN, State.DECLINED, State.STRUCK])
@pytest.mark.parametrize("step", STEPS)
def test_the_end_is_final(end: State, step: str) -> None:
    """After withdrawn, declined and struck no step is possible any more."""
    job = disputed() if end is State.STRUCK else subcontract()
    if end is State.WITHDRAWN:
        job.withdraw(now(), ALPHA)
    elif end is State.DECLINED:
        job.decline(now(), BETA)
    else:
        job.settle(now(), 1, Outcome.STRUCK)
    assert job.state is end
    with refused(StateConflict, job):
        getattr(job, step)(now(), *STEPS[step])


def test_a_day_of_completion_alone_is_no_end() -> None:
    """What is finished but unconfirmed may still be taken back."""
    job = subcontract(completed_on=date(2026, 11, 6))
    job.withdraw(now(), ALPHA)
    assert job.state is State.WITHDRAWN
