"""Members without a partner, the longest silent first, and whom each of them could work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Integer, Row, RowMapping, Select, bindparam, select, union_all

from ledger.projections.activity.job import ALL
from ledger.projections.activity.months import NEVER, written
from ledger.projections.activity.reader import Sums
from ledger.projections.activity.shapes import Isolated, Suggested
from ledger.projections.activity.tables import MEMBERS, TIES

# Countries that share a border, or a bridge across one, as far as networks of this region reach.
NEIGHBOURS: Mapping[str, frozenset[str]] = {
    "DE": frozenset(("AT", "BE", "CH", "CZ", "DK", "FR", "LU", "NL", "PL")),
    "DK": frozenset(("DE", "SE")),
    "SE": frozenset(("DK", "FI", "NO")),
    "NO": frozenset(("FI", "SE")),
    "FI": frozenset(("EE", "NO", "SE")),
    "NL": frozenset(("BE", "DE")),
    "PL": frozenset(("CZ", "DE", "LT", "SK", "UA")),
}
RULE = "complementary_sector"
CANDIDATES = 12  # of a sector, those with the most partners
NETWORK = bindparam("network", type_=MEMBERS.c.network_id.type)
OF_NETWORK = MEMBERS.c.network_id == NETWORK
PARTNERS = select(TIES.c.firm, TIES.c.partner).where(
    TIES.c.network_id == NETWORK, TIES.c.firm.in_(bindparam("firms", expanding=True)), TIES.c.jobs > 0
)


def without_partner(sums: Sums, since: int, *, limit: int, pairs: Mapping[tuple[str, str], int]) -> list[Isolated]:
    """Return the longest silent members without a partner since this month."""
    query = _silent(sums.sector != ALL, sums.country != ALL)
    asked = {"network": sums.network, "since": since, "limit": limit, "sector": sums.sector, "country": sums.country}
    rows = sums.connection.execute(query, asked).mappings().all()
    return [_shape(row, found) for row, found in zip(rows, _suggestions(sums, since, rows, pairs), strict=True)]


@cache
def _silent(by_sector: bool, by_country: bool) -> Select[Any]:  # noqa: FBT001 - which of them are chosen
    """Ask for those of a selection; built once, for building it costs more than running it."""
    query = select(MEMBERS).where(OF_NETWORK, MEMBERS.c.last < bindparam("since"))
    if by_sector:
        query = query.where(MEMBERS.c.sector == bindparam("sector"))
    if by_country:
        query = query.where(MEMBERS.c.country == bindparam("country"))
    return query.order_by(MEMBERS.c.quiet, MEMBERS.c.firm).limit(bindparam("limit", type_=Integer))


def complementary(sector: str, pairs: Mapping[tuple[str, str], int]) -> list[tuple[str, int]]:
    """Return the other sectors that work with this one, those that do so most first."""
    found = {one if other == sector else other: jobs for (one, other), jobs in pairs.items() if sector in (one, other)}
    found.pop(sector, None)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _suggestions(
    sums: Sums, since: int, rows: Sequence[RowMapping], pairs: Mapping[tuple[str, str], int]
) -> list[Suggested | None]:
    """Suggest for each a firm of the complementary sector: near, with the most partners, and not yet its own."""
    wanted = {sector: complementary(sector, pairs) for sector in {row["sector"] for row in rows}}
    sectors = {other for found in wanted.values() for other, _ in found[:2]}
    candidates = _candidates(sums, since, sorted(sectors))
    known = _partners(sums, [row["firm"] for row in rows])
    return [_suggest(row, wanted[row["sector"]][:2], candidates, known.get(row["firm"], set())) for row in rows]


def _suggest(
    row: RowMapping,
    wanted: Iterable[tuple[str, int]],
    candidates: Mapping[str, Sequence[Row[Any]]],
    known: set[UUID],
) -> Suggested | None:
    near = {row["country"], *NEIGHBOURS.get(row["country"], ())}
    for sector, jobs in wanted:
        for one in candidates[sector]:
            if one.country in near and one.firm not in known and one.firm != row["firm"]:
                return {
                    "firm": str(one.firm),
                    "name": None,
                    "sector": one.sector or None,
                    "country": one.country,
                    "partners": one.partners,
                    "rule": RULE,
                    "jobs_between_sectors": jobs,
                }
    return None


def _candidates(sums: Sums, since: int, sectors: Sequence[str]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {sector: [] for sector in sectors}
    if sectors:
        asked = {"network": sums.network, "since": since, **{f"of_{n}": one for n, one in enumerate(sectors)}}
        for row in sums.connection.execute(_of_sectors(len(sectors)), asked):
            found[row.sector].append(row)
    return {sector: sorted(rows, key=lambda one: (-one.partners, one.firm)) for sector, rows in found.items()}


@cache
def _of_sectors(count: int) -> CompoundSelect[Any]:
    """Ask for so many sectors in one statement; built once, for building it costs more than running it."""
    return union_all(*(select(_of_sector(f"of_{number}").subquery()) for number in range(count)))


def _of_sector(name: str) -> Select[Any]:
    columns = (MEMBERS.c.firm, MEMBERS.c.sector, MEMBERS.c.country, MEMBERS.c.partners)
    which = (OF_NETWORK, MEMBERS.c.sector == bindparam(name), MEMBERS.c.last >= bindparam("since"))
    return select(*columns).where(*which).order_by(MEMBERS.c.partners.desc(), MEMBERS.c.firm).limit(CANDIDATES)


def _partners(sums: Sums, firms: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in sums.connection.execute(PARTNERS, {"network": sums.network, "firms": list(firms)}):
        found.setdefault(row.firm, set()).add(row.partner)
    return found


def _shape(row: RowMapping, suggestion: Suggested | None) -> Isolated:
    return {
        "firm": str(row["firm"]),
        "name": None,
        "sector": row["sector"] or None,
        "country": row["country"],
        "last_month": None if row["last"] == NEVER else written(row["last"]),
        "admitted_month": written(row["admitted"]),
        "suggestion": suggestion,
    }
