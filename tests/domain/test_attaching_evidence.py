"""Attaching evidence: documents may come at any time before a record has ended."""

from __future__ import annotations

from typing import cast

import pytest

from ledger.domain.collaboration import MOST_DOCUMENTS, Collaboration
from ledger.domain.errors import InvalidEvidence, NotAParty, StateConflict
from ledger.domain.evidence import Evidence
from tests.domain.given import (
    ALPHA,
    BETA,
    INVOICE,
    STRANGER,
    confirmed,
    disputed,
    finished,
    happened,
    last,
    now,
    refused,
    subcontract,
)


def document(n: int = 0) -> Evidence:
    """Return a document of its own for each number."""
    return cast("Evidence", {**INVOICE, "sha256": f"{n:064x}"})


@pytest.mark.parametrize("job", [subcontract(), confirmed(), finished(), disputed()], ids=lambda job: job.state)
def test_every_party_may_back_the_record(job: Collaboration) -> None:
    """In every state but the ended ones, also in a dispute."""
    state = job.state
    job.attach_evidence(now(), BETA, document())
    assert (job.state, job.evidence) == (state, [document()])
    assert (last(job).by, last(job).document) == (BETA, document())


def test_a_document_is_attached_once() -> None:
    """Whoever attaches it: the content is the same."""
    job = subcontract(evidence=[INVOICE])
    with refused(InvalidEvidence, job, "/sha256"):
        job.attach_evidence(now(), BETA, cast("Evidence", INVOICE))


def test_an_outsider_attaches_nothing() -> None:
    """Only parties back their record."""
    job = subcontract()
    with refused(NotAParty, job):
        job.attach_evidence(now(), STRANGER, document())


def test_there_is_room_for_so_many() -> None:
    """A record is no archive."""
    job = subcontract()
    for n in range(MOST_DOCUMENTS):
        job.attach_evidence(now(), ALPHA, document(n))
    with refused(StateConflict, job):
        job.attach_evidence(now(), ALPHA, document(MOST_DOCUMENTS))


def test_the_confirmation_names_the_documents_it_rests_on() -> None:
    """By their digests, those attached before it."""
    job = subcontract(evidence=[document(1)])
    job.attach_evidence(now(), BETA, document(2))
    job.accept(now(), BETA)
    assert happened(job)[-1] == "Confirmed"
    assert last(job).documents == [document(1)["sha256"], document(2)["sha256"]]
