"""The command line: what an operator types, and what comes back."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from ledger import cli, logs, supervisor
from ledger.application import keys, networks
from ledger.config import Settings, variable
from ledger.demo import handout
from ledger.domain.account import account_of
from ledger.domain.actor import OPERATOR, Actor
from ledger.domain.epoch import Epoch
from ledger.domain.key import key_id
from ledger.services import build
from ledger.store.signing_keys import Purpose, SigningKeys
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from ledger.subscriptions.follower import Follower
from tests.api.callers import Clock
from tests.api.jobs import praised
from tests.api.world import founded
from tests.service import ROOT, free_port


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder, with these settings and no others."""
    monkeypatch.chdir(tmp_path)
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


def holder(url: str, secret: str) -> Actor | None:
    """Who may open with this key."""
    house = build(Settings(database_url=url))
    try:
        return keys.holder_of(house.ledger, secret.strip())
    finally:
        house.close()


# -- settings --------------------------------------------------------------------------------------------------


def test_serve_takes_its_settings_from_the_environment(run: Run, supervised: list[Settings], tmp_path: Path) -> None:
    """Without options the environment decides, and files lie in var/."""
    url = f"sqlite:///{tmp_path}/log.db"
    assert run("serve", database_url=url, public_url="https://ledger.example.org").code == 0
    (settings,) = supervised
    assert (settings.database_url, settings.public_url) == (url, "https://ledger.example.org")
    assert (tmp_path / "var" / "operator.key").exists()


def test_options_go_before_the_environment(run: Run, supervised: list[Settings], tmp_path: Path) -> None:
    """What is typed decides; read models of the log in the environment are none of the log that was typed."""
    port = free_port()
    elsewhere = {name: f"sqlite:///no/{name}.db" for name in ("database_url", "views_url", "personal_keys_url")}
    environment = {**elsewhere, "port": 1}
    ran = run("serve", "--data", "here", "--host", "localhost", "--port", port, **environment)
    (settings,) = supervised
    assert ran.code == 0
    assert settings.database_url == "sqlite:///here/ledger.db"
    assert settings.views_url == "sqlite:///here/ledger-views.db"
    assert settings.personal_keys_url == "sqlite:///here/ledger-keys.db"
    assert settings.public_url == f"http://localhost:{port}"
    assert not (tmp_path / "no").exists()


def test_a_database_goes_before_a_folder(run: Run, supervised: list[Settings], tmp_path: Path) -> None:
    """With `--database-url` the folder holds only the keys."""
    run("serve", "--data", "here", "--database-url", "sqlite:///there/log.db")
    assert supervised[0].database_url == "sqlite:///there/log.db"
    assert sorted(file.name for file in (tmp_path / "here").iterdir()) == ["operator.key", "signing"]


def test_another_database_leaves_the_keys_where_they_are(run: Run, supervised: list[Settings], tmp_path: Path) -> None:
    """Who keeps the keys of personal data apart does so for every process, however the log is named."""
    apart = f"sqlite:///{tmp_path}/apart/keys.db"
    run("serve", "--data", "here", "--database-url", "sqlite:///there/log.db", personal_keys_url=apart)
    assert supervised[0].personal_keys_url == apart


def test_what_is_not_typed_stays_as_the_environment_says(run: Run, supervised: list[Settings], tmp_path: Path) -> None:
    """Another port changes neither where callers reach the service nor where the read models are."""
    given = {"views_url": f"sqlite:///{tmp_path}/views.db", "public_url": "https://ledger.example.org"}
    run("serve", "--port", free_port(), **given)
    assert {name: getattr(supervised[0], name) for name in given} == given


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

    monkeypatch.setattr(cli, "build", interrupted)
    assert run("migrate") == Ran(130, "", "")


# -- keys ------------------------------------------------------------------------------------------------------


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


def test_a_key_is_issued_and_revoked(run: Run, database_url: str) -> None:
    """`keys issue` prints the secret and nothing else; after `keys revoke` it opens nothing."""
    run("migrate", database_url=database_url)
    ran = run("keys", "issue", "--role", "operator", "--label", "second")
    assert (ran.code, ran.err) == (0, "")
    assert holder(database_url, ran.out) == OPERATOR
    assert run("keys", "revoke", key_id(ran.out.strip())).code == 0
    assert holder(database_url, ran.out) is None


def test_a_person_is_invited_and_once_more(run: Run, database_url: str) -> None:
    """`accounts invite` prints the link and nothing else; for the same address it is a new one to the same account."""
    run("migrate", database_url=database_url)
    asked = ("accounts", "invite", "--role", "operator", "--name", "Operations", "--email", "ops@example.org")
    ran, again = run(*asked), run(*asked)
    assert (ran.code, ran.err, again.code) == (0, "", 0)
    tokens = [one.out.strip().rpartition("/invitation/")[2] for one in (ran, again)]
    assert account_of(tokens[0]) == account_of(tokens[1])
    assert tokens[0] != tokens[1]
    elsewhere = run("accounts", "invite", "--role", "bank", "--subject", uuid4(), *asked[4:])
    assert "one person has one account" in elsewhere.err


