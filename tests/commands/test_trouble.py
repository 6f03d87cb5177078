"""What a command says when it cannot do what it was asked."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from ledger.commands import tables
from tests.commands.typed import Ran, Run


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        (["doctor"], {"port": "eighty"}, "LEDGER_PORT is 'eighty'"),
        (["migrate"], {"database_url": "mysql://db/ledger"}, "LEDGER_DATABASE_URL is 'mysql://db/ledger'"),
        (["serve", "--port", "70000"], {}, "LEDGER_PORT is '70000'; it should be a number from 1 to 65535"),
        (["serve", "--database-url", "ledger.db"], {}, "LEDGER_DATABASE_URL is 'ledger.db'"),
    ],
)
def test_a_wrong_setting_is_named(run: Run, arguments: list[str], settings: dict[str, str], named: str) -> None:
    """A setting that makes no sense ends a command with 2, whether it was typed or stands in the environment."""
    ran = run(*arguments, **settings)
    assert ran.code == 2
    assert ran.err.startswith(f"ledger: {named}")


def test_a_folder_that_cannot_be_made_is_named(run: Run, tmp_path: Path) -> None:
    """Trouble with files is told in one line."""
    (tmp_path / "taken").touch()
    ran = run("serve", "--data", "taken")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "taken" in ran.err


def test_a_port_that_is_taken_is_named(run: Run, tmp_path: Path) -> None:
    """A second start on one port ends before it touches the data."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ran = run("serve", "--data", "here", "--port", port)
    assert ran.code == 2
    assert f"127.0.0.1 port {port}" in ran.err
    assert list((tmp_path / "here").iterdir()) == []


def test_an_interruption_shows_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of a command ends it quietly."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tables, "build", interrupted)
    assert run("migrate") == Ran(130, "", "")
