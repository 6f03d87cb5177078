"""The terms of a draft: value, period and references, each only when it would be accepted."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from ledger.domain.money import MINOR_UNITS, Money
from ledger.intake.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.intake.invoices import Invoice

VALUE = "/terms/value"
LONGEST_REFERENCE = 100  # by the subcontract's terms


def terms(invoice: Invoice, remarks: list[Remark]) -> dict[str, Any]:
    """Return the subcontract's terms as JSON; what is left out, or needs a look, is added to `remarks`."""
    remarks += _nature(invoice)
    return {**_value(invoice, remarks), **_period(invoice, remarks), **_references(invoice, remarks)}


def completion(invoice: Invoice, remarks: list[Remark]) -> dict[str, str]:
    """Return when the work was finished: delivered, else the period's end, else the invoice's date."""
    worked_until = invoice.period.end if invoice.period else invoice.issued_on
    day = invoice.delivered_on or worked_until
    if day is None:
        return {}
    if invoice.issued_on and day > invoice.issued_on:
        detail = f"The work ends on {day}, after the invoice's date; a day to come cannot be recorded."
        remarks.append(Remark("ends-after-invoice", detail, "/completed_on", {"day": day}))
    return {"completed_on": day.isoformat()}


def _nature(invoice: Invoice) -> Iterator[Remark]:
    earlier = f" of invoice {invoice.preceding_invoice}" if invoice.preceding_invoice else ""
    if invoice.credit_note:
        detail = f"The document is a credit note{earlier}: it takes money back and records no work of its own."
        yield Remark("credit-note", detail, said={"earlier": invoice.preceding_invoice})
    elif invoice.correction:
        detail = f"The document is a correction{earlier}: if that job is recorded, amend it instead."
        yield Remark("correction", detail, said={"earlier": invoice.preceding_invoice})


def _value(invoice: Invoice, remarks: list[Remark]) -> dict[str, Any]:
    if invoice.total is None:
        remarks.append(Remark("value-missing", "The total without VAT (BT-109) is not stated.", VALUE))
        return {}
    if invoice.currency not in MINOR_UNITS:
        detail = f"{invoice.total:f} {invoice.currency}: the ledger does not keep this currency."
        remarks.append(Remark("currency-unknown", detail, VALUE, {"stated": f"{invoice.total:f} {invoice.currency}"}))
        return {}
    rounded = invoice.total.quantize(Decimal(1).scaleb(-MINOR_UNITS[invoice.currency]), ROUND_HALF_UP)
    stated = f"{invoice.total:f} {invoice.currency}"
    if invoice.credit_note or rounded <= 0:
        detail = f"{stated} is no value of work: it would be refused and was left out."
        remarks.append(Remark("value-left-out", detail, VALUE, {"stated": stated}))
        return {}
    if rounded != invoice.total:
        said = {"stated": stated, "rounded": f"{rounded:f}"}
        remarks.append(Remark("value-rounded", f"{stated} was rounded to {rounded:f}.", VALUE, said))
    return {"value": dict(Money(rounded, invoice.currency).data())}


def _period(invoice: Invoice, remarks: list[Remark]) -> dict[str, Any]:
    if invoice.period is None:
        remarks.append(Remark("period-missing", "The document states no day of work or issue.", "/terms/period"))
        return {}
    begin, end = invoice.period
    return {"period": {"from": begin.isoformat(), "to": end.isoformat()}}


def _references(invoice: Invoice, remarks: list[Remark]) -> dict[str, str]:
    stated = {
        "order_reference": invoice.order_reference,
        "contract_reference": invoice.contract_reference,
        "invoice_number": invoice.number,
    }
    for name, text in stated.items():
        if len(text) > LONGEST_REFERENCE:
            detail = f"It is longer than {LONGEST_REFERENCE} characters and was left out."
            remarks.append(
                Remark("reference-too-long", detail, f"/terms/{name}", {"name": name, "most": LONGEST_REFERENCE})
            )
    return {name: text for name, text in stated.items() if 0 < len(text) <= LONGEST_REFERENCE}
