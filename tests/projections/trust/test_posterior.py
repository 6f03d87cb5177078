"""The score's mathematics, for any reports."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.money import Money
from ledger.projections.trust.explanation import decline, explain
from ledger.projections.trust.posterior import (
    TYPICAL,
    Dimension,
    Report,
    job_weight,
    posterior,
    reference_weight,
)

NEWCOMERS_CEILING = 100 * (1.6 + 1) / (1.6 + 2)

assessments = st.dictionaries(
    st.sampled_from([Dimension.ON_TIME, Dimension.ACCEPTED, Dimension.PAID, Dimension.RATING]),
    st.floats(0, 1),
    min_size=1,
)
weights = st.floats(0.05 / TYPICAL, 1 / TYPICAL)
reports = st.builds(
    Report,
    by=st.sampled_from(["a", "b", "c", "d"]),
    weight=weights,
    age=st.integers(0, 20_000),
    said=st.one_of(assessments, st.just({Dimension.DISPUTES: 0.0})),
    withdrawn=st.booleans(),
)
heard = st.lists(reports, max_size=30)


@given(heard)
def test_factors_add_up_to_the_score(heard: list[Report]) -> None:
    """The base and all factors together are the score."""
    found = posterior(heard)
    explained = explain("x", found, heard, {})
    assert abs(sum(factor["points"] for factor in explained["factors"]) - explained["score"]) < 1e-9


@given(heard)
def test_a_score_stays_between_0_and_100(heard: list[Report]) -> None:
    """The score and its interval lie between 0 and 100, the score inside the interval's span of the scale."""
    explained = explain("x", posterior(heard), heard, {})
    interval = explained["interval"]
    assert 0 <= explained["score"] <= 100
    assert 0 <= interval["low"] < interval["high"] <= 100


@given(heard, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(heard: list[Report], chance: random.Random) -> None:
    """Any order of the same reports gives the same bits."""
    shuffled = chance.sample(heard, len(heard))
    assert posterior(shuffled) == posterior(heard)


@given(st.lists(weights, min_size=1, max_size=200), assessments)
def test_one_partner_does_not_carry_a_newcomer(given_weights: list[float], said: dict[Dimension, float]) -> None:
    """Any number of perfect reports of one partner keeps a newcomer at or below 72.2."""
    perfect = [Report("a", weight, 0, dict.fromkeys(said, 1.0)) for weight in given_weights]
    assert 50 < posterior(perfect).score <= NEWCOMERS_CEILING


@given(heard, st.sampled_from(["a", "b", "e"]), weights)
def test_a_perfect_report_never_lowers_and_a_dispute_never_raises(heard: list[Report], by: str, weight: float) -> None:
    """One more perfect report leaves the score at least where it was, one more dispute at most."""
    before = posterior(heard).score
    perfect = Report(by, weight, 0, {Dimension.RATING: 1.0})
    contested = Report(by, weight, 0, {Dimension.DISPUTES: 0.0})
    assert posterior([*heard, perfect]).score >= before - 1e-9
    assert posterior([*heard, contested]).score <= before + 1e-9


@given(heard)
def test_without_news_the_score_drifts_to_50(heard: list[Report]) -> None:
    """Old reports are forgotten: after long enough everybody stands at 50 again."""
    old = [Report(one.by, one.weight, 1_000_000, one.said, withdrawn=one.withdrawn) for one in heard]
    assert math.isclose(posterior(old).score, 50)


def test_a_newcomer_stands_at_50() -> None:
    """Without reports the posterior is the prior: one good, one bad."""
    found = posterior([])
    assert (found.alpha, found.beta, found.score) == (1, 1, 50)


def test_the_formula_by_hand() -> None:
    """A typical job, on time and accepted, four years old: half a good report, under its ceiling."""
    found = posterior([Report("a", 1.0, 1460, {Dimension.ON_TIME: 1.0, Dimension.ACCEPTED: 1.0})])
    assert found.alpha == pytest.approx(1 + 1.6 * 0.5 / 2.1)
    assert found.beta == 1
    late = posterior([Report("a", 1.0, 0, {Dimension.ON_TIME: 0.0, Dimension.PAID: 1.0})])
    bad, good = 1.25 / 3, 2 / 3
    assert late.beta == pytest.approx(1 + 4 * bad / (4 + good + bad))
    assert late.alpha == pytest.approx(1 + 1.6 * good / (1.6 + good + bad))


def test_a_withdrawn_report_keeps_its_bad_side() -> None:
    """What a dispute withdraws is the good part alone."""
    said = {Dimension.ON_TIME: 1.0, Dimension.ACCEPTED: 0.0}
    found = posterior([Report("a", 1.0, 0, said, withdrawn=True)])
    assert found.alpha == 1
    assert found.beta > 1


@pytest.mark.parametrize(
    ("amount", "currency", "backed", "raw"),
    [
        ("1000000.00", "EUR", False, 1.0),
        ("1000000.00", "EUR", True, 1.0),
        ("10000.00", "EUR", False, 0.5),
        ("10000.00", "EUR", True, 0.675),
        ("74600.00", "DKK", False, 0.5),
        ("100.00", "EUR", False, 0.05),
        ("0.00", "EUR", False, 0.05),
        ("10000.00", "SEK", False, 0.05),
    ],
)
def test_a_jobs_weight_follows_its_value(amount: str, currency: str, backed: bool, raw: float) -> None:
    """Weights grow with the logarithm of the value; a currency without a fixed rate counts as the smallest job."""
    assert job_weight(Money(Decimal(amount), currency), backed=backed) == pytest.approx(raw / TYPICAL)


def test_jobs_without_a_value_weigh_least() -> None:
    """A visit weighs as the smallest job, a credit reference as a typical one with a document."""
    assert job_weight(None, backed=False) == pytest.approx(0.05 / TYPICAL)
    assert reference_weight() == pytest.approx(1.35)


@pytest.mark.parametrize(
    ("reports", "grade"),
    [([], "fair"), ([1.0, 1.0, 1.0, 1.0], "strong"), ([1.0, 1.0], "good"), ([0.0, 0.0], "weak")],
)
def test_grades(reports: list[float], grade: str) -> None:
    """The grade follows the score."""
    heard = [Report(str(n), 1.0, 0, {Dimension.PAID: quality}) for n, quality in enumerate(reports)]
    assert explain("x", posterior(heard), heard, {})["grade"] == grade


def test_the_reason_names_the_numbers() -> None:
    """Too little evidence is explained in one sentence."""
    assert decline(1)["reason"] == (
        "1 independent counterparty has confirmed joint work with this firm; a score needs at least 3."
    )
    assert decline(2)["reason"].startswith("2 independent counterparties have confirmed")
