"""What the doctor shows and finds."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from ledger.commands.doctor import without_password
from ledger.config import Settings, variable
from ledger.services import build
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from tests.commands.typed import Run


def test_the_doctor_shows_settings_and_read_models(run: Run, sqlite_url: str) -> None:
    """Every setting with its value and meaning, and every read model with its place."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    ran = run("doctor")
    assert ran.code == 0
    for setting in fields(Settings):
        assert variable(setting) in ran.out
        assert setting.metadata["help"] in ran.out
    assert "The log stands at position 1." in ran.out
    assert "trust_v2" in ran.out


def test_the_doctor_finds_a_failed_read_model(run: Run, sqlite_url: str) -> None:
    """It names the event and the trouble, and ends with 1."""
    run("migrate", database_url=sqlite_url)
    house = build(Settings(database_url=sqlite_url))
    with writing(house.engine) as connection:
        checkpoints.fail(connection, "keys_v1", 0, 7, "KeyError: 'role'", datetime.now(UTC))
    house.close()
    ran = run("doctor")
    assert ran.code == 1
    assert "failed at 7: KeyError: 'role'" in ran.out


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ledger:open-sesame@db/ledger", "postgresql://ledger:…@db/ledger"),
        ("postgresql://ledger:p@ss:word@db/ledger", "postgresql://ledger:…@db/ledger"),
        ("postgresql://ledger@db/ledger", "postgresql://ledger@db/ledger"),
        ("postgresql://db/ledger?user=ledger&password=open-sesame", "postgresql://db/ledger?user=ledger&password=…"),
        ("sqlite:///var/ledger.db", "sqlite:///var/ledger.db"),
    ],
)
def test_the_doctor_hides_passwords(url: str, shown: str) -> None:
    """What it prints can be sent to somebody who helps."""
    assert without_password(url) == shown
