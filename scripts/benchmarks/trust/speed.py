"""How long an epoch takes, beside one sparse matrix-vector pass and the PageRank of rustworkx and networkx."""

from __future__ import annotations

import dataclasses

import networkx as nx
import numpy as np
import rustworkx
from scipy.sparse import csr_array

from ledger.projections.trust.flow import Pairs, ceilings, credibility, standing
from scripts.benchmarks.report import Rows
from scripts.benchmarks.trust import one_firm
from scripts.benchmarks.trust.clock import Contenders, interleaved, ratio, row
from scripts.benchmarks.trust.large import Large, Size, in_networkx, in_rustworkx, large
from scripts.benchmarks.trust.network import Floats

FULL, QUICK = Size(1_000_000, 10_000_000), Size(50_000, 500_000)
# networkx takes seconds for its graph and for each run even here; its ratio belongs to this size.
FULL_NETWORKX, QUICK_NETWORKX = Size(100_000, 1_000_000), Size(20_000, 200_000)
ROUNDS = 3
PASSES = 10  # in a round
ROWS = ("epoch", "scores")
MILLISECONDS = 1e3
SPMV, RUSTWORKX, NETWORKX = "spmv", "rustworkx", "networkx"


def measure(*, quick: bool) -> Rows:
    """Return the rows, and print the sizes that they belong to."""
    size, smaller = (QUICK, QUICK_NETWORKX) if quick else (FULL, FULL_NETWORKX)
    print(f"\nspeed: {size}; networkx and its ratio: {smaller}", flush=True)
    rows = _at_full_size(large(size))
    for name, times in _beside_networkx(large(smaller)).items():
        rows[name] = dataclasses.replace(rows[name], ratio={**rows[name].ratio, NETWORKX: times})
    return {**rows, **one_firm.measure()}


def _at_full_size(network: Large) -> Rows:
    graph = in_rustworkx(network.pairs)
    times = interleaved(
        {
            SPMV: (_Pass(network.pairs), PASSES),
            **_ours(network),
            RUSTWORKX: (lambda: rustworkx.pagerank(graph), 1),
        },
        ROUNDS,
    )
    peers = {SPMV: SPMV, RUSTWORKX: RUSTWORKX}
    return {name: row(times, name, "ms", MILLISECONDS, peers) for name in ROWS}


def _beside_networkx(network: Large) -> dict[str, float]:
    """Return, for each row, ours to networkx at the size that both can do, and print the times behind it."""
    graph = in_networkx(network.pairs)
    contenders = {**_ours(network), NETWORKX: (lambda: nx.pagerank(graph), 1)}
    times = interleaved(contenders, ROUNDS)
    for name in times:
        print(f"  at the size of networkx: {name} {row(times, name, 'ms', MILLISECONDS).value:,.0f} ms")
    return {name: ratio(times, name, NETWORKX) for name in ROWS}


def _ours(network: Large) -> Contenders:
    return {
        "epoch": (lambda: credibility(network.pairs, network.groups), 1),
        "scores": (lambda: standing(ceilings(network.pairs), credibility(network.pairs, network.groups)), 1),
    }


class _Pass:
    """One product of the network's matrix with a vector, in the types that scipy itself chooses."""

    def __init__(self, pairs: Pairs) -> None:
        self._matrix = csr_array((pairs.good, pairs.rater, pairs.starts), shape=(pairs.firms, pairs.firms))
        self._vector = np.ones(pairs.firms)

    def __call__(self) -> Floats:
        return np.asarray(self._matrix @ self._vector)
