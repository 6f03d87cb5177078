"""What is answered of the map, field by field."""

from __future__ import annotations

from typing import TypedDict


class Node(TypedDict):
    """A firm on the map; `x` and `y` run from -1 to 1. Without a snapshot that knows it, measures are null."""

    firm: str
    name: str | None
    sector: str | None
    country: str
    x: float | None
    y: float | None
    partners: int
    jobs: int
    betweenness: float | None
    community: str | None
    component: int | None


class Edge(TypedDict):
    """Two firms that work together."""

    one: str
    other: str
    jobs: int
    crossing: bool


class Bubble(TypedDict):
    """A community, called by the firm in it with the most partners."""

    community: str
    name: str | None
    x: float
    y: float
    firms: int
    inside: int
    countries: dict[str, int]
    sectors: dict[str, int]


class Tie(TypedDict):
    """How many pairs run between two communities."""

    one: str
    other: str
    pairs: int


class Snapshot(TypedDict):
    """When the map was drawn, and of how much."""

    position: int
    taken_at: str
    firms: int
    pairs: int
    components: int


class Alone(TypedDict):
    """A firm without a partner: it stands in the rack below the map."""

    firm: str
    name: str | None
    sector: str | None
    country: str


class Map(TypedDict):
    """The map of a network.

    `drawn` is "firms" (all of them), "communities" (too many firms: bubbles and ties), or "neighbourhood" (one firm,
    its partners and their pairs, in a network too large to be drawn).
    """

    network: str
    drawn: str
    focus: str | None
    year: int | None
    years: list[int]
    snapshot: Snapshot | None
    nodes: list[Node]
    edges: list[Edge]
    bubbles: list[Bubble]
    ties: list[Tie]
    alone: list[Alone]
    alone_count: int
    position: int
    as_of: str


class Broker(TypedDict):
    """A firm that many of the shortest ways between others pass."""

    firm: str
    name: str | None
    sector: str | None
    country: str
    partners: int
    betweenness: float
