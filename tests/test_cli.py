"""The program itself."""

from __future__ import annotations

import subprocess
import sys

from tests.service import ROOT


def test_help_lists_the_commands() -> None:
    """`ledger --help` says what each command does."""
    command = [sys.executable, "-m", "ledger.cli", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    for name in ("serve", "demo", "follow", "migrate", "rebuild", "verify", "prove", "doctor", "keys", "import"):
        assert f"    {name} " in shown or f"    {name}\n" in shown
