"""A visit by which firms and their staff get to know each other."""

from __future__ import annotations

from ledger.domain.kinds.kind import MOST_PARTIES, Acceptance, Kind, Measure, Role
from ledger.domain.kinds.terms import Day, Field, Text, Whole

EXCHANGE_VISIT = Kind(
    name="exchange_visit",
    summary="Firms visit each other; each visitor confirms for itself.",
    leading=Role("host"),
    following=Role("visitor", most=MOST_PARTIES),
    fields=(
        Field("on", Day(), "day of the visit"),
        Field("topic", Text(), "what it was about", personal=True),
        Field("people", Whole(1, 10_000), "how many people came"),
    ),
    evidence="programme or list of participants",
    acceptance=Acceptance.EACH,
    measures=(Measure.RATING,),
)
