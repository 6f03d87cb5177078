"""A score in words: confidence, grade, interval, and why there may be none."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ledger.projections.trust.explanation import Basis, confidence, explain
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.posterior import Posterior, Score
from tests.projections.trust.hearsay import Heard, typical, weigh


def explained(heard: Heard, counterparties: int = 5, credibility: dict[str, float] | None = None) -> dict[str, Any]:
    """What is shown for these reports."""
    return explain(
        Basis("x", counterparties, counterparties, weigh(heard, credibility), [evidence for _, evidence in heard], {})
    )


def reports(*paid: float) -> Heard:
    """One report of three typical jobs from each of so many counterparties."""
    return [(str(n), typical(times=3, paid=how_good)) for n, how_good in enumerate(paid)]


@pytest.mark.parametrize(
    ("evidence", "raters", "sure"),
    [
        (6.0, 5, "A"),
        (5.99, 5, "B"),
        (6.0, 4, "B"),
        (3.0, 3, "B"),
        (2.99, 3, "C"),
        (3.0, 2, "C"),
        (1.0, 2, "C"),
        (0.99, 9, "D"),
        (9.0, 1, "D"),
    ],
)
def test_confidence_needs_evidence_and_raters(evidence: float, raters: int, sure: str) -> None:
    """A and B need both: much that is believed, from several firms that are."""
    assert confidence(evidence, raters) == sure


def test_raters_that_are_not_believed_add_no_confidence() -> None:
    """However many counterparties there are: two that are believed are two."""
    answer = explained(reports(1, 1, 1, 1, 1), credibility={"0": 1.0, "1": 1.0, "2": 0.0})
    assert answer["confidence"] == "C"
    assert explained(reports(1, 1, 1, 1, 1), credibility={"0": 1.0})["sufficient"] is False


@pytest.mark.parametrize(
    ("paid", "grade", "sure"),
    [
        ((1, 1, 1, 1), "strong", "B"),
        ((1, 1, 0.5), "good", "B"),
        ((1, 1, 0), "fair", "B"),
        ((0, 0, 0), "weak", "B"),
        ((1, 1, 1, 1, 1, 1), "strong", "A"),
    ],
)
def test_grades(paid: tuple[float, ...], grade: str, sure: str) -> None:
    """The grade follows the score; confidence says how much stands behind it, good or bad."""
    answer = explained(reports(*paid))
    assert (answer["grade"], answer["confidence"]) == (grade, sure)


@pytest.mark.parametrize(
    ("score", "grade"), [(75, "strong"), (74.99, "good"), (60, "good"), (45, "fair"), (44.99, "weak")]
)
def test_grades_begin_at_their_limits(score: float, grade: str) -> None:
    """75 is strong already, 60 good, 45 fair."""
    nothing = dict.fromkeys(Dimension, 0.0)
    alpha, beta = score * 8 / 100, 8 - score * 8 / 100
    found = Posterior({**nothing, Dimension.PAID: alpha - 1}, {**nothing, Dimension.PAID: beta - 1})
    assert explain(Basis("x", 5, 5, Score(found, found, found, 5), [], {}))["grade"] == grade


def test_the_interval_is_rounded_outwards() -> None:
    """It holds at least 80 % of the posterior, in whole points around the score."""
    answer, found = explained(reports(1, 1, 1)), weigh(reports(1, 1, 1)).believed
    low, high = found.interval(0.8)
    assert answer["interval"] == {"level": 0.8, "low": math.floor(low), "high": math.ceil(high)}
    assert answer["interval"]["low"] <= low < answer["score"] < high <= answer["interval"]["high"]


def test_the_base_is_the_same_for_everybody() -> None:
    """Every firm begins at 50, and no report moves that."""
    base = explained(reports(1, 1, 1))["factors"][0]
    assert (base["code"], base["points"]) == ("base", 50)
    assert base["because"] == {"good": 1, "bad": 1, "reports": 0}


def test_the_waterfall_shows_each_step() -> None:
    """The plain reading, after each counterparty's ceiling, after its credibility."""
    answer = explained(reports(1, 1, 1), credibility={"0": 0.5, "1": 0.5, "2": 0.5})
    plain, limited = 3 * 3, 3 * 1.6 * 3 / 4.6
    assert [(step["code"], step["score"]) for step in answer["waterfall"]] == [
        ("plain", pytest.approx(100 * (plain + 1) / (plain + 2))),
        ("ceilings", pytest.approx(100 * (limited + 1) / (limited + 2))),
        ("credibility", pytest.approx(100 * (limited / 2 + 1) / (limited / 2 + 2))),
    ]


def test_the_reason_names_the_numbers() -> None:
    """Too few counterparties are explained in one sentence."""
    assert explained(reports(1, 1, 1), 1)["reason"] == (
        "1 independent counterparty has confirmed joint work with this firm; a score needs at least 3."
    )
    assert explained(reports(1, 1, 1), 2)["reason"].startswith("2 independent counterparties have confirmed")
    assert explained([], 0)["reason"].startswith("0 independent counterparties have confirmed")


def test_counterparties_that_nobody_knows_are_not_independent() -> None:
    """Three have confirmed joint work, and two of them are believed: much that these say is no score yet."""
    heard = reports(1, 1)
    answer = explain(Basis("x", 3, 2, weigh(heard), [evidence for _, evidence in heard], {}))
    assert (answer["score"], answer["sufficient"]) == (None, False)
    assert "hardly connected" in answer["reason"]


def test_the_reason_tells_too_little_said_from_too_little_believed() -> None:
    """Both are no score: facts only, confidence D."""
    silent, doubted = explained([], 3), explained(reports(1, 1, 1), 3, {})
    unknown = explain(Basis("x", 3, 0, weigh(reports(1, 1, 1), {}), [], {}))
    assert "said too little" in silent["reason"]
    assert "as much as 0.00 typical jobs" in doubted["reason"]
    assert "hardly connected" in unknown["reason"]
    for answer in (silent, doubted, unknown):
        assert (answer["score"], answer["interval"], answer["grade"]) == (None, None, None)
        assert (answer["factors"], answer["waterfall"], answer["sufficient"]) == ([], [], False)
        assert answer["confidence"] == "D"
    codes = [answer["missing"]["code"] for answer in (silent, doubted, unknown)]
    assert codes == ["said", "believed", "believed_partners"]


def test_the_reason_and_what_would_change_it_are_told_in_figures_too() -> None:
    """So that somebody can say them in another language."""
    assert explained(reports(1, 1, 1), 2)["missing"] == {"code": "partners", "have": 2, "need": 3}
    answer = explained(reports(1, 1, 1), 3)
    assert answer["missing"] is None
    for factor in answer["factors"]:
        named = [change for change in factor["change"].values() if change is not None]
        assert [f"{abs(points):.1f} points" in factor["would_change"] for points in named] == [True] * len(named)
