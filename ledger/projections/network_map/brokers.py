"""How much of the network runs through a firm: the share of shortest ways between two others that pass it.

Up to `EXACT` firms rustworkx tells exactly, on one thread: what several threads add up differs in its last bits from
run to run. Beyond that the ways from `PIVOTS` firms are followed, evenly spread over all of them; exactly it would take
five seconds for 5,000 firms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import rustworkx
from scipy.sparse import csr_array

from ledger.projections.network_map.measures import EXACT

PIVOTS = 100
Floats = npt.NDArray[np.float64]


def betweenness(size: int, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """Return the measure of each node, 0 to 1."""
    if size <= EXACT:
        graph = graph_of(size, pairs)
        found = rustworkx.graph_betweenness_centrality(graph, parallel_threshold=size + 1)
        return [found[node] for node in range(size)]
    ends = np.array(pairs, dtype=np.int64)
    both = np.concatenate([ends, ends[:, ::-1]])
    matrix = csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(size, size))
    pivots = np.unique(np.linspace(0, size - 1, PIVOTS).astype(np.int64))
    total = np.zeros(size)
    for pivot in pivots:
        total += _through(matrix, int(pivot))
    measured: list[float] = (total / (len(pivots) * (size - 2))).tolist()
    return measured


def graph_of(size: int, pairs: Sequence[tuple[int, int]]) -> rustworkx.PyGraph[int | None, None]:
    """Return the graph of these nodes and pairs."""
    graph: rustworkx.PyGraph[int | None, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.extend_from_edge_list(list(pairs))
    return graph


def _through(matrix: csr_array, source: int) -> Floats:
    """Return how many of the shortest ways from one node, shared out, pass each other (Brandes, level by level)."""
    size = matrix.shape[0]
    ways, seen = np.zeros(size), np.zeros(size, dtype=bool)
    ways[source], seen[source] = 1.0, True
    levels = [ways * 1.0]
    while True:
        reached = np.where(seen, 0.0, matrix @ levels[-1])
        if not reached.any():
            break
        seen |= reached > 0
        ways += reached
        levels.append(reached)
    passing = np.zeros(size)
    for nearer, further in zip(levels[-2::-1], levels[:0:-1], strict=True):
        share = np.divide(1 + passing, ways, out=np.zeros(size), where=further > 0)
        passing += nearer * (matrix @ share)
    passing[source] = 0.0
    return passing
