"""Drawing the map: a snapshot of all pairs, taken when the events say so and never by a clock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import rustworkx
from sqlalchemy import Connection, select

from ledger.projections.network_map.brokers import betweenness, graph_of
from ledger.projections.network_map.communities import communities
from ledger.projections.network_map.due import note
from ledger.projections.network_map.layout import Place, anew, widened
from ledger.projections.network_map.measures import A_MILLION, A_THOUSAND, DRAWN
from ledger.projections.network_map.tables import BUBBLES, CHANGES, FIRMS, PAIRS, PLACES, SNAPSHOTS
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import put
from ledger.subscriptions.rewriting import rewrite

GROWTH = 1.5
MOST_SECTORS = 3

Pair = tuple[int, int]


def take(connection: Connection, recorded: Recorded) -> None:
    """Draw the present pairs, measure the firms, and keep what has changed."""
    network = recorded.event.network_id
    note(connection, recorded)
    firms, pairs = _graph(connection, network)
    put(connection, CHANGES, {"network_id": network, "pairs": len(pairs), "since_snapshot": 0})
    last = _last(connection, network)
    whole = last is None or len(pairs) >= GROWTH * last
    groups = _groups(firms, pairs)
    places = _places(connection, network, firms, pairs, whole=whole) if len(firms) <= DRAWN else {}
    measures, components = betweenness(len(firms), pairs), _components(len(firms), pairs)
    partners = Counter(node for pair in pairs for node in pair)
    rows = [
        {
            "firm": firm,
            "x": round(places[node][0] * A_THOUSAND) if places else None,
            "y": round(places[node][1] * A_THOUSAND) if places else None,
            "betweenness": round(measures[node] * A_MILLION),
            "partners": partners[node],
            "community": groups[node],
            "component": components[node],
        }
        for node, firm in enumerate(firms)
    ]
    rewrite(connection, PLACES, {"network_id": network}, rows, recorded)
    bubbles = _bubbles(connection, network, firms, pairs, groups)
    rewrite(connection, BUBBLES, {"network_id": network}, bubbles, recorded)
    connection.execute(
        SNAPSHOTS.insert().values(
            network_id=network,
            position=recorded.position,
            taken_at=recorded.recorded_at,
            firms=len(firms),
            pairs=len(pairs),
            components=max(components, default=-1) + 1,
            laid_out=len(pairs) if whole else last,
        )
    )


def _graph(connection: Connection, network: UUID) -> tuple[list[UUID], list[Pair]]:
    query = select(PAIRS.c.one, PAIRS.c.other).where(PAIRS.c.network_id == network, PAIRS.c.until_position.is_(None))
    ends = sorted({(row.one, row.other) for row in connection.execute(query)})
    firms = sorted({firm for pair in ends for firm in pair})
    number = {firm: node for node, firm in enumerate(firms)}
    return firms, [(number[one], number[other]) for one, other in ends]


def _last(connection: Connection, network: UUID) -> int | None:
    of_it = select(SNAPSHOTS.c.laid_out).where(SNAPSHOTS.c.network_id == network)
    return connection.scalar(of_it.order_by(SNAPSHOTS.c.position.desc()).limit(1))


def _groups(firms: Sequence[UUID], pairs: Sequence[Pair]) -> list[UUID]:
    """Call each node's community by the firm in it with the most partners."""
    found, partners = communities(len(firms), pairs), Counter(node for pair in pairs for node in pair)
    members = sorted(range(len(firms)), key=lambda node: (found[node], -partners[node], node))
    hubs = {group: firms[next(iter(own))] for group, own in groupby(members, key=lambda node: found[node])}
    return [hubs[group] for group in found]


def _places(
    connection: Connection, network: UUID, firms: Sequence[UUID], pairs: Sequence[Pair], *, whole: bool
) -> dict[int, Place]:
    query = select(PLACES.c.firm, PLACES.c.x, PLACES.c.y).where(
        PLACES.c.network_id == network, PLACES.c.until_position.is_(None), PLACES.c.x.is_not(None)
    )
    had = {row.firm: (row.x / A_THOUSAND, row.y / A_THOUSAND) for row in connection.execute(query)}
    before = {node: had[firm] for node, firm in enumerate(firms) if firm in had}
    return (anew if whole or not before else widened)(len(firms), pairs, before)


def _components(size: int, pairs: Sequence[Pair]) -> list[int]:
    """Number the parts that no way leads between, the largest first."""
    parts = rustworkx.connected_components(graph_of(size, pairs))
    ordered = sorted(parts, key=lambda part: (-len(part), min(part)))
    number = {node: place for place, part in enumerate(ordered) for node in part}
    return [number[node] for node in range(size)]


def _bubbles(
    connection: Connection, network: UUID, firms: Sequence[UUID], pairs: Sequence[Pair], groups: Sequence[UUID]
) -> list[dict[str, Any]]:
    names = sorted(set(groups))
    number = {name: node for node, name in enumerate(names)}
    between: Counter[Pair] = Counter()
    for one, other in pairs:
        first, second = sorted((number[groups[one]], number[groups[other]]))
        between[first, second] += 1
    ties = {pair: count for pair, count in sorted(between.items()) if pair[0] != pair[1]}
    places = anew(len(names), list(ties), _had(connection, network, number)) if names else {}
    who, members = _who(connection, network), defaultdict(list)
    for firm, group in zip(firms, groups, strict=True):
        members[group].append(firm)
    return [
        {
            "community": name,
            "x": round(places[node][0] * A_THOUSAND),
            "y": round(places[node][1] * A_THOUSAND),
            "firms": len(members[name]),
            "inside": between[node, node],
            "ties": {str(names[other]): count for (one, other), count in ties.items() if one == node},
            **_told_of([who[firm] for firm in members[name] if firm in who]),
        }
        for node, name in enumerate(names)
    ]


def _told_of(members: Sequence[tuple[str, str]]) -> dict[str, Any]:
    countries = Counter(country for _, country in members)
    sectors = Counter(sector for sector, _ in members)
    largest = sorted(sectors.items(), key=lambda one: (-one[1], one[0]))[:MOST_SECTORS]
    return {"countries": dict(sorted(countries.items())), "sectors": dict(largest)}


def _had(connection: Connection, network: UUID, number: Mapping[UUID, int]) -> dict[int, Place]:
    query = select(BUBBLES.c.community, BUBBLES.c.x, BUBBLES.c.y)
    rows = connection.execute(query.where(BUBBLES.c.network_id == network, BUBBLES.c.until_position.is_(None)))
    known = [row for row in rows if row.community in number]
    return {number[row.community]: (row.x / A_THOUSAND, row.y / A_THOUSAND) for row in known}


def _who(connection: Connection, network: UUID) -> dict[UUID, tuple[str, str]]:
    query = select(FIRMS.c.firm, FIRMS.c.sector, FIRMS.c.country)
    rows = connection.execute(query.where(FIRMS.c.network_id == network, FIRMS.c.until_position.is_(None)))
    return {row.firm: (row.sector, row.country) for row in rows}
