"""What a document states, beside the draft: so that whoever corrects the draft sees what it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from ledger.intake.invoices import Invoice
    from ledger.intake.parties import PartyOnPaper


def stated(invoice: Invoice) -> dict[str, Any]:
    """Return number, days, amounts and parties as JSON, null where the document says nothing.

    `net`, `gross` and `payable` are decimal strings as they were written, in `currency`.
    """
    return {
        "number": invoice.number or None,
        "issued_on": _day(invoice.issued_on),
        "due_on": _day(invoice.due_on),
        "delivered_on": _day(invoice.delivered_on),
        "currency": invoice.currency or None,
        "net": _amount(invoice.total),
        "gross": _amount(invoice.gross),
        "payable": _amount(invoice.payable),
        "seller": _party(invoice.seller),
        "buyer": _party(invoice.buyer),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _party(party: PartyOnPaper) -> dict[str, str | None]:
    return {name: getattr(party, name) or None for name in ("name", "vat", "country", "town")}
