"""The directory of firms, for whoever may look into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, Text, cast, exists, false, func, or_, select

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.consents.disclosure import find_firm, headcount_visible, listed
from ledger.projections.firms.projector import fold_capabilities
from ledger.projections.firms.tables import FIRMS, HEADCOUNTS, VERIFICATIONS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

Shown = dict[str, Any]


def page(  # noqa: PLR0913 - a filter each
    reading: Reading,
    viewer: Actor,
    *,
    q: str | None = None,
    country: str | None = None,
    sector: str | None = None,
    capability: str | None = None,
    verified: bool | None = None,
    among: Collection[UUID] | None = None,
    limit: int,
    cursor: str | None = None,
) -> Page:
    """Return firms in the order of their names; `sector` is the beginning of a NACE code, `among` narrows to these."""
    query = _asked(reading, viewer, verified=verified, among=among).where(*_sought(q, country, sector, capability))
    keys = (FIRMS.c.sought_name, FIRMS.c.id)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor)
    return Page(_shapes(reading, viewer, rows), after)


def total(
    reading: Reading,
    viewer: Actor,
    *,
    q: str | None = None,
    country: str | None = None,
    sector: str | None = None,
    capability: str | None = None,
    verified: bool | None = None,
    among: Collection[UUID] | None = None,
) -> int:
    """Return how many firms the same filters find."""
    query = _asked(reading, viewer, verified=verified, among=among).where(*_sought(q, country, sector, capability))
    counted = query.with_only_columns(func.count(), maintain_column_froms=True)
    return int(reading.connection.execute(counted).scalar_one())


def one(reading: Reading, viewer: Actor, firm: UUID) -> Shown:
    """Return a firm's profile; raise `NotFound`."""
    query = _visible(reading, viewer).where(FIRMS.c.id == firm)
    if viewer.role is Role.BANK:  # the key begins with the network, which a bank does not say
        query = query.where(FIRMS.c.network_id == find_firm(reading, viewer, firm))
    rows = reading.connection.execute(query).mappings().all()
    if not rows:
        raise NotFound("There is no such firm.")
    return _shapes(reading, viewer, rows)[0]


def registered(reading: Reading, viewer: Actor, identifiers: Mapping[str, str]) -> list[Shown]:
    """Return the firms that bear one of these register numbers, each in its normal form."""
    same = [FIRMS.c.identifiers[scheme].as_string() == number for scheme, number in sorted(identifiers.items())]
    query = _visible(reading, viewer).where(or_(false(), *same)).order_by(FIRMS.c.sought_name, FIRMS.c.id)
    return _shapes(reading, viewer, reading.connection.execute(query).mappings().all())


def names(reading: Reading, viewer: Actor, firms: Collection[UUID]) -> dict[str, str]:
    """Return the names of those of these firms that the viewer may list, by id."""
    may_see = listed(reading, viewer, FIRMS.c.network_id, FIRMS.c.id)
    query = select(FIRMS.c.id, FIRMS.c.name).where(FIRMS.c.id.in_(firms), as_of(FIRMS, reading.position), may_see)
    return {str(row.id): row.name for row in reading.connection.execute(query)}


def directory(reading: Reading, viewer: Actor) -> list[Shown]:
    """Return all firms that the viewer may list, with what they are recognised by on a document."""
    query = _visible(reading, viewer).order_by(FIRMS.c.sought_name, FIRMS.c.id)
    names = ("id", "name", "country", "town", "identifiers")
    rows = reading.connection.execute(query).mappings()
    return [{name: plain(row[name]) for name in names} for row in rows]


def positions_behind(reading: Reading, viewer: Actor, firm: UUID) -> set[int]:
    """Return where the events of a firm's profile lie: its admission, each change, each verification.

    Headcounts are not among them: a bank is not even told that there are any.
    """
    may_see = listed(reading, viewer, FIRMS.c.network_id, FIRMS.c.id)
    counted = select(HEADCOUNTS.c.since_position).where(HEADCOUNTS.c.firm == firm)
    others = FIRMS.c.since_position.not_in(counted)
    changed = select(FIRMS.c.since_position).where(FIRMS.c.id == firm, may_see, others)
    verified = select(VERIFICATIONS.c.position).where(VERIFICATIONS.c.firm == firm, exists(changed))
    found = reading.connection.execute(changed.union(verified)).scalars()
    return {position for position in found if position <= reading.position}


def _visible(reading: Reading, viewer: Actor) -> Select[Any]:
    may_see = listed(reading, viewer, FIRMS.c.network_id, FIRMS.c.id)
    return select(FIRMS).where(as_of(FIRMS, reading.position), may_see)


