"""Networks of firms that report on each other, as arrays, and the flow's equations solved another way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from ledger.projections.trust.flow import Floats, Pairs, ceilings

Reports = Mapping[tuple[int, int], float]  # by rater and subject


@dataclass(frozen=True)
class Web:
    """Firms numbered from 0, their evidence on each other, and groups of verified ones."""

    firms: int
    good: Reports
    bad: Reports
    groups: Sequence[Sequence[int]]

    @property
    def pairs(self) -> Pairs:
        """The reports in the form that the flow takes."""
        said = sorted((subject, rater) for rater, subject in {**self.good, **self.bad})
        return Pairs(
            starts=np.searchsorted([subject for subject, _ in said], range(self.firms + 1)).astype(np.int32),
            rater=np.array([rater for _, rater in said], dtype=np.int32),
            good=np.array([self.good.get((rater, subject), 0) for subject, rater in said], dtype=np.float64),
            bad=np.array([self.bad.get((rater, subject), 0) for subject, rater in said], dtype=np.float64),
        )

    def vouches(self) -> Floats:
        """What each rater (row) vouches for each subject (column), under the ceilings."""
        found, heard = np.zeros((self.firms, self.firms)), ceilings(self.pairs)
        subject = np.repeat(np.arange(self.firms), np.diff(heard.starts))
        found[heard.rater, subject] = np.maximum(heard.good - heard.bad, 0)
        return found

    def reached(self, group: Sequence[int]) -> list[bool]:
        """Which firms a group's vouches lead to, its own included."""
        vouches, known, todo = self.vouches(), set(group), list(group)
        while todo:
            further = {int(firm) for firm in np.flatnonzero(vouches[todo.pop()])} - known
            known |= further
            todo += further
        return [firm in known for firm in range(self.firms)]


def web(firms: int, good: Reports, bad: Reports | None = None) -> Web:
    """A network without verified firms."""
    return Web(firms, good, bad or {}, [])


def by_equations(one: Web, steps: int | None = None) -> Floats:
    """Trust by dense matrices, in double precision: after so many steps, or by solving the equations."""
    if len(one.groups) < 2:
        return np.zeros(one.firms)
    vouches = one.vouches()
    given = vouches.sum(axis=1, keepdims=True)
    shares = np.divide(vouches, given, out=np.zeros_like(vouches), where=given > 0)
    source = np.zeros((one.firms, len(one.groups)))
    for number, group in enumerate(one.groups):
        source[list(group), number] = 1 / sum(map(len, one.groups))
    flows = 0.4 * source
    if steps is None:
        flows = np.linalg.solve(np.eye(one.firms) - 0.6 * shares.T, flows)
    for _ in range(steps or 0):
        flows = 0.4 * source + 0.6 * shares.T @ flows
    groups = len(one.groups)
    return np.asarray(groups / (groups - 1) * (flows.sum(axis=1) - flows.max(axis=1)))


def renumbered(one: Web, number: Sequence[int]) -> Web:
    """The same network, in which firm n is called number[n]."""
    good, bad = (
        {(number[rater], number[subject]): said for (rater, subject), said in told.items()}
        for told in (one.good, one.bad)
    )
    return Web(one.firms, good, bad, [[number[firm] for firm in group] for group in one.groups])


@st.composite
def _webs(draw: st.DrawFn) -> Web:
    firms = draw(st.integers(2, 9))
    pairs = st.tuples(st.integers(0, firms - 1), st.integers(0, firms - 1)).filter(lambda pair: pair[0] != pair[1])
    told = st.dictionaries(pairs, st.floats(0.01, 20), max_size=24)
    which = draw(st.lists(st.integers(-3, 4), min_size=firms, max_size=firms))  # below 0: not verified
    groups = [[firm for firm in range(firms) if which[firm] == group] for group in range(5)]
    return Web(firms, draw(told), draw(st.one_of(st.just({}), told)), [group for group in groups if group])


webs = _webs()
