"""Production networks made up by rule; the same seed gives the same network. Nothing of the method is tuned to them.

The model, with every number stated here or below:

* A firm has a sector (of 8), a region (of 4), a size (log-normal) and a reliability: of nine in ten firms
  Beta(9, 1.5), 86 % on average, of the bad tenth Beta(2, 5), 29 %.
* It looks for 2 + Poisson(4) partners. A firm is found in proportion to its size, three times as often in the same
  region, three times as often in the same or the next sector.
* Partners do one job after another, each with a chance of 70 % that another follows; after one that failed for either
  side (quality below a half), half of that. Jobs lie in the last four years, in any order.
* A job is worth a log-normal amount around 12,000 euro; a document backs three in ten. It weighs as the method says.
* After a job either side reports with a chance of 80 %. On time, accepted and paid are yes as often as the other is
  reliable, and one in thirty answers is a mistake; the rating is 1 + Binomial(4, reliability).
* Five authorities have verified firms: each one firm in a hundred, at least two, by size among those whose
  reliability is 80 % or more. Nobody is verified twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from ledger.projections.trust.parameters import BACKED, GROUPS, HALF_LIFE, IMPORTANCE, SMALLEST, TYPICAL, Dimension
from scripts.benchmarks.trust.network import Floats, Integers, Network, Reports

SECTORS, REGIONS = 8, 4
BAD = 0.1  # of all firms
PARTNERS_AT_LEAST, PARTNERS_MORE = 2, 4
NEAR = 3  # times as likely
FURTHER = 0.7  # chance of another job
FAILED = 0.5  # quality below which a job failed, and what is then left of that chance
MEDIAN_VALUE, SPREAD = 12_000, 1.2  # of a job, in euro; of its logarithm
DOCUMENTED, REPORTED, MISTAKEN = 0.3, 0.8, 1 / 30
VERIFIED_AT_LEAST, PER_VERIFIED, DESERVING = 2, 100, 0.8
SAID = (Dimension.ON_TIME, Dimension.ACCEPTED, Dimension.PAID)
MARKS = 4  # steps of a rating


class Firms(NamedTuple):
    """What the firms are; nobody in the network knows it."""

    sector: Integers
    region: Integers
    size: Floats
    reliability: Floats


class Said(NamedTuple):
    """One report; the fields are those of `Reports`."""

    rater: int
    subject: int
    quality: float
    weight: float
    age: float


def production(firms: int, seed: int) -> Network:
    """Return a network of so many firms."""
    draw = np.random.default_rng([firms, seed])
    there = _firms(firms, draw)
    said = [report for firm in range(firms) for report in _work(firm, there, draw)]
    rater, subject, quality, weight, age = (np.array(column) for column in zip(*said, strict=True))
    return Network(firms, Reports(rater, subject, 2 * quality - 1, quality, weight, age), _verified(there, draw))


def _firms(count: int, draw: Generator) -> Firms:
    bad = draw.random(count) < BAD
    return Firms(
        sector=draw.integers(SECTORS, size=count),
        region=draw.integers(REGIONS, size=count),
        size=draw.lognormal(size=count),
        reliability=np.where(bad, draw.beta(2, 5, count), draw.beta(9, 1.5, count)),
    )


def _work(firm: int, there: Firms, draw: Generator) -> Iterator[Said]:
    """Yield what is said of all jobs with the partners that this firm has looked for."""
    next_sector = (there.sector - there.sector[firm]) % SECTORS <= 1
    near = there.region == there.region[firm]
    chance = there.size * np.where(near, NEAR, 1) * np.where(next_sector, NEAR, 1)
    chance[firm] = 0
    count = min(PARTNERS_AT_LEAST + draw.poisson(PARTNERS_MORE), len(chance) - 1)
    for partner in draw.choice(len(chance), count, replace=False, p=chance / chance.sum()):
        further = 1.0
        while draw.random() < further:
            qualities = [_quality(float(there.reliability[about]), draw) for about in (partner, firm)]
            yield from _said(firm, int(partner), qualities, draw)
            further = FURTHER * (FAILED if min(qualities) < FAILED else 1)


def _said(firm: int, partner: int, qualities: list[float], draw: Generator) -> Iterator[Said]:
    weight, age = _weight(draw), float(draw.integers(HALF_LIFE))
    for rater, subject, quality in ((firm, partner, qualities[0]), (partner, firm, qualities[1])):
        if draw.random() < REPORTED:
            yield Said(rater, subject, quality, weight, age)


def _quality(reliability: float, draw: Generator) -> float:
    """Return the quality of one report, weighed as the method weighs it."""
    answers = (draw.random(len(SAID)) < reliability) != (draw.random(len(SAID)) < MISTAKEN)
    importance = np.array([IMPORTANCE[dimension] for dimension in SAID])
    rating = draw.binomial(MARKS, reliability) / MARKS
    total = (importance * answers).sum() + IMPORTANCE[Dimension.RATING] * rating
    return float(total / (importance.sum() + IMPORTANCE[Dimension.RATING]))


def _weight(draw: Generator) -> float:
    """Return the weight of a job in typical ones."""
    raw = np.clip(np.log10(MEDIAN_VALUE * draw.lognormal(0, SPREAD) / 100) / 4, float(SMALLEST), 1)
    return float(min(raw * (float(BACKED) if draw.random() < DOCUMENTED else 1), 1) / float(TYPICAL))


def _verified(there: Firms, draw: Generator) -> tuple[tuple[int, ...], ...]:
    count = max(VERIFIED_AT_LEAST, len(there.size) // PER_VERIFIED)
    chance = there.size * (there.reliability >= DESERVING)
    chosen = draw.choice(len(chance), GROUPS * count, replace=False, p=chance / chance.sum())
    return tuple(tuple(int(firm) for firm in chosen[group::GROUPS]) for group in range(GROUPS))
