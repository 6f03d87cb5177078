"""Reading the three files of a study: who rated whom and when, who is known for fraud, who is verified."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ledger.projections.trust.parameters import GROUPS
from scripts.benchmarks.trust.lines import Unreadable, lines
from scripts.benchmarks.trust.network import Integers, Network, Reports

BEST = 10  # ratings run from -BEST to BEST
TYPICAL = 0.1  # a rating of this share of the best is on a typical job; weights rise with its square root
DAY = 86_400  # seconds
EARLIEST = 30  # raters that count as verified where nobody says who is

RATING = (
    "source,target,rating,time with a rating from -10 to 10, not 0, and a time in seconds, such as 7,12,-3,1289241911"
)
LABEL = "firm,label with a label of -1 (fraud) or 1 (benign), such as 12,-1"
SEED = "firm or firm,group, such as 7 or 7,chamber of crafts"


class Rating(NamedTuple):
    """What one firm says of another, from -10 to 10, and when, in seconds."""

    source: str
    target: str
    rating: float
    time: float


Labels = Mapping[str, bool]  # whether a firm is known for fraud
Seeds = Sequence[tuple[str, str]]  # verified firms, each with the authority that verified it


@dataclass(frozen=True)
class Study:
    """A network of firms that somebody has labelled: which firms, and whether they are frauds."""

    network: Network
    labelled: Integers
    fraud: np.ndarray[tuple[int], np.dtype[np.bool_]]


def read_ratings(path: Path) -> list[Rating]:
    """Return the ratings in their order, without those of oneself; raise `Unreadable`."""
    found = []
    for line in lines(path, RATING, range(4, 5), numbers=(2, 3)):
        rating = Rating(line.firm(0), line.firm(1), line.real(2, "rating"), line.real(3, "time"))
        if not 0 < abs(rating.rating) <= BEST:
            raise line.wrong(f"rating {line.fields[2]}")
        if rating.source != rating.target:
            found.append(rating)
    if not found:
        raise Unreadable(f"{path}: no ratings; right are lines of {RATING}")
    return found


def read_labels(path: Path) -> dict[str, bool]:
    """Return which firms are frauds; raise `Unreadable`, also where a kind is missing."""
    found: dict[str, bool] = {}
    for line in lines(path, LABEL, range(2, 3), numbers=(1,)):
        firm, label = line.firm(0), line.real(1, "label")
        if abs(label) != 1:
            raise line.wrong(f"label {line.fields[1]}")
        if found.setdefault(firm, label < 0) != (label < 0):
            raise line.wrong(f"firm {firm} was labelled otherwise before")
    if set(found.values()) != {True, False}:
        raise Unreadable(f"{path}: firms of one label or none; right are some of either, {LABEL}")
    return found


def read_seeds(path: Path) -> list[tuple[str, str]]:
    """Return the verified firms; without a group, the i-th is of group i mod GROUPS. Raise `Unreadable`."""
    found: list[tuple[str, str]] = []
    for line in lines(path, SEED, range(1, 3), numbers=()):
        group = line.fields[1] if len(line.fields) > 1 else ""
        found.append((line.firm(0), group or str(len(found) % GROUPS)))
    if not found:
        raise Unreadable(f"{path}: no firms; right are lines of {SEED}")
    return found


def earliest(ratings: Sequence[Rating]) -> list[tuple[str, str]]:
    """Return the raters whose first rating is the earliest, as seeds in groups."""
    first: dict[str, float] = {}
    for rating in ratings:
        first[rating.source] = min(rating.time, first.get(rating.source, math.inf))
    raters = sorted(first, key=first.__getitem__)[:EARLIEST]
    return [(firm, str(place % GROUPS)) for place, firm in enumerate(raters)]


def study(ratings: Sequence[Rating], labels: Labels, seeds: Seeds) -> Study:
    """Return the network; a labelled or verified firm that nobody rated is part of it as a newcomer."""
    named = [*(firm for rating in ratings for firm in rating[:2]), *labels, *(firm for firm, _ in seeds)]
    numbers = {firm: number for number, firm in enumerate(dict.fromkeys(named))}
    authorities = dict.fromkeys(group for _, group in seeds)
    groups = [dict.fromkeys(numbers[firm] for firm, group in seeds if group == name) for name in authorities]
    network = Network(len(numbers), _reports(ratings, numbers), tuple(tuple(group) for group in groups))
    labelled = np.array([numbers[firm] for firm in labels], dtype=np.int64)
    return Study(network, labelled, np.array(list(labels.values()), dtype=np.bool_))


def without(ratings: Sequence[Rating], sources: Collection[str]) -> list[Rating]:
    """Return the ratings that others gave."""
    return [rating for rating in ratings if rating.source not in sources]


def _reports(ratings: Sequence[Rating], numbers: Mapping[str, int]) -> Reports:
    said = np.array([rating.rating for rating in ratings], dtype=np.float64) / BEST
    times = np.array([rating.time for rating in ratings], dtype=np.float64)
    return Reports(
        rater=np.array([numbers[rating.source] for rating in ratings], dtype=np.int64),
        subject=np.array([numbers[rating.target] for rating in ratings], dtype=np.int64),
        said=said,
        quality=(said > 0).astype(np.float64),
        weight=np.sqrt(np.maximum(np.abs(said), TYPICAL) / TYPICAL),
        age=np.floor((times.max() - times) / DAY),
    )
