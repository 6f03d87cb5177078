"""The score's mathematics, for any reports."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.projections.trust.explanation import Basis, explain
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.reports import evidence
from tests.projections.trust.hearsay import (
    RATERS,
    Heard,
    credibilities,
    heard,
    qualities_stated,
    strengths,
    typical,
    weigh,
)

NEWCOMERS_CEILING = 100 * (1.6 + 1) / (1.6 + 2)
Trusted = dict[str, float]


@given(heard, credibilities, st.sampled_from(RATERS), strengths, qualities_stated)
def test_property_4_a_dispute_never_raises_and_a_perfect_report_never_lowers(
    heard: Heard, credibility: Trusted, by: str, strength: int, stated: dict[Dimension, Fraction]
) -> None:
    """Given who is believed, one more perfect report leaves the score at least where it was, a dispute at most.

    A dispute takes the good part of a report away besides entering a bad one.
    """
    perfect = dict.fromkeys(stated, Fraction(1))
    before = weigh(heard, credibility)
    praised = weigh([*heard, (by, evidence(strength, perfect, withdrawn=False))], credibility)
    undisputed = weigh([*heard, (by, evidence(strength, stated, withdrawn=False))], credibility)
    taken_back = (by, evidence(strength, stated, withdrawn=True))
    complaint = (by, evidence(strength, {Dimension.DISPUTES: Fraction(0)}, withdrawn=False))
    disputed = weigh([*heard, taken_back, complaint], credibility)
    for step in ("plain", "limited", "believed"):
        assert getattr(praised, step).score >= getattr(before, step).score - 1e-9
        assert getattr(disputed, step).score <= getattr(undisputed, step).score + 1e-9


@given(st.lists(st.tuples(strengths, qualities_stated), min_size=1, max_size=200))
def test_property_5_one_partner_does_not_carry_a_newcomer(said: list[tuple[int, dict[Dimension, Fraction]]]) -> None:
    """Any number of perfect jobs with one partner that is fully believed keeps a newcomer at or below 72.2."""
    told = [("a", evidence(strength, stated, withdrawn=False)) for strength, stated in said]
    perfect = [
        ("a", evidence(strength, dict.fromkeys(stated, Fraction(1)), withdrawn=False)) for strength, stated in said
    ]
    assert weigh(told).believed.score <= weigh(perfect).believed.score + 1e-9
    assert 50 < weigh(perfect).believed.score <= weigh(perfect * 100).believed.score <= NEWCOMERS_CEILING


@given(heard, st.one_of(st.none(), credibilities))
def test_property_8_factors_and_waterfall_add_up_to_the_score(heard: Heard, credibility: Trusted | None) -> None:
    """Base and dimensions add up, the last step of the waterfall is the score, and it lies between 0 and 100."""
    found = weigh(heard, credibility)
    for posterior in (found.plain, found.limited, found.believed):
        assert abs(50 + sum(map(posterior.points, Dimension)) - posterior.score) < 1e-9
        assert 0 <= posterior.score <= 100
    assert found.waterfall[-1] == ("credibility", found.believed.score)


@given(heard, st.sampled_from(RATERS), strengths)
def test_property_8_the_shown_factors_and_waterfall_add_up(heard: Heard, by: str, strength: int) -> None:
    """As they are shown, with a dispute among them; the interval lies on the scale as well."""
    complaint = (by, evidence(strength, {Dimension.DISPUTES: Fraction(0)}, withdrawn=False))
    heard = [*heard, complaint, ("a", typical(paid=1)), ("b", typical(rating=1))]
    answer = explain(Basis("x", 5, 5, weigh(heard), [said for _, said in heard], {}))
    assert abs(sum(factor["points"] for factor in answer["factors"]) - answer["score"]) < 1e-9
    assert answer["waterfall"][-1] == {"code": "credibility", "score": answer["score"]}
    assert 0 <= answer["interval"]["low"] < answer["interval"]["high"] <= 100


@given(heard, credibilities)
def test_property_8_without_news_the_score_drifts_to_50(heard: Heard, credibility: Trusted) -> None:
    """Old reports are forgotten: with the years evidence only shrinks, until everybody stands at 50 again.

    A firm of which only good is said, or only bad, comes nearer to 50 all the time.
    """
    years = [weigh(heard, credibility, date(year, 3, 2)).believed for year in (2026, 2027, 2040, 2400)]
    for one, next_one in pairwise(years):
        assert next_one.evidence <= one.evidence + 1e-12
        if min(one.alpha, one.beta) == 1:
            assert abs(next_one.score - 50) <= abs(one.score - 50) + 1e-9
    assert years[-1].score == pytest.approx(50, abs=1e-6)


@given(heard, credibilities, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(heard: Heard, credibility: Trusted, chance: random.Random) -> None:
    """Any order of the same reports gives the same bits."""
    assert weigh(chance.sample(heard, len(heard)), credibility) == weigh(heard, credibility)


@given(heard)
def test_those_who_are_not_believed_change_nothing(heard: Heard) -> None:
    """With no credible rater a firm stands at 50 exactly, whatever is said."""
    found = weigh(heard, {})
    assert found.believed.score == 50
    assert found.believed.interval(0.8) == weigh([]).believed.interval(0.8)


def test_a_newcomer_stands_at_50() -> None:
    """Without reports the posterior is the prior: one good, one bad."""
    found = weigh([]).believed
    assert (found.alpha, found.beta, found.score) == (1, 1, 50)
    assert found.interval(0.8) == pytest.approx((10, 90))


def test_the_formula_by_hand() -> None:
    """A typical job, on time and accepted, four years old: half a good report, under its ceiling, half believed."""
    found = weigh([("a", typical(date(2022, 3, 3), on_time=1, accepted=1))], {"a": 0.5})
    assert found.plain.alpha == pytest.approx(1.5)
    assert found.limited.alpha == pytest.approx(1 + 1.6 * 0.5 / 2.1)
    assert found.believed.alpha == pytest.approx(1 + 0.5 * 1.6 * 0.5 / 2.1)
    assert found.believed.beta == 1
    late = weigh([("a", typical(on_time=0, paid=1))]).believed
    bad, good = 1.25 / 3, 2 / 3
    assert late.beta == pytest.approx(1 + 4 * bad / (4 + good + bad))
    assert late.alpha == pytest.approx(1 + 1.6 * good / (1.6 + good + bad))


def test_a_ceiling_is_for_each_counterparty() -> None:
    """Ten jobs of one partner count less than ten jobs of ten."""
    one = weigh([("a", typical(paid=1))] * 10).believed
    ten = weigh([(str(n), typical(paid=1)) for n in range(10)]).believed
    assert one.alpha == pytest.approx(1 + 1.6 * 10 / 11.6)
    assert ten.alpha == pytest.approx(1 + 10 * 1.6 / 2.6)
