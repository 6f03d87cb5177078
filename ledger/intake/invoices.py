"""An invoice as its document states it: who, to whom, for how much, when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake.business_terms import business_terms
from ledger.intake.documents import UBL_CREDIT_NOTE, Document
from ledger.intake.parties import PartyOnPaper, party
from ledger.intake.periods import Days, period
from ledger.intake.term_reader import TermReader
from ledger.intake.texts import one_line

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from ledger.intake.remarks import Remark

# UNTDID 1001, as EN 16931 uses it.
CREDIT_NOTES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
CORRECTION = "384"
SELF_BILLED = frozenset({"261", "389", "500", "501"})
# UNTDID 4451: a note on the seller's register entry, where German invoices often have it.
REGISTER_NOTE = "REG"


@dataclass(frozen=True, slots=True)
class Invoice:
    """What an invoice says; "" and None where it says nothing.

    `total` is without VAT (BT-109): the worth of the work, whoever bears the tax; `gross` is with it
    (BT-112), `payable` what is left to pay (BT-115). With self-billing the buyer writes the invoice; the
    seller is the supplier all the same.
    """

    number: str
    type_code: str
    credit_note: bool
    issued_on: date | None
    due_on: date | None
    delivered_on: date | None
    period: Days | None
    currency: str
    total: Decimal | None
    gross: Decimal | None
    payable: Decimal | None
    seller: PartyOnPaper
    buyer: PartyOnPaper
    order_reference: str
    sales_order_reference: str
    contract_reference: str
    project_reference: str
    buyer_reference: str
    preceding_invoice: str
    subject: str
    remarks: tuple[Remark, ...]

    @property
    def correction(self) -> bool:
        """Tell whether it replaces or mends an earlier invoice."""
        return self.type_code == CORRECTION


def read(document: Document) -> Invoice:
    """Read a document's business terms; raise `InvalidDocument` when they do not make an invoice."""
    reader = TermReader(*business_terms(document))
    type_code = reader.text("BT-3")
    issued_on, delivered_on = reader.day("BT-2"), reader.day("BT-72")
    return Invoice(
        number=reader.text("BT-1"),
        type_code=type_code,
        credit_note=document.root.tag == UBL_CREDIT_NOTE or type_code in CREDIT_NOTES,
        issued_on=issued_on,
        due_on=reader.day("BT-9"),
        delivered_on=delivered_on,
        period=period(reader, delivered_on, issued_on),
        currency=reader.text("BT-5"),
        total=reader.amount("BT-109"),
        gross=reader.amount("BT-112"),
        payable=reader.amount("BT-115"),
        seller=party(reader.group("BG-4"), _register_notes(reader, type_code)),
        buyer=party(reader.group("BG-7")),
        order_reference=reader.text("BT-13"),
        sales_order_reference=reader.text("BT-14"),
        contract_reference=reader.text("BT-12"),
        project_reference=reader.text("BT-11"),
        buyer_reference=reader.text("BT-10"),
        preceding_invoice=next(map(one_line, reader.texts("BG-3", "BT-25")), ""),
        subject=_subject(reader),
        remarks=tuple(reader.remarks),
    )


def _register_notes(reader: TermReader, type_code: str) -> list[str]:
    # Under self-billing the note may be about the buyer, who writes it.
    return [] if type_code in SELF_BILLED else reader.texts("BG-1", "BT-22", subject=REGISTER_NOTE)


def _subject(reader: TermReader) -> str:
    """Return what the invoice is about: its first item, or its first note when it has no lines."""
    texts = [*reader.texts("BG-25", "BT-153"), *reader.texts("BG-1", "BT-22")]
    return next(filter(None, map(one_line, texts)), "")
