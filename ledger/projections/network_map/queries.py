"""The map of a network, and who holds it together; for its coordinator and the operator."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import RowMapping

from ledger.domain.actor import Actor
from ledger.domain.errors import NotFound
from ledger.projections.consents.disclosure import check_office
from ledger.projections.consents.faces import Face, faces
from ledger.projections.network_map.measures import A_MILLION, A_THOUSAND, DRAWN
from ledger.projections.network_map.rows import Ends, Rows
from ledger.projections.network_map.shapes import Alone, Broker, Bubble, Edge, Map, Node, Snapshot, Tie
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading

MOST_NEIGHBOURS = 60
MOST_BUBBLES = 60  # communities, the largest: more would be no map
MOST_ALONE = 60  # that a rack shows

Faces = Mapping[str, Face]


def network_map(
    reading: Reading,
    viewer: Actor,
    network: UUID,
    *,
    focus: UUID | None = None,
    year: int | None = None,
    most: int = MOST_BUBBLES,
) -> Map:
    """Return the map of confirmed work, of one year or of all; raise `NotFound`.

    `focus` is a firm: in a network too large to be drawn, its neighbourhood is shown in place of the communities, of
    which there are at most so many.
    """
    check_office(viewer, network)
    rows = Rows(reading, network)
    if focus is not None and str(focus) not in rows.firms([focus]):
        raise NotFound("There is no such firm.")
    members = rows.count()
    large = members > DRAWN
    last = rows.snapshot()
    found = _large(reading, viewer, rows, focus, year, most) if large else _small(reading, viewer, rows, year)
    told = {
        "network": str(network),
        "focus": plain(focus),
        "year": year,
        "years": rows.years() if not large else [],
        "snapshot": _snapshot(last),
        "position": reading.position,
        "as_of": plain(reading.time),
    }
    if found["drawn"] == "communities":
        found["alone_count"] = members - (last["firms"] if last else 0)
    return cast("Map", {**told, **found})


def brokers(reading: Reading, viewer: Actor, network: UUID, *, limit: int = 8) -> list[Broker]:
    """Return the firms that hold the network together, the strongest first; raise `NotFound`."""
    check_office(viewer, network)
    rows = Rows(reading, network)
    places = rows.brokers(limit)
    ids = [place["firm"] for place in places]
    firms, known = rows.firms(ids), _known(reading, viewer, ids)
    found = [
        {
            **_who(str(place["firm"]), firms[str(place["firm"])], known),
            "partners": place["partners"],
            "betweenness": place["betweenness"] / A_MILLION,
        }
        for place in places
        if str(place["firm"]) in firms
    ]
    return cast("list[Broker]", found)


def _small(reading: Reading, viewer: Actor, rows: Rows, year: int | None) -> dict[str, Any]:
    pairs, firms, places = rows.pairs(year), rows.firms(), rows.places()
    known = _known(reading, viewer, [row["firm"] for row in firms.values()])
    busy = {firm for pair in pairs for firm in (pair.one, pair.other)} & set(firms)
    alone = sorted(set(firms) - busy)
    return {
        "drawn": "firms",
        "nodes": _nodes(sorted(busy), pairs, firms, places, known),
        "edges": _edges(pairs, firms),
        "bubbles": [],
        "ties": [],
        "alone": _alone(alone[:MOST_ALONE], firms, known),
        "alone_count": len(alone),
    }


def _large(reading: Reading, viewer: Actor, rows: Rows, focus: UUID | None, year: int | None, most: int) -> Any:
    nothing: dict[str, Any] = {"nodes": [], "edges": [], "bubbles": [], "ties": [], "alone": [], "alone_count": 0}
    if focus is not None:
        return {**nothing, "drawn": "neighbourhood", **_neighbourhood(reading, viewer, rows, focus, year)}
    bubbles = rows.bubbles(most) if most else []
    known = _known(reading, viewer, [row["community"] for row in bubbles])
    shown = {str(row["community"]) for row in bubbles}
    return {
        **nothing,
        "drawn": "communities",
        "bubbles": [_bubble(row, known) for row in bubbles],
        "ties": [tie for row in bubbles for tie in _ties(row, shown)],
    }


def _neighbourhood(reading: Reading, viewer: Actor, rows: Rows, focus: UUID, year: int | None) -> Any:
    """Show the firm in the middle and the partners that it does most with around it, community by community."""
    own = sorted(rows.pairs_of(focus, year), key=lambda pair: (-pair.jobs, pair.one, pair.other))[:MOST_NEIGHBOURS]
    ids = sorted({str(focus), *(firm for pair in own for firm in (pair.one, pair.other))})
    among = [UUID(firm) for firm in ids]
    pairs, firms, places = rows.pairs(year, among), rows.firms(among), rows.places(among)
    nodes = _nodes([firm for firm in ids if firm in firms], pairs, firms, places, _known(reading, viewer, among))
    around = sorted((node for node in nodes if node["firm"] != str(focus)), key=_in_community)
    for number, node in enumerate(around):
        angle = 2 * math.pi * number / len(around)
        node["x"], node["y"] = round(math.cos(angle), 3), round(math.sin(angle), 3)
    for node in nodes:
        if node["firm"] == str(focus):
            node["x"] = node["y"] = 0.0
    return {"nodes": nodes, "edges": _edges(pairs, firms)}


def _known(reading: Reading, viewer: Actor, firms: Collection[UUID]) -> Faces:
    return {str(firm): face for firm, face in faces(reading, viewer, firms).items()}


def _in_community(node: Node) -> tuple[str, str]:
    return node["community"] or "", node["firm"]


def _nodes(
    drawn: Sequence[str],
    pairs: Sequence[Ends],
    firms: Mapping[str, RowMapping],
    places: Mapping[str, RowMapping],
    known: Faces,
) -> list[Node]:
    jobs: Counter[str] = Counter()
    partners: Counter[str] = Counter()
    for pair in pairs:
        for firm in (pair.one, pair.other):
            jobs[firm] += pair.jobs
            partners[firm] += 1
    found = [
        {
            **_who(firm, firms[firm], known),
            "partners": partners[firm],
            "jobs": jobs[firm],
            **_placed(places.get(firm)),
        }
        for firm in drawn
    ]
    return cast("list[Node]", found)


def _placed(place: RowMapping | None) -> Any:
    if place is None:
        return dict.fromkeys(("x", "y", "betweenness", "community", "component"))
    return {
        "x": place["x"] / A_THOUSAND if place["x"] is not None else None,
        "y": place["y"] / A_THOUSAND if place["y"] is not None else None,
        "betweenness": place["betweenness"] / A_MILLION,
        "community": str(place["community"]),
        "component": place["component"],
    }


def _edges(pairs: Sequence[Ends], firms: Mapping[str, RowMapping]) -> list[Edge]:
    country = {firm: row["country"] for firm, row in firms.items()}
    return [
        {
            "one": pair.one,
            "other": pair.other,
            "jobs": pair.jobs,
            "crossing": country[pair.one] != country[pair.other],
        }
        for pair in pairs
        if pair.one in country and pair.other in country
    ]


def _alone(alone: Collection[str], firms: Mapping[str, RowMapping], known: Faces) -> list[Alone]:
    return [_who(firm, firms[firm], known) for firm in alone]


def _who(firm: str, row: RowMapping, known: Faces) -> Any:
    return {
        "firm": firm,
        "name": known[firm].name if firm in known else None,
        "sector": row["sector"] or None,
        "country": row["country"],
    }


def _bubble(row: RowMapping, known: Faces) -> Bubble:
    return {
        "community": str(row["community"]),
        "name": known[str(row["community"])].name,
        "x": row["x"] / A_THOUSAND,
        "y": row["y"] / A_THOUSAND,
        "firms": row["firms"],
        "inside": row["inside"],
        "countries": row["countries"],
        "sectors": row["sectors"],
    }


def _ties(row: RowMapping, shown: Collection[str]) -> list[Tie]:
    ties = [(other, pairs) for other, pairs in row["ties"].items() if other in shown]
    one = str(row["community"])
    return [{"one": one, "other": other, "pairs": pairs} for other, pairs in ties]


def _snapshot(row: RowMapping | None) -> Snapshot | None:
    if row is None:
        return None
    return {
        "position": row["position"],
        "taken_at": plain(row["taken_at"]),
        "firms": row["firms"],
        "pairs": row["pairs"],
        "components": row["components"],
    }
