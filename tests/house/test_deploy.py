"""What an operator is given for a machine of their own says the same as the rest of the repository."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pytest

from ledger.config import Settings
from ledger.store.postgresql_connection import wait_for_host
from tests.house.tree import ROOT, named_in

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
HA = ROOT / "deploy" / "ha"
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


def test_the_cluster_is_told_the_address_that_the_ledger_understands() -> None:
    """Three hosts, of which the client finds the one that takes writes."""
    (line,) = re.findall(r"^LEDGER_DATABASE_URL=(.+)$", (HA / "ledger.env").read_text(encoding="utf-8"), re.MULTILINE)
    names = {"LEDGER_PASSWORD": "secret", "NODE1": "192.0.2.1", "NODE2": "192.0.2.2", "NODE3": "192.0.2.3"}
    url = Settings(database_url=Template(line).substitute(names)).database_url
    assert wait_for_host(url) == 6


def test_the_cluster_acknowledges_nothing_that_one_disk_alone_holds() -> None:
    """Each of these lines is one that events were lost without."""
    text = (HA / "patroni.yml").read_text(encoding="utf-8")
    for line in ("synchronous_mode: quorum", "synchronous_mode_strict: true", 'synchronous_commit: "on"'):
        assert re.search(rf"^ +{re.escape(line)}$", text, re.MULTILINE)


def test_what_is_filled_in_is_explained() -> None:
    """docs/high-availability.md names every gap in the cluster's files."""
    gaps = {gap for file in HA.iterdir() for gap in re.findall(r"\$\{([A-Z0-9_]+)\}", file.read_text(encoding="utf-8"))}
    assert gaps - named_in("high-availability.md") == set()
