"""What the doctor shows and finds."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from ledger.application import networks
from ledger.commands.doctor import without_password
from ledger.config import Settings, variable
from ledger.domain.actor import OPERATOR
from ledger.services import build
from ledger.store.personal_keys import PersonalKeys
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from tests.api.callers import Clock
from tests.api.world import founded
from tests.commands.typed import Run


def test_the_doctor_shows_settings_and_read_models(run: Run, sqlite_url: str) -> None:
    """Every setting with its value and meaning, and every read model with its place."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    run("rebuild")
    ran = run("doctor")
    assert ran.code == 0
    assert ran.out.endswith("Nothing is wrong.\n")
    for setting in fields(Settings):
        assert variable(setting) in ran.out
        assert setting.metadata["help"] in ran.out
    assert "The log stands at position 1." in ran.out
    assert "trust_v3" in ran.out


def test_the_doctor_finds_a_failed_read_model(run: Run, sqlite_url: str) -> None:
    """It names the event and the trouble, and ends with 1."""
    run("migrate", database_url=sqlite_url)
    house = build(Settings(database_url=sqlite_url))
    with writing(house.engine) as connection:
        checkpoints.fail(connection, "keys_v2", 0, 7, "KeyError: 'role'", datetime.now(UTC))
    house.close()
    ran = run("doctor")
    assert ran.code == 1
    assert "The read model keys_v2 has failed at 7: KeyError: 'role'" in ran.out


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


def test_the_doctor_finds_keys_of_another_log(run: Run, database_url: str, tmp_path: Path) -> None:
    """They open nothing, so that everything reads as erased; a firm that was erased is no reason to warn."""
    world = founded(Settings(database_url=database_url, freshness_seconds=0), Clock())
    assert world.operator.send("DELETE", f"/firms/{world.alpha.id}/personal-data").status_code == 200
    world.house.close()
    ran = run("doctor", database_url=database_url)
    assert (ran.code, "THE KEYS DO NOT FIT" in ran.out) == (0, False)
    other = f"sqlite:///{tmp_path}/other/keys.db"
    PersonalKeys.open(other).migrate()
    ran = run("doctor", personal_keys_url=other)
    assert ran.code == 1
    assert "THE KEYS DO NOT FIT THE LOG: LEDGER_PERSONAL_KEYS_URL holds no key for " in ran.out


def test_the_doctor_finds_keys_that_were_made_anew(run: Run, database_url: str, tmp_path: Path) -> None:
    """Whoever recorded with the wrong keys has new ones for some of them: what the old ones encrypted stays closed."""
    world = founded(Settings(database_url=database_url, freshness_seconds=0), Clock())
    other = Settings(database_url=database_url, personal_keys_url=f"sqlite:///{tmp_path}/other/keys.db")
    world.house.close()
    PersonalKeys.open(other.personal_keys_url).migrate()
    house = build(other)
    networks.found(house.ledger, OPERATOR, "east", name="East")
    before = house.store.lost_keys()
    assert {UUID(world.ring[name][0]) for name in ("office", "alpha", "beta")} <= before
    keys = PersonalKeys.open(other.personal_keys_url)
    keys.for_encrypting(UUID(world.alpha.id))
    assert UUID(world.alpha.id) in house.store.lost_keys() == before
    keys.close()
    house.close()
