"""What one report says: a quality for each thing it speaks of, and exact evidence from it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.reports import evidence, qualities, total
from tests.projections.trust.hearsay import qualities_stated, strengths

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("source", "measures", "said"),
    [
        ("assessment", {"on_time": True}, {Dimension.ON_TIME: 1}),
        ("assessment", {"accepted": False, "paid_on_time": True}, {Dimension.ACCEPTED: 0, Dimension.PAID: 1}),
        ("assessment", {"rating": 1}, {Dimension.RATING: 0}),
        ("assessment", {"rating": 4}, {Dimension.RATING: Fraction(3, 4)}),
        ("assessment", {"rating": 5}, {Dimension.RATING: 1}),
        ("assessment", {}, {}),
        ("reference", {"days_beyond_terms": 0}, {Dimension.PAID: 1}),
        ("reference", {"days_beyond_terms": 15}, {Dimension.PAID: Fraction(3, 4)}),
        ("reference", {"days_beyond_terms": 60}, {Dimension.PAID: 0}),
        ("reference", {"days_beyond_terms": 400}, {Dimension.PAID: 0}),
        ("dispute", {}, {Dimension.DISPUTES: 0}),
    ],
)
def test_what_is_said_has_a_quality(source: str, measures: dict[str, Any], said: dict[Dimension, Any]) -> None:
    """Yes is 1 and no is 0; ratings and days beyond terms lie between, linear; a dispute is 0."""
    assert qualities(source, measures) == said


def test_a_report_is_divided_by_importance() -> None:
    """Payment weighs twice as much as punctuality, and bad evidence 1.25 times what good would."""
    said = {Dimension.ON_TIME: Fraction(0), Dimension.PAID: Fraction(1)}
    assert evidence(MILLION, said, withdrawn=False) == {
        Dimension.ON_TIME: (0, 333_333 * 5 // 4),
        Dimension.PAID: (666_666, 0),
    }
    rated = evidence(MILLION, {Dimension.RATING: Fraction(1, 4)}, withdrawn=False)
    assert rated == {Dimension.RATING: (250_000, 937_500)}


@given(strengths, qualities_stated)
def test_a_report_is_never_more_than_its_strength(strength: int, said: dict[Dimension, Fraction]) -> None:
    """Good and four fifths of bad together are its strength, but for less than a unit in each place."""
    good, bad = total(evidence(strength, said, withdrawn=False))
    assert strength - 4 * len(said) <= good + bad * 4 / 5 <= strength


@given(strengths, qualities_stated)
def test_a_withdrawn_report_keeps_its_bad_side(strength: int, said: dict[Dimension, Fraction]) -> None:
    """What a dispute withdraws is the good part alone."""
    whole, withdrawn = (evidence(strength, said, withdrawn=withdrawn) for withdrawn in (False, True))
    assert withdrawn == {dimension: (0, bad) for dimension, (_, bad) in whole.items()}


@given(strengths)
def test_a_report_that_says_nothing_is_no_evidence(strength: int) -> None:
    """Without measures there is nothing to divide."""
    assert evidence(strength, {}, withdrawn=False) == {}
