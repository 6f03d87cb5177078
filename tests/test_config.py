"""The settings of an installation."""

from __future__ import annotations

from dataclasses import fields

import pytest

from ledger.config import ConfigError, Settings, issuers_of, variable


def test_without_an_environment_there_are_defaults() -> None:
    """An embedded ledger on this machine; the views lie beside the log."""
    settings = Settings.from_environment({})

    assert settings == Settings()
    assert settings.database_url == "sqlite:///var/ledger.db"
    assert settings.views_url == "sqlite:///var/ledger-views.db"
    assert settings.personal_keys_url == "sqlite:///var/ledger-keys.db"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.log_origin == "127.0.0.1:8000"


def test_an_empty_variable_is_as_good_as_none() -> None:
    """Compose files and unit files leave empty ones behind."""
    assert Settings.from_environment({"LEDGER_PORT": "", "PORT": "1"}).port == Settings().port


def test_what_is_given_is_read() -> None:
    """Each in its own type."""
    settings = Settings.from_environment(
        {
            "LEDGER_DATABASE_URL": "postgresql://ledger@db/ledger",
            "LEDGER_PORT": "80",
            "LEDGER_PUBLIC_URL": "https://ledger.example.org/",
            "LEDGER_LOG_LEVEL": "debug",
            "LEDGER_POLL_SECONDS": "0.1",
            "LEDGER_EPOCH_HOUR": "0",
            "LEDGER_BODY_LIMIT": "10",
            "LEDGER_OIDC_TOKEN_ISSUERS": "https://id.example.org/ https://b.example.org=https://b.example.org/keys",
            "LEDGER_OIDC_TOKEN_ALGORITHMS": "ES384 RS512",
        }
    )

    assert settings.views_url == settings.database_url == "postgresql://ledger@db/ledger"
    assert (settings.port, settings.poll_seconds, settings.body_limit) == (80, 0.1, 10)
    assert settings.epoch_hour == 0
    assert (settings.public_url, settings.log_level) == ("https://ledger.example.org", "DEBUG")
    fixed = {"https://b.example.org": "https://b.example.org/keys"}
    assert issuers_of(settings.oidc_token_issuers) == {"https://id.example.org/": "", **fixed}
    assert settings.oidc_token_algorithms == "ES384 RS512"
    assert settings.oidc_token_audience == settings.public_url


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("LEDGER_DATABASE_URL", "mysql://db/ledger", "sqlite:///var/ledger.db"),
        ("LEDGER_DATABASE_URL", "sqlite:///", "sqlite:///var/ledger.db"),
        ("LEDGER_VIEWS_URL", "views.db", "postgresql://user@host/name"),
        ("LEDGER_PORT", "65536", "1 to 65535"),
        ("LEDGER_PORT", "-1", "1 to 65535"),
        ("LEDGER_PUBLIC_URL", "ledger.example.org", "https://"),
        ("LEDGER_LOG_LEVEL", "LOUD", "WARNING"),
        ("LEDGER_POLL_SECONDS", "nan", "0.5"),
        ("LEDGER_FRESHNESS_SECONDS", "soon", "0.5"),
        ("LEDGER_EPOCH_HOUR", "24", "0 to 23"),
        ("LEDGER_EPOCH_HOUR", "-1", "0 to 23"),
        ("LEDGER_BODY_LIMIT", "1MB", "1000000"),
        ("LEDGER_OIDC_TOKEN_ISSUERS", "id.example.org", "https://"),
        ("LEDGER_OIDC_TOKEN_ISSUERS", "https://b.example.org=/keys", "https://"),
        ("LEDGER_OIDC_TOKEN_ALGORITHMS", "RS256 HS256", "ES256"),
        ("LEDGER_OIDC_TOKEN_ALGORITHMS", "none", "ES256"),
    ],
)
def test_a_bad_value_is_named_with_what_right_looks_like(name: str, value: str, right: str) -> None:
    """The message names variable and value."""
    with pytest.raises(ConfigError) as error:
        Settings.from_environment({name: value})

    assert all(part in str(error.value) for part in (name, repr(value), right))


def test_every_setting_says_what_it_is_for() -> None:
    """The documentation and `ledger doctor` list them from here."""
    for setting in fields(Settings):
        assert setting.metadata["help"]
        assert variable(setting) == f"LEDGER_{setting.name.upper()}"


def test_a_log_is_named_by_its_address() -> None:
    """Unless it is given a name; what a signed head cannot hold is left out of it."""
    assert Settings(public_url="https://ledger.example.org/a+b").log_origin == "ledger.example.org/a-b"
    assert (
        Settings.from_environment({"LEDGER_LOG_ORIGIN": "north.example.org/log"}).log_origin == "north.example.org/log"
    )
    with pytest.raises(ConfigError, match="without blanks and plus signs"):
        Settings.from_environment({"LEDGER_LOG_ORIGIN": "north + south"})


def test_every_setting_is_written_as_it_is_read() -> None:
    """`ledger serve` hands its settings to the processes that it starts."""
    written = {variable(setting): str(getattr(Settings(), setting.name)) for setting in fields(Settings)}
    assert Settings.from_environment(written) == Settings()
