"""What a firm has had of it, for the firm alone; and the sums of a network, where they tell of no single firm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.benefits.tables import LOOKS, REFERRALS
from ledger.projections.consents.disclosure import check_office, find_firm
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

LEAST = 3  # firms with a reported loan, below which a network's sums would tell of one of them

Shown = dict[str, Any]


def of_firm(reading: Reading, viewer: Actor, firm: UUID) -> Shown:
    """Return how often banks looked at the firm, asked for referrals and lent; `NotFound` but for the firm itself."""
    network = find_firm(reading, viewer, firm)
    if viewer.role is not Role.FIRM:
        raise NotFound("There is no such firm.")
    looks = _looks(reading, LOOKS.c.network_id == network, LOOKS.c.firm == firm)
    referrals = _referrals(reading, REFERRALS.c.network_id == network, REFERRALS.c.firm == firm)
    years = _years(looks, referrals)
    shown = [{"year": year, "looks": looks[year], **_counts(own), "bands": _bands(own)} for year, own in years]
    return {"firm": str(firm), **_told(shown, reading)}


def of_network(reading: Reading, viewer: Actor, network: UUID) -> Shown:
    """Return the same added up; for its coordinator and the operator, otherwise `NotFound`."""
    check_office(viewer, network)
    looks = _looks(reading, LOOKS.c.network_id == network)
    years = _years(looks, _referrals(reading, REFERRALS.c.network_id == network))
    shown = [{"year": year, "looks": looks[year], **_without_single_firms(found)} for year, found in years]
    return {"network": str(network), "least_firms": LEAST, **_told(shown, reading)}


def _told(years: list[Shown], reading: Reading) -> Shown:
    return {"years": years, "position": reading.position, "as_of": plain(reading.time)}


def _looks(reading: Reading, *which: ColumnElement[bool]) -> Counter[int]:
    query = select(LOOKS.c.year, func.count().label("looks")).where(*which, LOOKS.c.position <= reading.position)
    return Counter({row.year: row.looks for row in reading.connection.execute(query.group_by(LOOKS.c.year))})


def _referrals(reading: Reading, *which: ColumnElement[bool]) -> Sequence[RowMapping]:
    query = select(REFERRALS).where(*which, as_of(REFERRALS, reading.position))
    return reading.connection.execute(query).mappings().all()


def _years(looks: Counter[int], referrals: Sequence[RowMapping]) -> list[tuple[int, list[RowMapping]]]:
    """Return the years in which anything was, the latest first, with their referrals."""
    years = sorted({*looks, *(row["year"] for row in referrals)}, reverse=True)
    return [(year, [row for row in referrals if row["year"] == year]) for year in years]


def _counts(referrals: Sequence[RowMapping]) -> Shown:
    said = Counter(row["granted"] for row in referrals)
    return {"referrals": len(referrals), "granted": said[True], "refused": said[False], "unreported": said[None]}


def _bands(referrals: Sequence[RowMapping]) -> list[Shown]:
    sizes = Counter((row["currency"], row["amount_band"]) for row in referrals if row["amount_band"])
    return [{"currency": one, "amount_band": band, "loans": loans} for (one, band), loans in sorted(sizes.items())]


def _without_single_firms(referrals: Sequence[RowMapping]) -> Shown:
    """Leave out what fewer than `LEAST` firms stand behind; bands all together, or one could be reckoned."""
    reported = [row for row in referrals if row["granted"] is not None]
    counts = _counts(referrals)
    if len({row["firm"] for row in reported}) < LEAST:
        return {**counts, "granted": None, "refused": None, "unreported": None, "bands": None}
    behind: dict[Any, set[UUID]] = {}
    for row in reported:
        if row["amount_band"]:
            behind.setdefault((row["currency"], row["amount_band"]), set()).add(row["firm"])
    enough = all(len(firms) >= LEAST for firms in behind.values())
    return {**counts, "bands": _bands(reported) if enough else None}
