"""Material bought together for a better price."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.domain.kinds.kind import MOST_PARTIES, Acceptance, Kind, Role
from ledger.domain.kinds.terms import Amount, Field, Firm, Period, Rows, Text, repeated_firms
from ledger.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def by_purchase(terms: Mapping[str, Any], following: Sequence[UUID]) -> dict[UUID, Money]:
    """Give each participant the volume that it bought."""
    rows = {UUID(row["firm"]): Money.parse(row["volume"]) for row in terms.get("purchases", ())}
    return {firm: rows[firm] for firm in following if firm in rows}


JOINT_PURCHASE = Kind(
    name="joint_purchase",
    summary="Firms buy material together; each participant confirms its own volume and saving.",
    leading=Role("lead"),
    following=Role("participant", most=MOST_PARTIES),
    fields=(
        Field("goods", Text(), "what was bought", required=True, personal=True),
        Field("period", Period(), "from order to delivery"),
        Field(
            "purchases",
            Rows(
                (
                    Field("firm", Firm(), "the buyer", required=True),
                    Field("volume", Amount(), "what it bought, without VAT", required=True),
                    Field("saving", Amount(), "saved against buying alone"),
                )
            ),
            "volume and saving per firm",
            required=True,
        ),
    ),
    evidence="supplier's invoice or price list",
    acceptance=Acceptance.EACH,
    rules=partial(repeated_firms, "purchases"),
    divide=by_purchase,
)
