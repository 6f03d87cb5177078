"""The repository is the same on every machine."""

from __future__ import annotations

import os
import re

from tests.house.tree import ROOT, texts

ELSEWHERE = {
    "a package index": re.compile(r"pypi\.org|pythonhosted\.org|--(?:extra-)?index-url|--find[-]links"),
    "a folder of one machine": re.compile(r"(?<![\w.\-/])/(?:work|root|home|opt|Users)/"),
}
COMMANDS = ["scripts/environment", "scripts/lock", "scripts/semgrep", "scripts/serve", "scripts/test", ".ci/run"]


def test_no_file_names_an_index_or_a_machine() -> None:
    """A clone takes its packages from wherever its machine is told to, and stands in any folder."""
    found = [
        f"{path.relative_to(ROOT)}:{number} names {what}: {line.strip()[:80]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in ELSEWHERE.items()
        if pattern.search(line)
    ]
    assert found == []


def test_commands_can_be_started() -> None:
    """Every command of the checkout is executable and says how to run it on its first line."""
    for command in COMMANDS:
        path = ROOT / command
        assert os.access(path, os.X_OK), f"{command} is not executable"
        assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env "), command
