"""Training that one firm holds for the staff of several."""

from __future__ import annotations

from functools import partial

from ledger.domain.kinds.kind import MOST_PARTIES, Acceptance, Kind, Measure, Role
from ledger.domain.kinds.terms import Field, Firm, Number, Period, Rows, Text, Whole, repeated_firms

SHARED_TRAINING = Kind(
    name="shared_training",
    summary="One firm trains apprentices or staff of several; each participant confirms for itself.",
    leading=Role("host"),
    following=Role("participant", most=MOST_PARTIES),
    fields=(
        Field("topic", Text(), "what was taught", required=True, personal=True),
        Field("hours", Number(10_000), "hours of training per person", required=True),
        Field("period", Period(), "first to last day"),
        Field(
            "trainees",
            Rows(
                (
                    Field("firm", Firm(), "the participant", required=True),
                    Field("trainees", Whole(0, 10_000), "how many of its people took part", required=True),
                )
            ),
            "trainees per firm",
        ),
    ),
    evidence="list of hours or certificate",
    acceptance=Acceptance.EACH,
    rules=partial(repeated_firms, "trainees"),
    measures=(Measure.ACCEPTED, Measure.RATING),
)
