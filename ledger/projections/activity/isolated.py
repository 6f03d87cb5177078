"""Members without a partner, the longest silent first, and whom each of them could work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, bindparam, select

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
# Of a sector, those with the most partners. The statement is built once: building it costs more than running it.
CANDIDATES = (
    select(MEMBERS.c.firm, MEMBERS.c.sector, MEMBERS.c.country, MEMBERS.c.partners)
    .where(
        MEMBERS.c.network_id == bindparam("network", type_=MEMBERS.c.network_id.type),
        MEMBERS.c.sector == bindparam("of_sector"),
        MEMBERS.c.last >= bindparam("since"),
    )
    .order_by(MEMBERS.c.partners.desc(), MEMBERS.c.firm)
    .limit(30)
)


def without_partner(sums: Sums, since: int, *, limit: int, pairs: Mapping[tuple[str, str], int]) -> list[Isolated]:
    """Return the longest silent members without a partner since this month."""
    query = select(MEMBERS).where(_which(sums, since)).order_by(MEMBERS.c.quiet, MEMBERS.c.firm).limit(limit)
    rows = sums.connection.execute(query).mappings().all()
    return [_shape(row, found) for row, found in zip(rows, _suggestions(sums, since, rows, pairs), strict=True)]


def _which(sums: Sums, since: int) -> ColumnElement[bool]:
    clauses = [MEMBERS.c.network_id == sums.network, MEMBERS.c.last < since]
    if sums.sector != ALL:
        clauses.append(MEMBERS.c.sector == sums.sector)
    if sums.country != ALL:
        clauses.append(MEMBERS.c.country == sums.country)
    return and_(*clauses)


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
    candidates = {sector: _candidates(sums, since, sector) for sector in sorted(sectors)}
    known = _partners(sums, [row["firm"] for row in rows])
    return [_suggest(row, wanted[row["sector"]][:2], candidates, known.get(row["firm"], set())) for row in rows]


def _suggest(
    row: RowMapping,
    wanted: Iterable[tuple[str, int]],
    candidates: Mapping[str, Sequence[RowMapping]],
    known: set[UUID],
) -> Suggested | None:
    near = {row["country"], *NEIGHBOURS.get(row["country"], ())}
    for sector, jobs in wanted:
        for one in candidates[sector]:
            if one["country"] in near and one["firm"] not in known and one["firm"] != row["firm"]:
                return {
                    "firm": str(one["firm"]),
                    "name": None,
                    "sector": one["sector"] or None,
                    "country": one["country"],
                    "partners": one["partners"],
                    "rule": RULE,
                    "jobs_between_sectors": jobs,
                }
    return None


def _candidates(sums: Sums, since: int, sector: str) -> Sequence[RowMapping]:
    asked = {"network": sums.network, "of_sector": sector, "since": since}
    return sums.connection.execute(CANDIDATES, asked).mappings().all()


def _partners(sums: Sums, firms: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    of_them = (TIES.c.network_id == sums.network, TIES.c.firm.in_(firms), TIES.c.jobs > 0)
    found: dict[UUID, set[UUID]] = {}
    for row in sums.connection.execute(select(TIES.c.firm, TIES.c.partner).where(*of_them)):
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
