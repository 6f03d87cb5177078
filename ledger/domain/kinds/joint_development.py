"""Research and development that firms do together."""

from __future__ import annotations

from ledger.domain.kinds.kind import MOST_PARTIES, Kind, Role
from ledger.domain.kinds.terms import Amount, Field, Period, Text

JOINT_DEVELOPMENT = Kind(
    name="joint_development",
    summary="Firms develop a product or a process together.",
    leading=Role("lead"),
    following=Role("partner", most=MOST_PARTIES),
    fields=(
        Field("programme", Text(), "what is developed, or the funding programme", required=True, personal=True),
        Field("outcome", Text(), "what came of it", personal=True),
        Field("period", Period(), "first to last day"),
        Field("value", Amount(), "budget of the whole project"),
    ),
    evidence="project report or funding notice",
)
