"""Whose word counts: a flow of trust from verified firms along vouches, and each rater's credibility from it.

Personalised EigenTrust (Kamvar, Schlosser & Garcia-Molina 2003) in several groups of seeds, of which the largest
is left out for each firm, as TrustRank (Gyöngyi et al. 2004) has one. Arrays only; firms are numbers from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ledger.projections.trust.parameters import (
    BAD_CEILING,
    GOOD_CEILING,
    HALF_CREDIBLE,
    ONWARD,
    ROUNDS,
    STANDING,
    STEPS,
)

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]  # half the memory that every step reads; good for two billion pairs


@dataclass(frozen=True, slots=True)
class Pairs:
    """What each rater says of each subject: a sparse matrix in CSR form, a row for each subject.

    `starts` has one more entry than there are firms; `rater`, `good` and `bad` one for each pair, raters rising within
    a subject, nobody rating itself. Evidence is in typical jobs of the day of the question, not yet under a ceiling.
    """

    starts: Integers
    rater: Integers
    good: Floats
    bad: Floats

    @property
    def firms(self) -> int:
        """How many firms there are."""
        return len(self.starts) - 1


def pairs_of(rows: Sequence[tuple[int, int, int, int]], firms: int, worth: float) -> Pairs:
    """Return as a matrix who is spoken of, by whom, and how much good and bad, in units that are `worth` so much."""
    subject, rater, good, bad = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Pairs(
        starts=np.searchsorted(np.asarray(subject, dtype=np.int64), np.arange(firms + 1)).astype(np.int32),
        rater=np.asarray(rater, dtype=np.int32),
        good=worth * np.asarray(good, dtype=np.float64),
        bad=worth * np.asarray(bad, dtype=np.float64),
    )


def ceilings(pairs: Pairs) -> Pairs:
    """Limit what one counterparty can say: its good evidence below 1.6, its bad below 4."""
    evidence = pairs.good + pairs.bad
    good = GOOD_CEILING * pairs.good / (GOOD_CEILING + evidence)
    bad = BAD_CEILING * pairs.bad / (BAD_CEILING + evidence)
    return Pairs(pairs.starts, pairs.rater, good, bad)


def credibility(pairs: Pairs, groups: Sequence[Sequence[int]]) -> Floats:
    """Return how far each firm's word counts, 0 to 1; `groups` are verified firms by who verified them."""
    heard = ceilings(pairs)
    trusted = trust(heard, groups)
    seeds = np.unique(np.concatenate([np.asarray(group, dtype=np.int32) for group in [*groups, []]]))
    typical = HALF_CREDIBLE * typical_trust(trusted, seeds)
    known = np.divide(trusted, trusted + typical, out=np.zeros_like(trusted), where=trusted > 0)
    believed = known
    for _ in range(ROUNDS - 1):
        believed = known * standing(heard, believed) ** STANDING
    return believed


def standing(heard: Pairs, believed: Floats) -> Floats:
    """Return each firm's posterior mean, 0 to 1, from evidence under its ceilings and its raters' credibility."""
    good = _rows(heard, heard.good) @ believed + 1
    bad = _rows(heard, heard.bad) @ believed + 1
    return np.asarray(good / (good + bad), dtype=np.float64)


def trust(heard: Pairs, groups: Sequence[Sequence[int]]) -> Floats:
    """Return the trust that reaches each firm without the group that gives it most, so that no group can carry it."""
    present = [group for group in groups if len(group)]
    if len(present) < 2:  # noqa: PLR2004 - with one group nothing remains
        return np.zeros(heard.firms)
    flows = _flows(heard, present)
    # Added one by one: numpy's own sum over an axis may add in another order on another machine.
    total, largest = reduce(np.add, flows), reduce(np.maximum, flows)
    return np.asarray(len(present) / (len(present) - 1) * (total - largest), dtype=np.float64)


def typical_trust(trusted: Floats, seeds: Integers) -> float:
    """Return the median of trust, weighted by trust, over firms that are no seeds; where they have none, over all."""
    others = np.delete(trusted, seeds)
    found = np.sort(others[others > 0])
    if not len(found):
        found = np.sort(trusted[trusted > 0])
    if not len(found):
        return 0.0
    mass = np.cumsum(found)
    return float(found[np.searchsorted(mass, mass[-1] / 2)])


def _flows(heard: Pairs, groups: Sequence[Sequence[int]]) -> list[Floats]:
    """Return, for each group, the trust of every firm that starts at the group's; what nobody passes on is lost.

    In single precision, and each group by itself: half the memory to read, and scipy multiplies by five vectors
    faster than by a block of five. Seven digits are enough for thousandths of credibility.
    """
    vouches = np.maximum(heard.good - heard.bad, 0)
    given = np.bincount(heard.rater, vouches, heard.firms).astype(np.float64)  # of no pairs at all it makes integers
    share = np.divide(ONWARD, given, out=np.zeros_like(given), where=given > 0).astype(np.float32)
    matrix = _rows(heard, vouches.astype(np.float32))
    born = (1 - ONWARD) / sum(len(group) for group in groups)
    return [_flow(matrix, share, group, born) for group in groups]


def _flow(matrix: csr_array, share: NDArray[np.float32], group: Sequence[int], born: float) -> Floats:
    source = np.zeros(len(share), dtype=np.float32)
    source[np.asarray(group)] = born
    trusted = source
    for _ in range(STEPS):
        trusted = matrix @ (share * trusted) + source
    return trusted.astype(np.float64)


def _rows(pairs: Pairs, values: NDArray[np.floating[Any]]) -> csr_array:
    return csr_array((values, pairs.rater, pairs.starts), shape=(pairs.firms, pairs.firms))
