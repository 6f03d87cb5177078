"""Tables made, and read models made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.projections.keys.tables import KEYS
from ledger.services import build
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from ledger.subscriptions.sole import REBUILDING, sole
from tests.api.callers import Clock
from tests.api.jobs import praised
from tests.api.world import founded
from tests.commands.typed import Run, holder


def test_migrating_twice_changes_nothing(run: Run, database_url: str) -> None:
    """Every release may run it."""
    assert run("migrate", database_url=database_url).code == 0
    secret = run("keys", "issue", "--role", "operator").out
    assert run("migrate").code == 0
    assert holder(database_url, secret) == OPERATOR


def test_a_ledger_without_tables_says_what_is_missing(run: Run, database_url: str) -> None:
    """No command but `migrate`, `serve` and `demo` makes tables."""
    for command in (["keys", "issue", "--role", "operator"], ["rebuild"]):
        ran = run(*command, database_url=database_url)
        assert ran.code == 2, command
        assert "migrate" in ran.err, command


def test_a_rebuild_answers_the_same(run: Run, database_url: str) -> None:
    """All read models, dropped and replayed, say what they said before."""
    world = founded(Settings(database_url=database_url, freshness_seconds=0), Clock())
    for _ in range(3):
        praised(world.alpha, world.beta)
    firm = f"/firms/{world.alpha.id}"
    paths = ["/firms", "/collaborations", "/keys", f"{firm}/history", f"{firm}/partners", f"{firm}/access-log"]
    paths = [f"{path}?as_of_position={world.house.ledger.head()}" for path in paths]
    before: list[Any] = [world.alpha.read(path) for path in paths]
    assert run("rebuild", database_url=database_url).code == 0
    assert [world.alpha.read(path) for path in paths] == before
    world.house.close()


def test_read_models_that_were_thrown_away_are_rebuilt(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    """Without their file the doctor says so; a rebuild makes it again."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    for file in tmp_path.glob("ledger-views.db*"):
        file.unlink()
    ran = run("doctor")
    assert ran.code == 1
    assert "ledger-views.db, with the read models." in ran.out
    assert run("rebuild").code == 0
    assert "keys_v2                      at 1, 0 behind" in run("doctor").out


def test_a_read_model_is_rebuilt_by_name(run: Run, sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One that does not exist is refused with those that do."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    assert "keys: 1 of 1" in run("rebuild", "keys").err
    with pytest.raises(SystemExit) as ended:
        run("rebuild", "scores")
    assert ended.value.code == 2
    assert "no read model 'scores'; there are networks, firms" in capsys.readouterr().err


def test_a_check_finds_what_the_log_does_not_give(run: Run, database_url: str) -> None:
    """It names table and key, ends with 1 and changes nothing."""
    run("migrate", database_url=database_url)
    run("keys", "issue", "--role", "operator")
    assert run("rebuild").code == 0
    ran = run("rebuild", "--check")
    assert (ran.code, ran.out) == (0, "Every row is what the log gives.\n")
    house = build(Settings(database_url=database_url))
    with writing(house.engine) as connection:
        connection.execute(KEYS.update().values(label="changed by hand"))
    for _ in range(2):
        ran = run("rebuild", "--check", "keys")
        assert ran.code == 1
        assert ran.out.startswith(f"{KEYS.name}: ")
        assert ran.out.endswith("differs in label\n1 rows differ from the log.\n")
    assert run("rebuild", "--check", "firms").code == 0
    house.close()


def test_one_rebuild_at_a_time(run: Run, database_url: str) -> None:
    """A second one is refused and harms nothing."""
    run("migrate", database_url=database_url)
    house = build(Settings(database_url=database_url))
    with sole(house.engine, REBUILDING):
        ran = run("rebuild")
    assert ran.code == 2
    assert "another rebuild is running" in ran.err
    house.close()


def test_a_new_version_is_filled_while_the_old_one_serves(run: Run, database_url: str) -> None:
    """Only what an earlier release had in another version: nobody reads the new tables yet."""
    run("migrate", database_url=database_url)
    run("keys", "issue", "--role", "operator")
    assert run("rebuild", "--new").out == "There is nothing new to fill.\n"
    house = build(Settings(database_url=database_url))
    with writing(house.engine) as connection:
        checkpoints.set_to(connection, "keys_v0", 1)
    assert run("rebuild", "--new").out == "Filled: keys.\n"
    assert {stand.key for stand in house.follower.stand() if not stand.lag} == {"keys_v2"}
    assert run("rebuild", "--new").out == "There is nothing new to fill.\n"
    house.close()
