"""Work that one firm gives to another."""

from __future__ import annotations

from ledger.domain.kinds.kind import Kind, Role
from ledger.domain.kinds.terms import Amount, Field, Period, Text

SUBCONTRACT = Kind(
    name="subcontract",
    summary="One firm has a part of its work done by another.",
    leading=Role("contractor"),
    following=Role("subcontractor"),
    fields=(
        Field("value", Amount(positive=True), "value of the work, without VAT", required=True),
        Field("period", Period(), "from the start of work to delivery", required=True),
        Field("process", Text(), "what was done, such as CNC turning", personal=True),
        Field("order_reference", Text(100), "number of the order", personal=True),
        Field("contract_reference", Text(100), "number of the contract", personal=True),
        Field("invoice_number", Text(100), "number of the invoice", personal=True),
    ),
    evidence="invoice or delivery note",
)
