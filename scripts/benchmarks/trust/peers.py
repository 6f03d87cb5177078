"""The peers, as their papers define them, and the ledger's own score: a number for each firm, higher is better.

What a peer can be told, it is told: weights and age where it knows them, the same verified firms where it needs some.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from scipy.sparse import csr_array

from ledger.projections.trust.flow import ceilings, credibility, standing
from scripts.benchmarks.trust.network import Floats, Network
from scripts.benchmarks.trust.signed import bias_and_deserve, fairness_goodness, mean_rating, rev2

Method = Callable[[Network], Floats]
RESTART = 0.15  # of EigenTrust
ITERATIONS = 50  # of EigenTrust; what is left after them is below .85^50, 0.03 %


def ours(network: Network) -> Floats:
    """Return the ledger's score, 0 to 1."""
    return standing(ceilings(network.pairs), credibility(network.pairs, network.groups))


def beta(network: Network) -> Floats:
    """Return the mean of a Beta posterior with forgetting (Jøsang & Ismail 2002), 0 to 1; everybody is believed."""
    reports = network.reports
    good = np.bincount(reports.subject, network.present * reports.quality, network.firms)
    bad = np.bincount(reports.subject, network.present * (1 - reports.quality), network.firms)
    return (good + 1) / (good + bad + 2)


def eigentrust(network: Network) -> Floats:
    """Return EigenTrust (Kamvar et al. 2003): shares of trust; who vouches for nobody passes on to the verified."""
    vouches = _vouches(network)
    given = vouches.sum(axis=0)
    pretrusted = np.zeros(network.firms)
    pretrusted[network.seeds] = 1 / max(len(network.seeds), 1)
    trust = pretrusted
    for _ in range(ITERATIONS):
        passed = vouches @ np.divide(trust, given, out=np.zeros_like(trust), where=given > 0)
        trust = (1 - RESTART) * (passed + trust[given == 0].sum() * pretrusted) + RESTART * pretrusted
    return np.asarray(trust)


def sybilrank(network: Network) -> Floats:
    """Return SybilRank (Cao et al. 2012): short random walks from the verified over mutual ties, by degree."""
    vouches = _vouches(network)
    ties = csr_array(vouches + vouches.T)
    ties.data[:] = 1
    degree = np.maximum(ties.sum(axis=0), 1)
    trust = np.zeros(network.firms)
    trust[network.seeds] = 1 / max(len(network.seeds), 1)
    for _ in range(math.ceil(math.log2(max(network.firms, 2)))):
        trust = ties @ (trust / degree)
    return np.asarray(trust / degree)


def _vouches(network: Network) -> csr_array:
    """Return, for subject (row) and rater (column), by how much the good outweighs the bad."""
    pairs = network.pairs
    values = np.maximum(pairs.good - pairs.bad, 0)
    # A copy, for what follows would write into the network's own arrays.
    vouches = csr_array((values, pairs.rater, pairs.starts), shape=(pairs.firms, pairs.firms), copy=True)
    vouches.eliminate_zeros()
    return vouches


ATTACKED: Mapping[str, Method] = {
    "mean": mean_rating,
    "Beta": beta,
    "FGA": fairness_goodness,
    "EigenTrust": eigentrust,
    "SybilRank": sybilrank,
    "ours": ours,
}
COMPARED: Mapping[str, Method] = {
    "mean": mean_rating,
    "Beta": beta,
    "EigenTrust": eigentrust,
    "SybilRank": sybilrank,
    "BAD": bias_and_deserve,
    "FGA": fairness_goodness,
    "REV2": rev2,
    "ours": ours,
}
