"""What is due by the periods of commercial law."""

from __future__ import annotations

import pytest

from tests.commands.typed import Run


def test_what_is_due_is_listed(run: Run, sqlite_url: str) -> None:
    """For each period, with what it is of; nothing else is done, and only when that is said."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    ran = run("retain", "--dry-run")
    assert ran.code == 0
    assert ran.out.count(" years: 0 events are due (") == 4
    with pytest.raises(SystemExit):
        run("retain")
