"""A ledger in a folder of its own: its first key, its demonstration."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ledger.config import Settings
from ledger.demo import handout
from ledger.domain.actor import OPERATOR
from tests.commands.typed import Run, holder


def test_the_first_operator_key_is_the_owner_s_alone(run: Run, supervised: list[Settings], tmp_path: Path) -> None:
    """It opens, nobody else may read its file, and a second start makes no other."""
    ran = run("serve", "--data", "here")
    file = tmp_path / "here" / "operator.key"
    secret = file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert holder(supervised[0].database_url, secret) == OPERATOR
    assert "operator.key" in ran.out
    assert secret.strip() not in ran.out + ran.err
    run("serve", "--data", "here")
    assert file.read_text(encoding="utf-8") == secret


def test_a_left_over_key_file_does_not_stay_open(run: Run, supervised: list[Settings], tmp_path: Path) -> None:
    """A file of the same name that everybody could read does not pass its rights on to a new key."""
    file = tmp_path / "operator.key"
    file.touch(mode=0o644)
    run("serve", "--data", tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("command", ["serve --demo", "demo"])
def test_the_demonstration_is_filled_where_the_data_lie(
    run: Run, supervised: list[Settings], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """Its keys go to DIR/demo.json, with the address that callers use; no first operator key is made."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(handout, "ensure", lambda _store, *rest: asked.append(rest[:2]))
    ran = run(*command.split(), "--data", "here", public_url="https://ledger.example.org")
    assert ran.code == 0
    assert asked == [(Path("here/demo.json"), "https://ledger.example.org")]
    assert not (tmp_path / "here" / "operator.key").exists()
