"""Proposing: what a firm records, and what is refused before anything is."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.domain.collaboration import State
from ledger.domain.errors import (
    Invalid,
    InvalidAssessment,
    InvalidDate,
    InvalidEvidence,
    InvalidParties,
    InvalidTerms,
    NotAParty,
    UnknownKind,
)
from tests.domain.given import (
    ALPHA,
    BETA,
    FINISHED,
    GAMMA,
    GOOD,
    INVOICE,
    NETWORK,
    STRANGER,
    TERMS,
    finished,
    happened,
    reference,
    refused,
    subcontract,
    training,
)


def test_a_proposal_waits_for_the_others() -> None:
    """Who proposes has accepted; nothing counts before the other party has."""
    job = subcontract(title="  Gear housings ")
    assert happened(job) == ["Proposed"]
    assert (job.state, job.confirmed, job.answers) == (State.PROPOSED, [], {ALPHA: "accepted"})
    assert (job.title, job.network_id, job.firms) == ("Gear housings", NETWORK, [ALPHA, BETA])


def test_either_party_may_propose() -> None:
    """The subcontractor may record what was done as well as the contractor."""
    assert subcontract(by=BETA).answers == {BETA: "accepted"}


def test_a_finished_job_is_recorded_in_one_request() -> None:
    """Proposal, day of completion, evidence and own assessments come together."""
    job = finished(assessments=[GOOD], evidence=[INVOICE])
    assert happened(job) == ["Proposed", "Accepted", "Confirmed"]
    assert job.state is State.COMPLETED
    assert job.assessed == {(ALPHA, BETA)}
    assert job.pending_events[-1].documents == [INVOICE["sha256"]]  # type: ignore[attr-defined]


def test_a_statement_is_confirmed_at_once() -> None:
    """A credit reference needs nobody's acceptance; its subject may contest it."""
    statement = reference()
    assert happened(statement) == ["Proposed", "Confirmed"]
    assert (statement.state, statement.confirmed) == (State.CONFIRMED, [ALPHA, BETA])


def test_an_unknown_kind_is_refused() -> None:
    """The refusal lists the known kinds."""
    with pytest.raises(UnknownKind, match="subcontract") as raised:
        subcontract(kind="barter")
    assert raised.value.faults[0].pointer == "/kind"


@pytest.mark.parametrize(
    ("roles", "pointer"),
    [
        ({ALPHA: "contractor"}, "/parties"),
        ({}, "/parties"),
        ({ALPHA: "contractor", BETA: "host"}, "/parties/1/role"),
        ({ALPHA: "contractor", BETA: "subcontractor", GAMMA: "subcontractor"}, "/parties"),
    ],
)
def test_parties_must_fill_the_kinds_roles(roles: object, pointer: str) -> None:
    """Each role is taken, by no more firms than the kind allows."""
    with refused(InvalidParties, pointer=pointer):
        subcontract(roles=roles)


def test_a_firm_takes_part_once() -> None:
    """Nobody works for himself."""
    parties = [{"firm": ALPHA, "role": "contractor"}, {"firm": ALPHA, "role": "subcontractor"}]
    with refused(InvalidParties, pointer="/parties/1/firm"):
        subcontract(parties=parties)


def test_an_outsider_records_nothing() -> None:
    """A firm records only work that it takes part in."""
    with refused(NotAParty):
        subcontract(by=STRANGER)


def test_only_the_referee_states_how_a_partner_pays() -> None:
    """Nobody writes his own credit reference."""
    with refused(NotAParty):
        reference(by=BETA)


def test_terms_are_read_by_the_kind() -> None:
    """Unknown and missing fields are faults."""
    with pytest.raises(InvalidTerms) as raised:
        subcontract(terms={"period": TERMS["period"], "colour": "blue"})
    assert {fault.pointer for fault in raised.value.faults} == {"/terms/value", "/terms/colour"}


@pytest.mark.parametrize("on", [date(2026, 11, 12), date(2026, 9, 13)])
def test_completion_is_neither_in_the_future_nor_before_the_work(on: date) -> None:
    """Work is completed between its first day and today."""
    with refused(InvalidDate, pointer="/completed_on"):
        subcontract(completed_on=on)


def test_assessments_need_finished_work() -> None:
    """Nobody is assessed on what is not done yet."""
    with refused(Invalid, pointer="/completed_on"):
        subcontract(assessments=[GOOD])


def test_each_firm_is_assessed_once() -> None:
    """Two opinions of one firm are none."""
    with refused(InvalidAssessment, pointer="/assessments"):
        subcontract(completed_on=FINISHED, assessments=[GOOD, GOOD])


def test_an_assessment_points_to_its_fault() -> None:
    """The pointer counts the assessments of the request."""
    with refused(InvalidAssessment, pointer="/assessments/1/about"):
        subcontract(completed_on=FINISHED, assessments=[GOOD, {**GOOD, "about": STRANGER}])


def test_evidence_points_to_its_fault() -> None:
    """The pointer counts the documents of the request."""
    with refused(InvalidEvidence, pointer="/evidence/1/sha256"):
        subcontract(evidence=[INVOICE, INVOICE])


def test_a_training_may_be_recorded_by_a_participant() -> None:
    """Then the host is asked."""
    course = training(by=BETA)
    assert (course.state, course.answers) == (State.PROPOSED, {BETA: "accepted"})


def test_a_proposal_takes_no_more_documents_than_fit() -> None:
    """The same bound holds for documents that come with the proposal and those attached later."""
    with refused(InvalidEvidence, pointer="/evidence"):
        subcontract(evidence=[{**INVOICE, "sha256": f"{n:064x}"} for n in range(51)])


def test_a_statement_is_never_completed() -> None:
    """There is nothing to complete, so a day of completion is refused, as `complete` refuses it."""
    with refused(InvalidDate, pointer="/completed_on"):
        reference(completed_on=FINISHED)
