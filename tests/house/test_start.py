"""What takes long to load waits until it is needed: a service that was killed answers again soon."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"facturx", "lxml", "numpy", "pyhanko", "pypdf", "requests", "rustworkx", "scipy", "weasyprint", "xlsxwriter"}


def loaded(module: str) -> set[str]:
    """What a new process has loaded when it has imported this."""
    code = f"import sys, {module}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_a_web_process_starts_without_what_is_heavy() -> None:
    """pyproject.toml names the rooms that are loaded when somebody asks for them."""
    assert HEAVY & loaded("ledger.app") == set()


def test_worker_and_courier_start_without_a_web_application() -> None:
    """They answer nobody."""
    assert {"flask", "marshmallow", *HEAVY} & loaded("ledger.cli") == set()
