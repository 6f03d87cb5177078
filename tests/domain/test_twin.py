"""Which two records are probably of one job: the rule, and what does not meet it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from ledger.domain.twin import Entry, are_twins

ACME, BETA, GAMMA = UUID(int=1), UUID(int=2), UUID(int=3)
MARCH, SPRING = (date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 3, 31), date(2026, 5, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))
BOTH = frozenset({ACME, BETA})
THEIRS = Entry("subcontract", BETA, BOTH, frozenset({"a"}), MARCH)
OURS = Entry("subcontract", ACME, BOTH, frozenset({"b"}), SPRING)


def test_one_common_day_is_enough() -> None:
    """And it makes no difference which of the two is asked about."""
    assert are_twins(THEIRS, OURS)
    assert are_twins(OURS, THEIRS)


@pytest.mark.parametrize("days", [None, APRIL])
def test_one_common_document_is_enough(days: Any) -> None:
    """Whatever the days are."""
    assert not are_twins(THEIRS, replace(OURS, days=days))
    assert are_twins(THEIRS, replace(OURS, days=days, documents=frozenset({"a", "c"})))


def test_different_orders_are_different_jobs_on_the_same_days() -> None:
    """Unless they share a document; one that states no number may be the same."""
    ours = replace(OURS, order="B-2")
    assert not are_twins(replace(THEIRS, order="B-1"), ours)
    assert are_twins(replace(THEIRS, order="B-2"), ours)
    assert are_twins(THEIRS, ours)
    assert are_twins(replace(THEIRS, order="B-1"), replace(ours, documents=THEIRS.documents))


@pytest.mark.parametrize(
    "other",
    [
        replace(OURS, kind="joint_order"),
        replace(OURS, proposed_by=BETA),
        replace(OURS, firms=frozenset({ACME, GAMMA})),
        replace(OURS, days=None),
    ],
)
def test_another_kind_the_same_hand_or_another_partner_makes_no_twin(other: Entry) -> None:
    """Nor do two records of which one states no day and no common document."""
    assert not are_twins(THEIRS, other)
    assert not are_twins(other, THEIRS)
