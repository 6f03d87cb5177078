"""The log held against its seals, and events proved."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text

from ledger.application import networks
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.services import build
from ledger.subscriptions.database import writing
from tests.commands.typed import Run


def sealed(url: str, topic: str | None = None) -> None:
    """A log of one sealed event, altered afterwards when a topic is given."""
    house = build(Settings(database_url=url))
    networks.found(house.ledger, OPERATOR, "north", name="North")
    house.sealer.look()
    if topic:
        with writing(house.log_engine) as connection:
            connection.execute(text("UPDATE stored_events SET topic = :topic"), {"topic": topic})
    house.close()


def test_an_intact_log_is_verified(run: Run, database_url: str, tmp_path: Path) -> None:
    """Also against a head that was kept; and an alarm is settled by it."""
    run("migrate", database_url=database_url)
    sealed(database_url)
    house = build(Settings(database_url=database_url))
    head = house.seals.head()
    assert head is not None
    (tmp_path / "kept.txt").write_text(head.note, encoding="utf-8")
    house.close()
    ran = run("verify", "--checkpoint", tmp_path / "kept.txt")
    assert ran.code == 0
    assert ran.out == "1 events are sealed under 1 heads, 0 are not sealed yet.\nThe log is what was signed.\n"
    assert "verified: 1 of 1" in ran.err


def test_an_altered_log_is_told(run: Run, database_url: str) -> None:
    """By its position, and by the exit code; the doctor says that nothing is signed any more."""
    run("migrate", database_url=database_url)
    sealed(database_url, topic="network.renamed")
    ran = run("verify")
    assert ran.code == 1
    assert ran.out.startswith("position 1: the event was altered\n")
    assert "SEALING HAS STOPPED" not in run("doctor").out
    house = build(Settings(database_url=database_url))
    house.sealer.look()
    house.close()
    ran = run("doctor")
    assert ran.code == 1
    assert "SEALING HAS STOPPED: position 1: the event was altered" in ran.out


def test_seals_that_cannot_be_read_are_told(run: Run, database_url: str) -> None:
    """Neither intact nor altered: 2, in one line."""
    run("migrate", database_url=database_url)
    house = build(Settings(database_url=database_url))
    with writing(house.log_engine) as connection:
        connection.execute(text("DROP TABLE log_leaves"))
    house.close()
    ran = run("verify")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "the seals cannot be read" in ran.err


def test_an_event_is_proved(run: Run, database_url: str) -> None:
    """It is sealed first where it was not; a position without an event is named."""
    run("migrate", database_url=database_url)
    sealed(database_url)
    assert json.loads(run("prove", 1).out)["event"]["topic"] == "network.founded"
    ran = run("prove", 2)
    assert (ran.code, ran.err) == (2, "ledger: no event is sealed at position 2\n")
