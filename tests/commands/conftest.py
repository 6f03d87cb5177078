"""Commands, run as they are typed."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from ledger import cli, logs, supervisor
from ledger.config import Settings, variable
from tests.commands.typed import Ran, Run
from tests.service import free_port


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder, with these settings and no others."""
    monkeypatch.chdir(tmp_path)
    os.umask(0o077)  # as every command does: what a test makes beside them is nobody else's to read either
    for setting in fields(Settings):
        monkeypatch.delenv(variable(setting), raising=False)
    monkeypatch.setattr(logs, "configure", lambda _level: None)  # it would close pytest's own handlers

    def run(*arguments: object, **settings: object) -> Ran:
        for name, value in settings.items():
            monkeypatch.setenv(f"LEDGER_{name.upper()}", str(value))
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def supervised(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """What `serve` would have run, instead of running it."""
    given: list[Settings] = []

    def supervise(settings: Settings, _announce: str) -> int:
        given.append(settings)
        return 0

    monkeypatch.setattr(supervisor, "supervise", supervise)
    monkeypatch.setenv("LEDGER_PORT", str(free_port()))
    return given
