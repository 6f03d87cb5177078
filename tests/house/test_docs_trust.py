"""docs/trust.md: its parameters are the method's, and its worked example is worked out here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ledger.domain.money import Money
from ledger.projections.trust import parameters
from ledger.projections.trust.explanation import CONFIDENCE, GRADES, Basis, explain
from ledger.projections.trust.posterior import Posterior, Score, by_counterparty, score, together, under_ceiling
from ledger.projections.trust.reports import Evidence, evidence, qualities
from ledger.projections.trust.strength import ONE, job_weight, strength, worth
from tests.house.tree import ROOT

TEXT = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
TODAY = date(2026, 7, 1)
BELIEVED = {"Adler": 0.62, "Brandt": 0.55, "Carlsen": 0.48}
PRAISE = {"on_time": True, "accepted": True, "rating": 5}
# Who reports, the job's value, whether a document backs it, when it was completed, what is said of the firm.
JOBS: tuple[tuple[str, int, bool, date, dict[str, Any]], ...] = (
    ("Adler", 48_200, True, date(2026, 4, 2), PRAISE),
    ("Brandt", 20_000, False, date(2025, 7, 1), {"on_time": True, "accepted": True}),
    ("Brandt", 60_000, False, date(2024, 7, 1), {"on_time": False, "accepted": True}),
    ("Carlsen", 100_000, True, date(2026, 1, 15), {"paid_on_time": True, "rating": 4}),
    *(("Dahl", 48_000, False, date(2026, month, 1), PRAISE) for month in (3, 4, 5)),
)
WRITTEN = {
    "IMPORTANCE": "35, 35, 70, 30, 100",
    "PER_EURO": "EUR 1, DKK 7.46, BGN 1.95583",
    "BAD_SIDE": "5/4",
}


@pytest.fixture(scope="module")
def reports() -> list[tuple[str, Evidence]]:
    """What the partners of the example say."""
    return [
        (by, evidence(strength(weight(value, backed), on), qualities("assessment", said), withdrawn=False))
        for by, value, backed, on, said in JOBS
    ]


@pytest.fixture(scope="module")
def example(reports: list[tuple[str, Evidence]]) -> Score:
    """The score of the example."""
    return score(reports, worth(TODAY), BELIEVED)


def weight(value: int, backed: bool) -> int:
    """Return a job's weight."""
    return job_weight(Money(Decimal(value), "EUR"), backed=backed)


def amounts(found: Posterior) -> tuple[float, float]:
    """Return good and bad evidence."""
    return found.alpha - 1, found.beta - 1


def test_every_parameter_is_documented() -> None:
    """A constant and its value stand in one row; the lists are written for people."""
    constants = {name: value for name, value in vars(parameters).items() if name.isupper() and name != "METHOD"}
    rows = {name: f"| `{name}` | {WRITTEN.get(name, str(value))} |" for name, value in constants.items()}
    assert [row for row in rows.values() if row not in TEXT] == []
    written = [f"{currency} {units}" for currency, units in parameters.PER_EURO.items()]
    assert ", ".join(written) == WRITTEN["PER_EURO"]
    assert ", ".join(map(str, parameters.IMPORTANCE.values())) == WRITTEN["IMPORTANCE"]
    assert f"`{parameters.METHOD}`" in TEXT


def test_grades_and_confidence_are_documented() -> None:
    """Each bound stands in the tables."""
    assert [f"| {name} | from {bound:.0f} |" in TEXT for bound, name in GRADES[:-1]] == [True] * 3
    rows = [f"| {letter} | at least {least:.0f} | at least {firms} |" for least, firms, letter in CONFIDENCE]
    assert [row for row in rows if row not in TEXT] == []


def test_jobs_of_the_example_weigh_what_is_said() -> None:
    """Weights, rounded as they are written."""
    for by, value, backed, _, _ in JOBS:
        row = next(line for line in TEXT.splitlines() if line.startswith(f"| {by} |") and f"{value:,} EUR" in line)
        assert f"| {weight(value, backed) / ONE:.3f} |" in row


def test_partners_of_the_example_say_what_is_said(reports: list[tuple[str, Evidence]]) -> None:
    """All of it, under the ceilings, and as far as each is believed."""
    heard = by_counterparty(reports, worth(TODAY))
    assert [row for row in _rows(heard) if row not in TEXT] == []


def _rows(heard: dict[str, Posterior]) -> Iterator[str]:
    for by, said in heard.items():
        limited = under_ceiling(said)
        steps = (said, limited, together({by: limited}, BELIEVED))
        yield f"| {by} | " + " | ".join("{:.3f} good, {:.3f} bad".format(*amounts(step)) for step in steps) + " |"


def test_score_of_the_example_is_what_is_said(reports: list[tuple[str, Evidence]], example: Score) -> None:
    """The sums, the score with interval, grade and confidence, waterfall, factors and advice."""
    told = explain(Basis("x", len(BELIEVED) + 1, len(BELIEVED), example, [found for _, found in reports], {}))
    words = " ".join(TEXT.split())
    good, bad = amounts(example.believed)
    low, high = told["interval"]["low"], told["interval"]["high"]
    assert f"A = {good:.3f} good, B = {bad:.3f} bad" in words
    assert (
        f"**{told['score']:.2f}**: grade {told['grade']}, interval {low}–{high}, confidence {told['confidence']}"
        in words
    )
    assert "| | " + " | ".join(f"{step['score']:.2f}" for step in told["waterfall"]) + " |" in TEXT
    points = [f"{factor['points']:+.2f}" for factor in told["factors"][1:]]
    assert f"| Points | 50.00 | {' | '.join(points)} | {told['score']:.2f} |" in TEXT
    assert f"“{told['factors'][1]['would_change']}”" in words


def test_numbers_for_firms_are_those_of_the_method() -> None:
    """The limit of a single partner, and what jobs weigh."""
    assert f"{100 * (parameters.GOOD_CEILING + 1) / (parameters.GOOD_CEILING + 2):.1f}" in TEXT
    typical = 100 * 10 ** (4 * float(parameters.TYPICAL))
    assert f"{round(typical, -2):,.0f} euro counts one" in TEXT
    for value, said in ((1_000, "1,000 euro 0.43"), (1_000_000, "or more 1.72")):
        assert said.endswith(f"{weight(value, False) / ONE:.2f}")
        assert said in TEXT
    assert f"such as a training or a visit, {job_weight(None, backed=False) / ONE:.2f}." in " ".join(TEXT.split())
