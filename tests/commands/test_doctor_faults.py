"""What the doctor says of each fault, done for real: what is wrong in one line, and what to do in another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.commands import examination, findings
from tests.commands.typed import Ran, Run
from tests.faults import damage
from tests.house.tree import ROOT


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here gets better by waiting."""
    monkeypatch.setattr(examination, "MOVING", 0.1)
    monkeypatch.setattr(findings, "WAIT", 0.1)
    monkeypatch.setattr(findings, "LITTLE", 0)


@pytest.fixture
def well(run: Run, sqlite_url: str) -> None:
    """A ledger in which nothing is wrong."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    run("rebuild")
    assert run("doctor").code == 0


def found(ran: Ran, what: str, do: str) -> None:
    """Require that exactly this was found."""
    lines = [line for line in ran.out.splitlines() if line.startswith(("WRONG", "   DO"))]
    assert ran.code == 1
    assert len(lines) == 2, lines
    assert what in lines[0]
    assert do in lines[1]


def test_no_tables(run: Run, database_url: str) -> None:
    """On a new ledger, or where the setting leads elsewhere; nothing is made by looking."""
    for _ in range(2):
        ran = run("doctor", database_url=database_url)
        assert ran.code == 1
        assert "There is no " in ran.out or "tables are missing" in ran.out
        assert "`ledger migrate`" in ran.out


def test_a_server_that_cannot_be_reached(run: Run) -> None:
    """The setting that leads there is named."""
    ran = run("doctor", database_url="postgresql://nobody@127.0.0.1:1/ledger")
    assert ran.code == 1
    assert "WRONG  The log or its keys do not answer: " in ran.out
    assert "   DO  Is the server running, and does LEDGER_DATABASE_URL" in ran.out


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize(
    ("name", "offset", "do"),
    [
        ("ledger.db", 0, "put back a backup"),
        ("ledger.db", 4096, "put back a backup"),
        ("ledger-views.db", 0, "`ledger rebuild`"),
        ("ledger-views.db", 4096, "`ledger rebuild`"),
        ("ledger-keys.db", 0, "put them back from their backup"),
        ("ledger-sessions.db", 0, "`ledger migrate`"),
    ],
)
def test_a_damaged_file(run: Run, tmp_path: Path, name: str, offset: int, do: str) -> None:
    """Its header destroyed or bytes overwritten in the middle: what to do depends on what it holds."""
    with damage.overwritten(tmp_path / name, offset, 4096):
        found(run("doctor"), "is damaged: ", do)
    assert run("doctor").code == 0


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize(("name", "command"), [("ledger-views.db", "rebuild"), ("ledger-sessions.db", "migrate")])
def test_what_to_do_helps(run: Run, tmp_path: Path, name: str, command: str) -> None:
    """What can be made anew is made anew by what the doctor says."""
    with damage.overwritten(tmp_path / name, 0, 4096):
        assert f"`ledger {command}`" in run("doctor").out
        for file in tmp_path.glob(f"{name}*"):
            file.unlink()
        assert run(command).code == 0
        assert run("doctor").code == 0


@pytest.mark.usefixtures("well")
def test_a_locked_file(run: Run, tmp_path: Path) -> None:
    """It says how to find who holds the lock."""
    with damage.locked(tmp_path):
        ran = run("doctor")
    assert (ran.code, ran.out.count("Another process has kept")) == (1, 4)
    assert f"`fuser {tmp_path}/ledger.db`" in ran.out
    assert run("doctor").code == 0


@pytest.mark.usefixtures("well")
def test_files_that_may_only_be_read(run: Run, tmp_path: Path) -> None:
    """For who is not root: root writes everywhere."""
    with damage.read_only(tmp_path):
        out = _unprivileged(tmp_path)
    assert "ledger.db, with the log, or its folder cannot be written to." in out
    assert "   DO  Let the user who runs the ledger own folder and files" in out


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize("name", ["ledger-keys.db", "signing/log-0001.pem"])
def test_a_secret_that_others_may_read(run: Run, tmp_path: Path, name: str) -> None:
    """The command that closes it is told."""
    (tmp_path / name).chmod(0o644)
    found(run("doctor"), f"Others may read {tmp_path / name}", f"chmod 600 {tmp_path / name}")
    (tmp_path / name).chmod(0o600)
    assert run("doctor").code == 0


@pytest.mark.usefixtures("well")
def test_a_signing_key_that_is_gone(run: Run, tmp_path: Path) -> None:
    """Its purpose is named."""
    (tmp_path / "signing" / "referral-0001.pem").unlink()
    found(run("doctor"), "There is no private key for referral", "Put the folder back from its backup")


@pytest.mark.usefixtures("well")
def test_read_models_that_nobody_follows(run: Run) -> None:
    """They are behind and stay there; one that moves would not be named."""
    run("keys", "issue", "--role", "operator")
    found(run("doctor"), "Read models are 1 positions behind, and stay there: ", "`ledger follow`")


def test_a_disk_without_space(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly full is told before it is full."""
    with damage.small_disk(tmp_path / "disk") as disk:
        run("migrate", database_url=f"sqlite:///{disk}/ledger.db")
        monkeypatch.setattr(findings, "LITTLE", 200_000_000)
        found(run("doctor"), f"The disk of {disk} is nearly full: ", "Free space")
        with damage.full(disk):
            found(run("doctor"), f"The disk of {disk} is full: nothing can be recorded.", "Free space")


def _unprivileged(folder: Path) -> str:
    """Run the doctor as somebody for whom the files' modes count."""
    command = [*damage.UNPRIVILEGED, sys.executable, "-m", "ledger.cli", "doctor"]
    environment = {**os.environ, "LEDGER_DATABASE_URL": f"sqlite:///{folder}/ledger.db", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr
    return ran.stdout
