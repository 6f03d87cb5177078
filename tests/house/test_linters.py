"""What reads the code for weaknesses is called with everything else, and whoever knows better says why."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT

# The reason stands at the end, behind whatever the other linters are told on the same line.
EXCEPTION = re.compile(r"# (?:nosec|nosemgrep)\b")
REASON = re.compile(r"# (?:(?:nosec B\d+ # )(?:noqa: [A-Z0-9, ]+ - )?|nosemgrep: [a-z-]+ - )\w+")


@pytest.mark.parametrize("linter", ["ruff check", "ruff format", "mypy --strict", "floors", "bandit", "semgrep"])
def test_every_linter_is_called(linter: str) -> None:
    """`scripts/test`, which CI runs, calls it and remembers its failure."""
    assert f'\ncheck "{linter}" ' in (ROOT / "scripts" / "test").read_text(encoding="utf-8")


def test_every_exception_names_its_rule_and_its_reason() -> None:
    """No line is excepted from everything, and none in silence."""
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for folder in ("ledger", "scripts")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if EXCEPTION.search(line)
    ]
    assert len(lines) > 10
    assert [line for line in lines if not REASON.search(line)] == []
