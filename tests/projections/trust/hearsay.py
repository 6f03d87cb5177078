"""Any reports on a firm, for the mathematics of a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from ledger.projections.trust import posterior
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.posterior import Score
from ledger.projections.trust.reports import STATED, Evidence, evidence
from ledger.projections.trust.strength import ONE, strength, worth

TODAY = date(2026, 3, 2)
RATERS = "abcd"
Heard = Sequence[tuple[str, Evidence]]

days = st.dates(date(2010, 1, 1), TODAY)
weights = st.integers(ONE // 12, ONE * 100 // 58)  # of the smallest to the largest job
strengths = st.builds(strength, weights, days)
quality = st.sampled_from([Fraction(n, 60) for n in range(61)])
qualities_stated = st.dictionaries(st.sampled_from(list(STATED)), quality, min_size=1)
qualities_any = st.one_of(qualities_stated, st.just({Dimension.DISPUTES: Fraction(0)}))
said = st.builds(
    lambda units, stated, withdrawn: evidence(units, stated, withdrawn=withdrawn),
    strengths,
    qualities_any,
    st.booleans(),
)
heard = st.lists(st.tuples(st.sampled_from(RATERS), said), max_size=30)
credibilities = st.dictionaries(st.sampled_from(RATERS), st.integers(0, 1000).map(lambda grains: grains / 1000))


def typical(on: date = TODAY, times: float = 1, **stated: float) -> Evidence:
    """What a typical job's report says that was finished on this day; qualities by dimension."""
    qualities = {Dimension(name): Fraction(how_good) for name, how_good in stated.items()}
    return evidence(int(strength(ONE, on) * times), qualities, withdrawn=False)


def weigh(heard: Heard, credibility: Mapping[str, float] | None = None, today: date = TODAY) -> Score:
    """The score of these reports; without other word, everybody is believed fully."""
    return posterior.score(heard, worth(today), {by: 1.0 for by, _ in heard} if credibility is None else credibility)
