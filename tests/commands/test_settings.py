"""The settings of a command: what is typed, what the environment says."""

from __future__ import annotations

from pathlib import Path

from ledger.config import Settings
from tests.commands.typed import Run
from tests.service import free_port


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