def test_a_signing_key_is_rotated(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    """`keys rotate referral` prints the new key's name; the old key stays published, without its private half."""
    run("migrate", database_url=sqlite_url)
    first, second = (run("keys", "rotate", "referral") for _ in range(2))
    assert (first.code, second.code, first.err) == (0, 0, "")
    (folder,) = (file.parent for file in tmp_path.rglob("referral-0003.pem"))
    kids = [key.kid for key in SigningKeys(folder).published(Purpose.REFERRAL)]
    assert kids[:2] == [second.out.strip(), first.out.strip()]
    assert len(kids) == 3
    assert "PRIVATE" not in (folder / "referral-0002.pem").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["keys", "issue", "--role", "firm", "--subject", uuid4()], "There is no such firm"),
        (["keys", "issue", "--role", "bank", "--subject", uuid4()], "There is no such bank"),
        (["keys", "issue", "--role", "operator", "--subject", uuid4()], "An operator has no subject"),
        (["keys", "issue", "--role", "coordinator"], "everybody else names its"),
        (["keys", "revoke", uuid4()], "There is no such key"),
    ],
)
def test_a_key_for_nobody_is_refused(run: Run, sqlite_url: str, arguments: list[object], said: str) -> None:
    """What a key is to be for must exist."""
    run("migrate", database_url=sqlite_url)
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


# -- tables ----------------------------------------------------------------------------------------------------


def test_migrating_twice_changes_nothing(run: Run, database_url: str) -> None:
    """Every release may run it."""
    assert run("migrate", database_url=database_url).code == 0
    secret = run("keys", "issue", "--role", "operator").out
    assert run("migrate").code == 0
    assert holder(database_url, secret) == OPERATOR


def test_a_ledger_without_tables_says_what_is_missing(run: Run, database_url: str) -> None:
    """No command but `migrate`, `serve` and `demo` makes tables."""
    for command in (["doctor"], ["keys", "issue", "--role", "operator"], ["rebuild"]):
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
    """Without their file the doctor says so in one line; a rebuild makes it again."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    for file in tmp_path.glob("ledger-views.db*"):
        file.unlink()
    ran = run("doctor")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "the read models do not answer" in ran.err
    assert run("rebuild").code == 0
    assert "keys_v1                      at 1, 0 behind" in run("doctor").out


def test_a_read_model_is_rebuilt_by_name(run: Run, sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One that does not exist is refused with those that do."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    assert "keys: 1 of 1" in run("rebuild", "keys").err
    with pytest.raises(SystemExit) as ended:
        run("rebuild", "scores")
    assert ended.value.code == 2
    assert "no read model 'scores'; there are networks, firms" in capsys.readouterr().err


# -- retention -------------------------------------------------------------------------------------------------


def test_what_is_due_is_listed(run: Run, sqlite_url: str) -> None:
    """For each period, with what it is of; nothing else is done, and only when that is said."""
    run("migrate", database_url=sqlite_url)
    run("keys", "issue", "--role", "operator")
    ran = run("retain", "--dry-run")
    assert ran.code == 0
    assert ran.out.count(" years: 0 events are due (") == 4
    with pytest.raises(SystemExit):
        run("retain")


# -- the doctor ------------------------------------------------------------------------------------------------


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
    assert cli._without_password(url) == shown


def test_following_closes_epochs_as_well(run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`follow` closes tonight's epoch beside its read models, and ends both together."""
    run("migrate", database_url=database_url)
    house = build(Settings(database_url=database_url))
    networks.found(house.ledger, OPERATOR, "north", name="North")
    house.follower.catch_up()

    def until_closed(_follower: Follower, stop: threading.Event, _poll: float) -> None:
        deadline = time.monotonic() + 30
        while not any(isinstance(event, Epoch.Closed) for _, event in house.store.read(0, 10)):
            assert time.monotonic() < deadline
            stop.wait(0.01)

    monkeypatch.setattr(signal, "signal", lambda *_: None)  # pytest keeps its own
    monkeypatch.setattr(Follower, "run", until_closed)
    assert run("follow") == Ran(0, "", "")
    assert "upkeep" not in {thread.name for thread in threading.enumerate()}
    house.close()


# -- seals -----------------------------------------------------------------------------------------------------


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
    assert run("doctor").code == 0
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


# -- the program itself ----------------------------------------------------------------------------------------


def test_help_lists_the_commands() -> None:
    """`ledger --help` says what each command does."""
    command = [sys.executable, "-m", "ledger.cli", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    for name in ("serve", "demo", "follow", "migrate", "rebuild", "verify", "prove", "doctor", "keys"):
        assert f"    {name} " in shown or f"    {name}\n" in shown


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