def _asked(reading: Reading, viewer: Actor, *, verified: bool | None, among: Collection[UUID] | None) -> Select[Any]:
    query = _visible(reading, viewer)
    if verified is not None:
        query = query.where(_is_verified(reading) if verified else ~_is_verified(reading))
    return query if among is None else query.where(FIRMS.c.id.in_(among))


def _is_verified(reading: Reading) -> ColumnElement[bool]:
    of_this_identity = VERIFICATIONS.c.position > FIRMS.c.registered_since
    so_far = VERIFICATIONS.c.position <= reading.position
    return exists().where(VERIFICATIONS.c.firm == FIRMS.c.id, of_this_identity, so_far)


def _sought(
    q: str | None, country: str | None, sector: str | None, capability: str | None
) -> list[ColumnElement[bool]]:
    if any("\0" in word for word in (q, country, sector, capability) if word):
        return [false()]  # PostgreSQL has no such text and would raise
    clauses: list[ColumnElement[bool]] = []
    if q:
        clauses.append(_called(q))
    if country:
        clauses.append(FIRMS.c.country == country.upper())
    if sector:
        clauses.append(FIRMS.c.nace.startswith(sector, autoescape=True))
    if capability:
        line = fold_capabilities([capability])
        clauses.append(FIRMS.c.sought_capabilities.contains(line, autoescape=True))
    return clauses


def _called(q: str) -> ColumnElement[bool]:
    """By name, or by a register number where there is a digit in it."""
    name = FIRMS.c.sought_name.contains(q.casefold(), autoescape=True)
    if not any(sign.isdigit() for sign in q):
        return name
    return or_(name, cast(FIRMS.c.identifiers, Text).icontains(q.strip(), autoescape=True))


def _shapes(reading: Reading, viewer: Actor, rows: Sequence[RowMapping]) -> list[Shown]:
    ids = [row["id"] for row in rows]
    networks = list({row["network_id"] for row in rows})  # with which their keys begin
    verifications = _verifications(reading, networks, ids)
    headcounts = _headcounts(reading, viewer, networks, ids)
    return [{**_shape(row, verifications[row["id"]]), "headcounts": headcounts[row["id"]]} for row in rows]


def _verifications(
    reading: Reading, networks: Sequence[UUID], firms: Sequence[UUID]
) -> dict[UUID, list[tuple[int, Shown]]]:
    """Return the verifications by firm, each with its position."""
    of_them = (VERIFICATIONS.c.network_id.in_(networks), VERIFICATIONS.c.firm.in_(firms))
    here = (*of_them, VERIFICATIONS.c.position <= reading.position)
    query = select(VERIFICATIONS).where(*here).order_by(VERIFICATIONS.c.position)
    found = defaultdict(list)
    for row in reading.connection.execute(query).mappings():
        shown = {name: plain(row[name]) for name in ("register", "extract", "recorded_at")}
        found[row["firm"]].append((row["position"], {**shown, "on": plain(row["happened_on"])}))
    return found


def _headcounts(
    reading: Reading, viewer: Actor, networks: Sequence[UUID], firms: Sequence[UUID]
) -> dict[UUID, list[Shown]]:
    """Return the headcounts by firm, year by year, of those firms whose headcounts the viewer may see."""
    may_see = headcount_visible(viewer, HEADCOUNTS.c.network_id, HEADCOUNTS.c.firm)
    of_them = (HEADCOUNTS.c.network_id.in_(networks), HEADCOUNTS.c.firm.in_(firms))
    query = select(HEADCOUNTS).where(*of_them, as_of(HEADCOUNTS, reading.position), may_see)
    found = defaultdict(list)
    for row in reading.connection.execute(query.order_by(HEADCOUNTS.c.firm, HEADCOUNTS.c.year)).mappings():
        figures = {name: row[name] for name in ("year", "employees", "apprentices")}
        found[row["firm"]].append({**figures, "reported_at": plain(row["since_time"])})
    return found


def _shape(row: RowMapping, verifications: Sequence[tuple[int, Shown]]) -> Shown:
    return {
        "id": str(row["id"]),
        "network": str(row["network_id"]),
        **{name: row[name] for name in ("name", "legal_form", "country", "town", "nace")},
        **{name: row[name] for name in ("identifiers", "capabilities", "sole_proprietor")},
        "verifications": [shown for _, shown in verifications],
        "verified": any(position > row["registered_since"] for position, _ in verifications),
        "admitted_at": plain(row["admitted_at"]),
        "disclosure": {"to_banks": row["to_banks"]},
        "version": row["version"],
        "position": row["since_position"],
    }
