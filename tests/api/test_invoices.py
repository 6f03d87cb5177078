"""From a document to a confirmed job, with small documents of made-up firms."""

from __future__ import annotations

import pytest

from tests.api.callers import refused
from tests.api.invoices import confirm, drafted, send, trade
from tests.api.jobs import euros
from tests.api.world import World
from tests.intake.papers import CREDIT_NOTE, UBL, zugferd


@pytest.fixture(autouse=True)
def _after_the_work(world: World) -> None:
    world.clock.forward(days=300)


def test_a_document_becomes_a_job_of_both_firms(world: World) -> None:
    """Nothing is recorded by the draft; sent and confirmed, it stands in both histories with its value."""
    made = trade(world, UBL)
    before = world.events()
    answer = made.draft(made.seller)
    assert answer["warnings"] == []
    assert answer["document"]["sha256"] == answer["draft"]["document"]
    assert world.events() == before
    job = send(made.seller, answer["draft"], "one").json["id"]
    assert made.buyer.read(f"/collaborations/{job}")["claimed"] is True
    confirm(made.buyer, job)
    for firm in (made.buyer, made.seller):
        history = firm.read(f"/firms/{firm.id}/history")
        assert history["summary"]["volume"] == [euros("48200.00")]
        assert history["items"][0]["terms"]["invoice_number"] == "2026-117"


def test_a_party_that_is_not_known_is_left_open(world: World) -> None:
    """The draft says null with a warning, and is refused at that place until somebody has chosen."""
    made = trade(world, UBL)
    answer = drafted(world.alpha, UBL).json
    assert [party["firm"] for party in answer["draft"]["parties"]] == [None, None]
    pointers = [warning["pointer"] for warning in answer["warnings"] if warning["code"] == "party-unknown"]
    assert pointers == ["/parties/0/firm", "/parties/1/firm"]
    refused(send(world.alpha, answer["draft"], "x"), 422, "invalid-request", *pointers)
    draft = made.draft(made.buyer)["draft"]
    refused(send(world.alpha, draft, "x"), 422, "invalid-parties", *pointers)


def test_a_work_that_is_not_over_is_refused_with_its_day(world: World) -> None:
    """A day to come cannot be recorded."""
    world.clock.forward(days=-300)
    made = trade(world, UBL)
    answer = send(made.buyer, made.draft(made.buyer)["draft"], "x")
    refused(answer, 422, "invalid-date", "/completed_on")


def test_a_credit_note_is_no_job(world: World) -> None:
    """The draft has no value, says why, and is refused for it."""
    made = trade(world, CREDIT_NOTE)
    answer = made.draft(made.seller)
    assert "credit-note" in {warning["code"] for warning in answer["warnings"]}
    detail = refused(send(made.seller, answer["draft"], "x"), 422, "invalid-terms", "/terms/value")
    assert "value of the work" in detail


def test_a_pdf_and_its_xml_are_two_documents(world: World) -> None:
    """Each makes one job at most; what they say is the same."""
    pdf = zugferd()
    made = trade(world, pdf)
    answer = made.draft(made.buyer)
    assert answer["document"]["syntax"] == "ZUGFeRD PDF"
    assert send(made.buyer, answer["draft"], "pdf").status_code == 201


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"no invoice", 422, "invalid-document"),
        (b"<a/>", 422, "invalid-document"),
        (b"%PDF-1.7", 422, "invalid-document"),
    ],
)
def test_what_is_no_invoice_is_refused(world: World, content: bytes, status: int, code: str) -> None:
    """It says what would be one."""
    refused(drafted(world.alpha, content), status, code)


def test_a_coordinator_enters_the_invoices_of_its_firms(world: World) -> None:
    """A bank and the operator do not."""
    assert drafted(world.office, UBL).status_code == 200
    for name in ("bank", "operator"):
        refused(drafted(world.caller(name), UBL), 403, "not-permitted")
