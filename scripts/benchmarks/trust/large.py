"""Large networks for the clock alone: random pairs, a few firms in many of them; what is said does not matter."""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx
import numpy as np
import rustworkx

from ledger.projections.trust.flow import Pairs
from scripts.benchmarks.trust.network import Floats, Integers, dealt

SKEW = 2.5  # the n-th busiest firm has its share in proportion to n^(1/SKEW - 1) = n^-0.6
GOOD, BAD = 1.0, 0.1  # evidence of a report, in typical jobs: about as much as in a network where most goes well
SEEDS = 500


class Size(NamedTuple):
    """How large a network is."""

    firms: int
    collaborations: int

    def __str__(self) -> str:
        return f"{self.firms:,} firms, {self.collaborations:,} collaborations"


class Large(NamedTuple):
    """A network that is only pairs and verified firms."""

    pairs: Pairs
    groups: tuple[tuple[int, ...], ...]


def large(size: Size, seed: int = 1) -> Large:
    """Return a network; collaborations of the same pair are one, as in the ledger."""
    draw = np.random.default_rng(seed)
    number = draw.permutation(size.firms)  # busy firms stand anywhere in memory
    subject, rater = (number[_ranks(size, draw)] for _ in range(2))
    keys = np.unique(subject[subject != rater] * size.firms + rater[subject != rater])
    starts = np.searchsorted(keys, np.arange(size.firms + 1) * size.firms)
    good, bad = (scale * draw.exponential(size=len(keys)) for scale in (GOOD, BAD))
    verified = draw.choice(size.firms, min(SEEDS, size.firms // 10), replace=False).tolist()
    where = starts.astype(np.int32), (keys % size.firms).astype(np.int32)
    return Large(Pairs(*where, good, bad), dealt(verified))


def in_rustworkx(pairs: Pairs) -> rustworkx.PyDiGraph[int | None, None]:
    """Return the graph of who reports on whom."""
    graph: rustworkx.PyDiGraph[int | None, None] = rustworkx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(pairs.firms))
    graph.extend_from_edge_list(_edges(pairs))
    return graph


def in_networkx(pairs: Pairs) -> nx.DiGraph:
    """Return the graph of who reports on whom."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(pairs.firms))
    graph.add_edges_from(_edges(pairs))
    return graph


def _edges(pairs: Pairs) -> list[tuple[int, int]]:
    subject = np.repeat(np.arange(pairs.firms), np.diff(pairs.starts))
    return list(zip(pairs.rater.tolist(), subject.tolist(), strict=True))


def _ranks(size: Size, draw: np.random.Generator) -> Integers:
    shares: Floats = draw.random(size.collaborations)
    return (size.firms * shares**SKEW).astype(np.int64)
