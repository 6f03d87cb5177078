"""The repository as a reader finds it: its root, its texts, its documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What tools, running ledgers and virtual environments leave behind is no part of the repository.
LEFT_BEHIND = re.compile(
    r"^(\.git|\.venv\S*|var|build|dist|htmlcov|__pycache__|\.\w+_cache|\.hypothesis|\S+\.egg-info)$"
)


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the repository, with what it says."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(LEFT_BEHIND.match(part) for part in parts):
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def named_in(document: str) -> set[str]:
    """What a document of docs/ sets in code type."""
    return set(re.findall(r"`([^`\n]+)`", (ROOT / "docs" / document).read_text(encoding="utf-8")))
