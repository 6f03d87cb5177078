"""A network as the trust benchmarks read it: firms by number, what each reports of another, and who is verified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from ledger.projections.trust.flow import Pairs
from ledger.projections.trust.parameters import BAD_SIDE, GROUPS, HALF_LIFE

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
BAD_WEIGHS = BAD_SIDE[0] / BAD_SIDE[1]


class Reports(NamedTuple):
    """Reports as columns; the rest is of one length with `rater`."""

    rater: Integers
    subject: Integers
    said: Floats  # in the rater's own scale, -1 (bad) to 1 (good); peers that know signed ratings read this
    quality: Floats  # 0 (bad) to 1 (good)
    weight: Floats  # typical jobs
    age: Floats  # days before the question

    def plus(self, more: Reports) -> Reports:
        """Return these and more."""
        return Reports(*(np.concatenate(both) for both in zip(self, more, strict=True)))


def typical(pairs: Iterable[tuple[int, int]], quality: float, ages: Sequence[float] = (0.0,)) -> Reports:
    """Return a report for each (rater, subject) on a typical job of that quality; `ages` in days are dealt in turn."""
    both = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    count = len(both)
    return Reports(
        rater=both[:, 0],
        subject=both[:, 1],
        said=np.full(count, 2 * quality - 1),
        quality=np.full(count, quality),
        weight=np.ones(count),
        age=np.resize(np.array(ages, dtype=np.float64), count),
    )


@dataclass(frozen=True)
class Network:
    """Firms 0 to `firms` - 1, their reports in any order, and verified firms by who verified them."""

    firms: int
    reports: Reports
    groups: tuple[tuple[int, ...], ...]

    def plus(self, reports: Reports, newcomers: int = 0) -> Self:
        """Return the network with more firms, numbered after those here, and more reports."""
        return type(self)(self.firms + newcomers, self.reports.plus(reports), self.groups)

    def verifying(self, firm: int, group: int) -> Self:
        """Return the network in which this authority has verified one firm more."""
        groups = [(*members, firm) if group == number else members for number, members in enumerate(self.groups)]
        return type(self)(self.firms, self.reports, tuple(groups))

    def plainly(self) -> Self:
        """Return the network in which all that was said is its quality, so that attackers' jobs are as any other."""
        return type(self)(self.firms, self.reports._replace(said=2 * self.reports.quality - 1), self.groups)

    @cached_property
    def seeds(self) -> Integers:
        """All verified firms, each once."""
        return np.unique(np.array([firm for group in self.groups for firm in group], dtype=np.int64))

    @cached_property
    def received(self) -> Integers:
        """How many reports each firm has received."""
        return np.bincount(self.reports.subject, minlength=self.firms)

    @cached_property
    def given(self) -> Integers:
        """How many reports each firm has given."""
        return np.bincount(self.reports.rater, minlength=self.firms)

    @cached_property
    def present(self) -> Floats:
        """What each report weighs today, in typical jobs."""
        return np.asarray(self.reports.weight * 2 ** (-self.reports.age / HALF_LIFE), dtype=np.float64)

    @cached_property
    def pairs(self) -> Pairs:
        """The evidence of each pair as the ledger's own mathematics takes it."""
        keys = self.reports.subject * self.firms + self.reports.rater
        found, place = np.unique(keys, return_inverse=True)
        starts = np.searchsorted(found, np.arange(self.firms + 1) * self.firms)
        good = self.present * self.reports.quality
        bad = BAD_WEIGHS * self.present * (1 - self.reports.quality)
        added = [np.bincount(place, part, len(found)).astype(np.float64) for part in (good, bad)]
        return Pairs(starts.astype(np.int32), (found % max(self.firms, 1)).astype(np.int32), *added)


def dealt(firms: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return verified firms in groups: the i-th is of group i mod GROUPS."""
    return tuple(tuple(firms[group::GROUPS]) for group in range(GROUPS))
