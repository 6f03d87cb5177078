"""What an operator is given for a machine of their own says the same as the rest of the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.config import Settings
from tests.house.tree import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
PROCESSES = {"release": "migrate", "web": "web", "worker": "worker", "courier": "courier"}


@pytest.mark.parametrize("process", PROCESSES)
def test_units_run_what_the_procfile_names(process: str) -> None:
    """Each process of the Procfile has a unit with the same command."""
    commands = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())
    unit = (ROOT / "deploy" / "systemd" / f"ledger-{PROCESSES[process]}.service").read_text(encoding="utf-8")
    assert f"ExecStart=/srv/ledger/.venv/bin/{commands[process]}\n" in unit


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_run_as_nobody_special(unit: Path) -> None:
    """With a user of their own, and what they write readable for it alone."""
    text = unit.read_text(encoding="utf-8")
    for line in ("User=ledger", "UMask=0077", "NoNewPrivileges=yes"):
        assert f"\n{line}\n" in text


def test_the_proxy_allows_what_the_ledger_allows() -> None:
    """The largest document, and a live stream to its end."""
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    settings = Settings()
    assert f"client_max_body_size {settings.document_limit // 1_000_000}m;" in site
    assert max(int(seconds) for seconds in re.findall(r"proxy_read_timeout (\d+)s", site)) > settings.stream_seconds
