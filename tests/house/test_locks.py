"""The locks hold what pyproject.toml asks for, and every hash of it."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SERVICE, TESTS, CLUSTER = "requirements.lock", "requirements-dev.lock", "requirements-ha.lock"
RULES = "requirements-semgrep.lock"


def locked(lock: str) -> dict[str, str]:
    """Each package of a lock, with its version, markers and hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.split("\n", 1)[1])
    return {re.split(r"[=\[ ]", entry)[0]: entry for entry in entries if entry.strip()}


def name(requirement: str) -> str:
    """The package that a line of pyproject.toml asks for."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", [SERVICE, TESTS, CLUSTER, RULES])
def test_every_package_is_pinned_with_hashes(lock: str) -> None:
    """Installed are exactly these files or nothing."""
    packages = locked(lock)
    assert len(packages) > 10
    assert [one for one, entry in packages.items() if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_locks_hold_what_the_project_asks_for() -> None:
    """A dependency is added together with its lock: `scripts/lock`."""
    wanted = {name(one) for one in PROJECT["project"]["dependencies"]}
    wanted_by_tests = {name(one) for one in PROJECT["dependency-groups"]["dev"]}
    assert wanted <= locked(SERVICE).keys()
    assert wanted | wanted_by_tests <= locked(TESTS).keys()
    for group, lock in (("ha", CLUSTER), ("semgrep", RULES)):
        assert {name(one) for one in PROJECT["dependency-groups"][group]} <= locked(lock).keys()


def test_the_service_knows_no_patroni() -> None:
    """It is software beside the ledger, not a part of it."""
    assert "patroni" not in locked(SERVICE) | locked(TESTS)


def test_tests_run_on_what_the_service_runs_on() -> None:
    """Every version that the service runs on is the one that was tested."""
    service, tests = locked(SERVICE), locked(TESTS)
    pin = re.compile(r"==([^\s;]+)")
    versions = {one: (pin.findall(entry), pin.findall(tests[one])) for one, entry in service.items()}
    assert [one for one, (served, tested) in versions.items() if served != tested] == []
