"""What is due by the periods of commercial law, and whom that erases."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.config import Settings
from tests.api.callers import Clock
from tests.api.world import founded
from tests.commands.typed import Run


def left(url: str) -> str:
    """A ledger of long ago, in which one firm has left; its id."""
    clock = Clock()
    clock.now = datetime(2012, 3, 2, tzinfo=UTC)
    world = founded(Settings(database_url=url, freshness_seconds=0), clock)
    keys = world.operator.read("/keys")["items"]
    (its,) = [item["id"] for item in keys if item["subject"] == world.alpha.id]
    world.operator.send("DELETE", f"/keys/{its}")
    world.house.close()
    return world.alpha.id


def test_what_is_due_is_listed(run: Run, sqlite_url: str) -> None:
    """For each period, with what it is of; nothing is erased where nobody has left."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    for options in (["--dry-run"], [], ["--yes"]):
        ran = run("retain", *options)
        assert ran.code == 0
        assert ran.out.count(" years: 0 events are due (") == 4
        assert ran.out.endswith("No firm is to be erased.\n")


def test_who_left_long_ago_is_erased(run: Run, database_url: str, tmp_path: Path) -> None:
    """After it was listed, and only this one; the certificate's position is told, and no name is left to read."""
    firm = left(database_url)
    listed = run("retain", "--dry-run", database_url=database_url)
    assert (listed.code, f"  {firm}  Example alpha, last on 2012-03-02\n" in listed.out) == (0, True)
    assert run("retain", "--yes", "--keep", firm).out.endswith("No firm is to be erased.\n")
    ran = run("retain", "--yes")
    assert ran.code == 0
    assert f"{firm} is erased, certified at position " in ran.out
    again = run("retain", "--yes")
    assert "Example alpha" not in again.out
    assert again.out.endswith("No firm is to be erased.\n")
    assert not any(b"Example alpha" in file.read_bytes() for file in tmp_path.rglob("*.db*"))


@pytest.mark.parametrize(("typed", "code"), [("", 1), ("yes\n", 1), ("erase\n", 0)])
def test_it_asks_before_it_erases(
    run: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    """Only the word that it names is a yes; where nobody can be asked it does nothing."""
    firm = left(sqlite_url)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = run("retain", database_url=sqlite_url)
    assert ran.code == code
    assert (f"{firm} is erased" in ran.out) == (code == 0)
    assert ("Nothing was erased.\n" in ran.out) == (code == 1)
