"""How joint work spreads over partners, by number of jobs and in each currency by itself: nothing is converted."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from ledger.projections.partnerships.concentration import Shares, Tie, shares_of_jobs, shares_of_volume, volume


def spread(ties: Sequence[Tie], abroad: Collection[UUID]) -> dict[str, Any]:
    """Return the shares on every basis there is; jobs without a value stand under jobs alone."""
    return {
        "jobs": {"jobs": len(ties), **_told(shares_of_jobs(ties), abroad)},
        "currencies": [_in_currency(ties, money.currency, abroad) for money in volume(ties) if money.amount],
    }


def cross_border(parts: Shares, abroad: Collection[UUID]) -> float | None:
    """Return the share of work with partners in other countries."""
    return math.fsum(share for partner, share in parts.of.items() if partner in abroad) if parts.of else None


def _in_currency(ties: Sequence[Tie], currency: str, abroad: Collection[UUID]) -> dict[str, Any]:
    own = [tie for tie in ties if tie.value and tie.value.currency == currency]
    (total,) = volume(own)
    return {"jobs": len(own), "volume": total.data(), **_told(shares_of_volume(own), abroad)}


def _told(parts: Shares, abroad: Collection[UUID]) -> dict[str, Any]:
    return {
        "counterparties": len(parts.of),
        "hhi": parts.hhi,
        "largest_share": parts.largest,
        "cross_border_share": cross_border(parts, abroad),
    }
