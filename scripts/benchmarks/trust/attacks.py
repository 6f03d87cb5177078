"""Attacks on a score: each places itself at random in a network; all of their jobs are typical ones, done today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import cycle, permutations
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from scripts.benchmarks.trust.network import Integers, Network, Reports, typical
from scripts.benchmarks.trust.people import active, disreputable, newcomers, pick, reputable

PRAISES = 10  # perfect jobs that attackers report of each other, each way
SHAMS = 100  # firms that exist to praise one
BRIDGES = 5
DISGUISES = 5  # reputable insiders that each sham praises, as they deserve
SLANDERERS, SLANDERING_INSIDERS = 20, 3
BUILD_UP, BETRAYED = 20, 10  # partners of an exit scam, before and at the end
TWO_YEARS, MONTH = 730, 30  # days


class Placed(NamedTuple):
    """The network without an attack's lies, the same with them, and whose rank is compared, before and after."""

    honest: Network
    attacked: Network
    before: Integers
    after: Integers
    voluntary: bool = False  # whom it would not help does not do it


Placing = Callable[[Network, Generator], Placed]
Whom = Callable[[Network], Integers]


def ring(size: int, *, bridges: int = 0, one_each: bool = False, verified: int = 0) -> Placing:
    """Newcomers that praise each other; bridges lead to the first, or to each in turn; some may be wrongly verified."""

    def place(network: Network, draw: Generator) -> Placed:
        members = newcomers(network, size)
        welcomed = members if one_each else members[:1]
        honest = network.plus(_bridges(pick(draw, reputable(network), bridges), welcomed), size)
        attacked = honest.plus(_praise(permutations(members, 2)))
        deceived = draw.permutation(len(network.groups))[:verified]
        for member, group in zip(members, deceived, strict=False):
            attacked = attacked.verifying(member, int(group))
        return _same(honest, attacked, members)

    return place


def shams(*, bridges: int = 0, disguised: bool = False) -> Placing:
    """Many newcomers that praise one beneficiary, and it them; disguised ones praise others as well."""

    def place(network: Network, draw: Generator) -> Placed:
        everybody = newcomers(network, 1 + SHAMS)
        beneficiary, *others = everybody
        honest = network.plus(_bridges(pick(draw, reputable(network), bridges), [beneficiary]), 1 + SHAMS)
        both_ways = [pair for sham in others for pair in ((sham, beneficiary), (beneficiary, sham))]
        attacked = honest.plus(_praise(both_ways))
        if disguised:
            praised = [(sham, firm) for sham in others for firm in pick(draw, reputable(network), DISGUISES)]
            attacked = attacked.plus(typical(praised, 1))
        return _same(honest, attacked, everybody)

    return place


def cartel(size: int, whom: Whom) -> Placing:
    """Genuine members that praise each other."""

    def place(network: Network, draw: Generator) -> Placed:
        members = pick(draw, whom(network), size)
        return _same(network, network.plus(_praise(permutations(members, 2))), members)

    return place


def slander_by_shams(network: Network, draw: Generator) -> Placed:
    """Newcomers each report one failed job of a reputable victim."""
    victim = pick(draw, reputable(network), 1)
    lies = typical([(sham, victim[0]) for sham in newcomers(network, SLANDERERS)], 0)
    return _same(network, network.plus(lies, SLANDERERS), victim)


def slander_by_insiders(whom: Whom = active) -> Placing:
    """Genuine members each report one failed job of a reputable victim."""

    def place(network: Network, draw: Generator) -> Placed:
        victim = pick(draw, reputable(network), 1)
        liars = pick(draw, np.setdiff1d(whom(network), victim), SLANDERING_INSIDERS)
        return _same(network, network.plus(typical([(liar, victim[0]) for liar in liars], 0)), victim)

    return place


def registered_again(network: Network, draw: Generator) -> Placed:
    """A disreputable firm comes back as a newcomer, where that is better than what it was."""
    former = np.array(pick(draw, disreputable(network), 1))
    again = np.array(newcomers(network, 1))
    return Placed(network, network.plus(typical([], 0), 1), former, again, voluntary=True)


def exit_scam(network: Network, draw: Generator) -> Placed:
    """A newcomer serves reputable partners well for two years, and in the last month fails others."""
    involved = pick(draw, reputable(network), BUILD_UP + BETRAYED)
    partners, others = involved[:BUILD_UP], involved[BUILD_UP:]
    (scammer,) = newcomers(network, 1)
    both_ways = [pair for firm in partners for pair in ((firm, scammer), (scammer, firm))]
    good = typical(both_ways, 1, np.repeat(np.linspace(TWO_YEARS, MONTH, BUILD_UP), 2).tolist())
    bad = typical([(firm, scammer) for firm in others], 0, np.linspace(MONTH, 0, BETRAYED).tolist())
    honest = network.plus(good, 1)
    return _same(honest, honest.plus(bad), [scammer])


def _bridges(guests: Sequence[int], welcomed: Sequence[int]) -> Reports:
    """One genuine job of each guest with a member; both report well."""
    pairs = list(zip(guests, cycle(welcomed), strict=False))
    return typical([*pairs, *((member, guest) for guest, member in pairs)], 1)


def _praise(pairs: Iterable[tuple[int, int]]) -> Reports:
    return typical([pair for pair in pairs for _ in range(PRAISES)], 1)


def _same(honest: Network, attacked: Network, firms: Sequence[int]) -> Placed:
    watched = np.array(firms, dtype=np.int64)
    return Placed(honest, attacked, watched, watched)
