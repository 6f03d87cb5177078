"""What a firm states about how a partner pays."""

from __future__ import annotations

from ledger.domain.kinds.kind import Acceptance, Kind, Role
from ledger.domain.kinds.terms import Amount, Day, Field, Whole

CREDIT_REFERENCE = Kind(
    name="credit_reference",
    summary="One firm states how a partner pays; it needs no acceptance by its subject, who may contest it.",
    leading=Role("referee"),
    following=Role("subject"),
    fields=(
        Field("since", Day(), "customer since", required=True),
        Field("terms_days", Whole(0, 365), "agreed days to pay", required=True),
        Field("days_beyond_terms", Whole(0, 3650), "manner of payment: usual days beyond terms", required=True),
        Field("high_credit", Amount(), "highest credit in use within the last year"),
        Field("past_due", Amount(), "amount past due now"),
        Field("last_sale", Day(), "day of the last sale"),
    ),
    evidence="open-items list or account statement",
    acceptance=Acceptance.NONE,
    measures=(),
    proposers=("referee",),
)
