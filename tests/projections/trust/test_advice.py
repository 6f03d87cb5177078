"""What would change a score: the sentences keep what they promise."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.projections.trust.advice import PRAISE, would_change
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.posterior import Score
from ledger.projections.trust.reports import STATED, Evidence, evidence
from ledger.projections.trust.strength import ONE, strength
from tests.projections.trust.hearsay import RATERS, TODAY, Heard, credibilities, heard, typical, weigh

NOTHING_BAD = {"good": 1.0, "bad": 0.0}
POINTS = re.compile(r"-?\+?\d+\.\d")


def promised(sentence: str) -> list[float]:
    """The points that a sentence names."""
    return [float(found) for found in POINTS.findall(sentence)]


def because(score: Score, dimension: Dimension) -> dict[str, float]:
    """A factor's evidence."""
    return {"good": score.believed.good[dimension], "bad": score.believed.bad[dimension]}


@given(heard, credibilities, st.sampled_from(list(STATED)))
def test_one_more_partner_adds_what_is_promised(
    heard: Heard, credibility: dict[str, float], dimension: Dimension
) -> None:
    """A typical job's perfect report by a new partner that is believed as the others are on average."""
    now = weigh(heard, credibility)
    assume(now.limited.evidence > 0)
    average = now.believed.evidence / now.limited.evidence
    more = evidence(strength(ONE, TODAY), {dimension: Fraction(1)}, withdrawn=False)
    then = weigh([*heard, ("new", more)], {**credibility, "new": average})
    (gain, *_) = promised(would_change(dimension, now, because(now, dimension)))
    assert gain == pytest.approx(then.believed.score - now.believed.score, abs=0.051)


@given(heard, st.sampled_from(RATERS), st.booleans())
def test_disputes_cost_what_is_said(heard: Heard, by: str, praised: bool) -> None:
    """So many points as their evidence takes; and a record that stands never leaves the firm lower."""
    said = {Dimension.PAID: Fraction(praised)}
    undisputed = [(one, told) for one, told in heard if Dimension.DISPUTES not in told]
    taken_back = (by, evidence(strength(ONE, TODAY), said, withdrawn=True))
    now = weigh([*undisputed, taken_back, (by, typical(disputes=0))])
    then = weigh([*undisputed, (by, evidence(strength(ONE, TODAY), said, withdrawn=False))])
    sentence = would_change(Dimension.DISPUTES, now, because(now, Dimension.DISPUTES))
    good, bad = now.believed.alpha, now.believed.beta - now.believed.bad[Dimension.DISPUTES]
    assert promised(sentence) == [pytest.approx(100 * good / (good + bad) - now.believed.score, abs=0.051)]
    assert then.believed.score >= now.believed.score - 1e-9


@pytest.mark.parametrize("dimension", STATED)
def test_every_dimension_says_how_to_do_well(dimension: Dimension) -> None:
    """In words of the work; where nothing bad was said, no cost is named."""
    sentence = would_change(dimension, weigh([("a", typical(paid=1))]), NOTHING_BAD)
    assert PRAISE[dimension] in sentence
    assert "Bad reports" not in sentence


def test_bad_reports_cost_what_they_take() -> None:
    """By hand: one typical job paid late, believed fully, under the ceiling for bad evidence."""
    late: Evidence = typical(paid=0)
    now = weigh([("a", late)])
    sentence = would_change(Dimension.PAID, now, because(now, Dimension.PAID))
    bad = 4 * 1.25 / 5.25
    assert promised(sentence)[1] == pytest.approx(50 - 100 / (2 + bad), abs=0.051)
    assert "four years old, they weigh half" in sentence


def test_without_disputes_there_is_nothing_to_settle() -> None:
    """The sentence says what an open one would do."""
    sentence = would_change(Dimension.DISPUTES, weigh([("a", typical(paid=1))]), NOTHING_BAD)
    assert sentence.startswith("No dispute weighs on the score")
