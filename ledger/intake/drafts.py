"""A document becomes the body of POST /v1/collaborations, filled in as far as it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.intake import documents, invoices
from ledger.intake.draft_terms import completion, terms
from ledger.intake.matching import KnownFirm, index, match
from ledger.intake.remarks import Remark
from ledger.intake.stated import stated
from ledger.intake.texts import one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from ledger.intake.documents import Document
    from ledger.intake.invoices import Invoice

BUYER, SELLER = "/parties/0/firm", "/parties/1/firm"
LONGEST_TITLE = 120
UNSAID = ("", "application/octet-stream", "text/xml")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read: a body to correct and send, what to look at, and which document it was."""

    body: dict[str, Any]
    remarks: tuple[Remark, ...]
    document: dict[str, Any]

    @property
    def warnings(self) -> list[dict[str, str]]:
        """Return what to look at as JSON."""
        return [remark.data() for remark in self.remarks]


def draft(
    content: bytes,
    directory: Sequence[KnownFirm],
    media_type: str | None = None,
    *,
    largest: int = documents.LARGEST,
    called: str = "Invoice",
) -> Draft:
    """Read an e-invoice of at most `largest` bytes; raise `InvalidDocument` or `DocumentTooLarge`.

    `called` is what an invoice is called in titles. The buyer becomes the contractor, the seller the subcontractor; one
    that is not found has `"firm": null`.
    """
    document = documents.read(content, largest)
    invoice = invoices.read(document)
    remarks = [*_media_type(document, media_type), *invoice.remarks]
    buyer, seller = _firms(invoice, directory, remarks)
    body = {
        "kind": "subcontract",
        "title": _title(called, invoice, invoice.subject),
        "parties": [{"firm": buyer, "role": "contractor"}, {"firm": seller, "role": "subcontractor"}],
        "terms": terms(invoice, remarks),
        "evidence": [_evidence(document, _title(called, invoice))],
        "document": document.sha256,
        **completion(invoice, remarks),
    }
    return Draft(body, tuple(remarks), _about(document, invoice))


def _title(called: str, invoice: Invoice, subject: str = "") -> str:
    numbered = f"{called} {invoice.number}".strip()
    return shortened(f"{numbered}: {subject}" if subject else numbered, LONGEST_TITLE)


def _evidence(document: Document, title: str) -> dict[str, str]:
    return {"sha256": document.sha256, "media_type": document.media_type, "title": title}


def _about(document: Document, invoice: Invoice) -> dict[str, Any]:
    named = {"sha256": document.sha256, "syntax": document.syntax, "profile": document.profile}
    return {**named, **stated(invoice)}


def _firms(invoice: Invoice, directory: Sequence[KnownFirm], remarks: list[Remark]) -> tuple[str | None, str | None]:
    entries = index(directory)
    buyer = match(invoice.buyer, entries, called="buyer", pointer=BUYER)
    seller = match(invoice.seller, entries, called="seller", pointer=SELLER)
    remarks += [*buyer.remarks, *seller.remarks]
    if buyer.firm and buyer.firm == seller.firm:
        remarks.append(Remark("same-firm", "Buyer and seller are the same firm; please choose.", SELLER))
        return str(buyer.firm), None
    return _id(buyer.firm), _id(seller.firm)


def _id(firm: UUID | None) -> str | None:
    return str(firm) if firm else None


def _media_type(document: Document, stated: str | None) -> Iterator[Remark]:
    named = (stated or "").partition(";")[0].strip().lower()
    if named not in (*UNSAID, document.media_type):
        detail = f"The document is {document.media_type}, not {one_line(named, 60)}."
        yield Remark("media-type-differs", detail, said={"found": document.media_type})
