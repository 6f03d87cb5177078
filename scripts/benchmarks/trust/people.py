"""Who takes part in an attack: firms of a network by what is said of them, and newcomers."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from scripts.benchmarks.trust.network import Integers, Network
from scripts.benchmarks.trust.signed import mean_rating

SEVERAL = 5  # reports from which a firm is known


class TooFew(Exception):
    """The network has too few firms of the kind that an attack needs."""


def reputable(network: Network) -> Integers:
    """Return the insiders that attackers and victims are taken from: well spoken of, active, not verified."""
    known = (network.received >= SEVERAL) & (network.given >= SEVERAL) & (mean_rating(network) > 0)
    return np.setdiff1d(np.flatnonzero(known), network.seeds)


def disreputable(network: Network) -> Integers:
    """Return the firms of which several reports speak badly."""
    return np.flatnonzero((network.received >= SEVERAL) & (mean_rating(network) < 0))


def active(network: Network) -> Integers:
    """Return all who have given and received reports."""
    return np.flatnonzero((network.received > 0) & (network.given > 0))


def pick(draw: Generator, firms: Integers, count: int) -> list[int]:
    """Return so many different ones at random; raise `TooFew`."""
    if len(firms) < count:
        raise TooFew(f"it needs {count} firms of a kind, and there are {len(firms)}")
    return [int(firm) for firm in draw.choice(firms, count, replace=False)]


def newcomers(network: Network, count: int) -> list[int]:
    """Return the numbers that so many more firms will have."""
    return list(range(network.firms, network.firms + count))
