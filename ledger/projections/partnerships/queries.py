"""A firm's partners in confirmed work: how much it did with each, since when, and in which roles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select

from ledger.domain.actor import Actor
from ledger.domain.money import Money
from ledger.projections.consents.disclosure import find_firm
from ledger.projections.consents.faces import Face, faces, lasting_faces
from ledger.projections.partnerships.concentration import Shares, Tie, shares, volume
from ledger.projections.partnerships.spread import cross_border, spread
from ledger.projections.partnerships.tables import FIRMS, LINKS
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

READ = ("partner", "collaboration", "kind", "role", "amount", "currency", "on")


def partners(
    reading: Reading,
    viewer: Actor,
    firm: UUID,
    *,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Any]:
    """Return the firm's counterparties with their shares, the largest first; raise `NotFound`."""
    found = figures(reading, viewer, firm, since=since, until=until)
    known = faces(reading, viewer, {item["partner"] for item in found["items"]})
    items = _named(found["items"], known)
    return {"firm": str(firm), **found, "items": items, "position": reading.position, "as_of": plain(reading.time)}


def lasting(reading: Reading, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the items of `figures` as a referral shows them: alike to everybody who reads it."""
    return _named(items, lasting_faces(reading, {item["partner"] for item in items}))


def figures(
    reading: Reading, viewer: Actor, firm: UUID, *, since: date | None = None, until: date | None = None
) -> dict[str, Any]:
    """Return what there is to say of the firm's counterparties but what they are called; raise `NotFound`."""
    network = find_firm(reading, viewer, firm)
    links = _links(reading, network, firm, since, until)
    ties = [_tie(link) for link in links]
    parts = shares(ties)
    countries = _countries(reading, network, {firm, *parts.of})
    abroad = {partner for partner in parts.of if countries.get(partner) != countries.get(firm)}
    return {
        "counterparties": len(parts.of),
        "cross_border_share": cross_border(parts, abroad),
        "concentration": {"hhi": parts.hhi, "largest_share": parts.largest, "basis": parts.basis},
        "spread": spread(ties, abroad),
        "items": _items(links, parts, countries, abroad),
    }


def record(reading: Reading, viewer: Actor, firm: UUID) -> dict[str, Any]:
    """Return since when, until when and in which roles the firm has worked with others; raise `NotFound`."""
    links = _links(reading, find_firm(reading, viewer, firm), firm, None, None)
    days = [link["on"] for link in links]
    roles = Counter(role for _, role in {(link["collaboration"], link["role"]) for link in links})
    return {
        "firm": str(firm),
        "relationship_since": plain(min(days, default=None)),
        "last_job": plain(max(days, default=None)),
        "roles": dict(sorted(roles.items())),
        "position": reading.position,
        "as_of": plain(reading.time),
    }


def jobs(reading: Reading, viewer: Actor, firm: UUID) -> list[dict[str, Any]]:
    """Return the firm's confirmed joint work without names, the earliest first; raise `NotFound`."""
    by_job: dict[UUID, list[RowMapping]] = defaultdict(list)
    for link in _links(reading, find_firm(reading, viewer, firm), firm, None, None):
        by_job[link["collaboration"]].append(link)
    found = [
        {
            "on": plain(own[0]["on"]),
            "kind": own[0]["kind"],
            "partners": len({link["partner"] for link in own}),
            "volume": [money.data() for money in volume([_tie(link) for link in own])],
        }
        for own in by_job.values()
    ]
    return sorted(found, key=lambda job: str(job["on"]))


def _links(reading: Reading, network: UUID, firm: UUID, since: date | None, until: date | None) -> Sequence[RowMapping]:
    question = ("links", network, firm, reading.position)
    every = reading.once(question, lambda: _every_link(reading, network, firm))
    return [link for link in every if (since is None or link["on"] >= since) and (until is None or link["on"] <= until)]


def _every_link(reading: Reading, network: UUID, firm: UUID) -> Sequence[RowMapping]:
    of_firm = (LINKS.c.network_id == network, LINKS.c.firm == firm, as_of(LINKS, reading.position))
    query = select(*(LINKS.c[name] for name in READ)).where(*of_firm)
    return reading.connection.execute(query.order_by(LINKS.c.partner, LINKS.c.collaboration)).mappings().all()


def _countries(reading: Reading, network: UUID, firms: Collection[UUID]) -> dict[UUID, str]:
    here = (FIRMS.c.network_id == network, FIRMS.c.firm.in_(firms), as_of(FIRMS, reading.position))
    query = select(FIRMS.c.firm, FIRMS.c.country).where(*here)
    return {row.firm: row.country for row in reading.connection.execute(query)}


def _items(
    links: Sequence[RowMapping], parts: Shares, countries: dict[UUID, str], abroad: Collection[UUID]
) -> list[dict[str, Any]]:
    by_partner: dict[UUID, list[RowMapping]] = defaultdict(list)
    for link in links:
        by_partner[link["partner"]].append(link)
    return [
        {
            "partner": partner,
            "country": countries.get(partner),
            "jobs": len(own),
            "volume": [money.data() for money in volume([_tie(link) for link in own])],
            "share": parts.of[partner],
            "first_on": plain(min(link["on"] for link in own)),
            "last_on": plain(max(link["on"] for link in own)),
            "kinds": dict(sorted(Counter(link["kind"] for link in own).items())),
            "cross_border": partner in abroad,
        }
        for partner, own in sorted(by_partner.items(), key=lambda one: (-parts.of[one[0]], str(one[0])))
    ]


def _named(items: Sequence[Mapping[str, Any]], known: Mapping[UUID, Face]) -> list[dict[str, Any]]:
    """Return the items with what each partner is called in the place of its id."""
    return [_called(item, known[item["partner"]]) for item in items]


def _called(item: Mapping[str, Any], face: Face) -> dict[str, Any]:
    rest = {name: value for name, value in item.items() if name != "partner"}
    return {"firm": None if face.hidden else str(item["partner"]), **face.data(), **rest}


def _tie(link: RowMapping) -> Tie:
    value = Money(link["amount"], link["currency"]) if link["amount"] is not None else None
    return Tie(link["partner"], value)
