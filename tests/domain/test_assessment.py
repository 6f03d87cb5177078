"""Assessments: of another party, in the kind's measures."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.assessment import MOST_DEFECTS, read_assessment
from ledger.domain.errors import InvalidAssessment
from ledger.domain.kinds.catalogue import kind_named
from tests.domain.given import ALPHA, BETA, GOOD, STRANGER, refused


def read(kind: Any = "subcontract", **given: Any) -> Any:
    """Read what Alpha says."""
    return read_assessment(kind_named(kind), ALPHA, given, "/assessments/0", [ALPHA, BETA])


def test_an_assessment_says_who_of_whom() -> None:
    """What was given is kept with the firm that gave it."""
    assert read(**GOOD) == {"by": ALPHA, **GOOD}


def test_measures_that_were_not_given_are_absent() -> None:
    """Silence is no mark, neither good nor bad."""
    assert read(about=BETA, on_time=False, accepted=None, comment="") == {
        "by": ALPHA,
        "about": BETA,
        "on_time": False,
    }


def test_a_comment_may_be_added() -> None:
    """Beside the measures there is room for a sentence."""
    assert read(**GOOD, comment="Quick and clean.")["comment"] == "Quick and clean."


@pytest.mark.parametrize("about", [ALPHA, STRANGER, None])
def test_only_another_party_is_assessed(about: object) -> None:
    """Praise of oneself and news of outsiders are refused."""
    with refused(InvalidAssessment, pointer="/assessments/0/about"):
        read(about=about, on_time=True)


def test_an_empty_assessment_is_refused() -> None:
    """At least one measure is given."""
    with refused(InvalidAssessment, pointer="/assessments/0"):
        read(about=BETA, comment="Well done.")


@pytest.mark.parametrize(
    ("measure", "value"), [("defects", -1), ("defects", MOST_DEFECTS + 1), ("rating", 0), ("rating", 6)]
)
def test_numbers_keep_within_their_scale(measure: str, value: int) -> None:
    """Ratings go from 1 to 5; defects are counted."""
    with refused(InvalidAssessment, pointer=f"/assessments/0/{measure}"):
        read(about=BETA, **{measure: value})


def test_a_kind_refuses_measures_that_are_not_its_own() -> None:
    """A visit has no defects."""
    with refused(InvalidAssessment, pointer="/assessments/0/defects"):
        read("exchange_visit", about=BETA, defects=0)


def test_a_kind_without_measures_takes_no_assessment() -> None:
    """A credit reference is itself a judgement."""
    with refused(InvalidAssessment, pointer="/assessments/0/rating"):
        read("credit_reference", about=BETA, rating=5)


def test_all_faults_are_reported_at_once() -> None:
    """Whoever fills a form mends everything in one go."""
    with pytest.raises(InvalidAssessment) as raised:
        read(about=ALPHA, defects=-1, rating=9)
    assert len(raised.value.faults) == 3
