"""Decisions are written down in one form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_decisions_are_numbered_without_gaps() -> None:
    """A decision is never renumbered or removed; it is superseded."""
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_its_sections(path: Path) -> None:
    """A decision says where it stands, what it rests on, what was decided, and what follows, on one page."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Status", "Context", "Decision", "Consequences"]
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert len(text.splitlines()) <= 60
