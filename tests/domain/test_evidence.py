"""Evidence: a document's digest, type and title, each document once."""

from __future__ import annotations

from typing import cast

import pytest

from ledger.domain.errors import InvalidEvidence
from ledger.domain.evidence import Evidence, read_all, read_evidence
from tests.domain.given import INVOICE, refused


def document(**changes: str) -> Evidence:
    """Return the invoice with something changed."""
    return cast("Evidence", {**INVOICE, **changes})


def test_a_document_gets_its_normal_form() -> None:
    """Digest and type are written in small letters, the title without blanks around it."""
    read = read_evidence(document(sha256="AB" * 32, media_type="Application/XML", title=" Invoice 2026-117 "), "")
    assert read == INVOICE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sha256", "ab" * 31),
        ("sha256", "xy" * 32),
        ("sha256", ""),
        ("media_type", "pdf"),
        ("media_type", "application/"),
        ("media_type", "a/b; charset=x"),
        ("title", "  "),
        ("title", "t" * 201),
    ],
)
def test_a_malformed_document_is_refused(field: str, value: str) -> None:
    """The refusal points to the field that is wrong."""
    with refused(InvalidEvidence, pointer=f"/evidence/0/{field}"):
        read_all([document(**{field: value})], "/evidence", 50)


def test_all_faults_of_a_document_are_reported() -> None:
    """Whoever fills a form mends everything in one go."""
    with pytest.raises(InvalidEvidence) as raised:
        read_evidence(document(sha256="", media_type="", title=""), "")
    assert [fault.pointer for fault in raised.value.faults] == ["/sha256", "/media_type", "/title"]


def test_a_document_is_attached_once() -> None:
    """The same content is the same document, whatever it is called."""
    with refused(InvalidEvidence, pointer="/evidence/1/sha256"):
        read_all([document(), document(sha256="AB" * 32, title="Another title")], "/evidence", 50)


def test_several_documents() -> None:
    """Different documents stand side by side, in order."""
    other = document(sha256="cd" * 32)
    assert read_all([document(), other], "/evidence", 50) == [INVOICE, other]
