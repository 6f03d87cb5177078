"""The section of the pages measures pages that there are, as somebody who may open them."""

from __future__ import annotations

from scripts.benchmarks.pages.seen import SLOW_LINE
from scripts.benchmarks.pages.served import HEAVY, KEPT, Times, rows
from tests.dashboards.access_table import TABLE


def test_every_measured_page_is_one_that_its_reader_may_open() -> None:
    """By the access table."""
    measured = {*HEAVY, *KEPT, *((seen.role or "nobody", seen.rule) for seen in SLOW_LINE)}
    for role, path in measured:
        rule = path.replace("/reports/2025", "/reports/<int:year>")
        assert role in TABLE[f"GET {rule}"]


def test_a_page_stands_beside_its_peer() -> None:
    """Wall and processor time, half and all but one in twenty, in milliseconds."""
    ours: Times = [(0.004, 0.002), (0.004, 0.002)]
    found = rows("page", ours, [(0.002, 0.001), (0.002, 0.001)])
    assert set(found) == {"page, p50", "page, p95", "page, processor, p50", "page, processor, p95"}
    assert {round(row.value, 3) for row in found.values()} == {4.0, 2.0}
    assert {round(ratio, 3) for row in found.values() for ratio in row.ratio.values()} == {2.0}
