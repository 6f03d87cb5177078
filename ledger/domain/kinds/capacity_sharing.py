"""A machine or staff lent to a partner who is short of them."""

from __future__ import annotations

from ledger.domain.kinds.kind import Kind, Role
from ledger.domain.kinds.terms import Amount, Choice, Field, Number, Period, Text

CAPACITY_SHARING = Kind(
    name="capacity_sharing",
    summary="One firm lends machine hours or staff to another.",
    leading=Role("user"),
    following=Role("provider"),
    fields=(
        Field("resource", Choice(("machine", "staff")), "what is lent", required=True),
        Field("hours", Number(100_000), "hours lent", required=True),
        Field("description", Text(), "which machine or skill", personal=True),
        Field("period", Period(), "first to last day"),
        Field("value", Amount(), "what was paid for it, without VAT"),
    ),
    evidence="hours sheet or invoice",
)
