"""The settings, and the only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import PurePosixPath
from typing import Any

PREFIX = "LEDGER_"

LAST_PORT = 65535
LONGEST_SECONDS = 3600
MOST_AT_ONCE = 256
MOST_REQUESTS = 1_000_000
HOURS = 24
SHORT = 40
ASYMMETRIC = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
ORIGIN = re.compile(r"[!-*,-~]{1,200}")


class ConfigError(Exception):
    """A setting has a value that makes no sense; the message names it and says what right looks like."""


def _database(value: str) -> str:
    path = value.removeprefix("sqlite:///")
    if value == "memory:" or value.startswith("postgresql://") or path not in (value, ""):
        return value
    raise ValueError("sqlite:///var/ledger.db, postgresql://user@host/name or memory:")


def _level(value: str) -> str:
    if value.upper() in ("DEBUG", "INFO", "WARNING", "ERROR"):
        return value.upper()
    raise ValueError("one of DEBUG, INFO, WARNING, ERROR")


def _port(value: str) -> int:
    if value.isdecimal() and 0 < int(value) <= LAST_PORT:
        return int(value)
    raise ValueError("a number from 1 to 65535")


def _size(value: str) -> int:
    if value.isdecimal() and int(value) > 0:
        return int(value)
    raise ValueError("a whole number of bytes above 0, such as 1000000")


def _requests(value: str) -> int:
    if value.isdecimal() and int(value) <= MOST_REQUESTS:
        return int(value)
    raise ValueError("a number of requests from 0 to 1000000; 0: no limit")


def _count(least: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if value.isdecimal() and least <= int(value) <= MOST_AT_ONCE:
            return int(value)
        raise ValueError(f"a number from {least} to {MOST_AT_ONCE}")

    return read


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if 0 <= seconds <= LONGEST_SECONDS:
        return seconds
    raise ValueError("seconds from 0 to 3600, such as 0.5")


def _hour(value: str) -> int:
    if value.isdecimal() and int(value) < HOURS:
        return int(value)
    raise ValueError("an hour from 0 to 23")


def _yes(value: str) -> bool:
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise ValueError("true or false")


def issuers_of(value: str) -> dict[str, str]:
    """Return the issuers that a setting names, each with the fixed address of its keys or ""."""
    return {issuer: jwks for issuer, _, jwks in (one.partition("=") for one in value.split())}


def _issuers(value: str) -> str:
    addresses = [address for issuer, jwks in issuers_of(value).items() for address in (issuer, jwks or issuer)]
    if all(address.startswith(("http://", "https://")) for address in addresses):
        return value
    raise ValueError("https://id.example.org, or https://id.example.org=https://id.example.org/keys; several by blanks")


def _algorithms(value: str) -> str:
    if value.split() and set(value.split()) <= set(ASYMMETRIC):
        return value
    raise ValueError(f"some of {' '.join(ASYMMETRIC)}")


def _web_address(value: str) -> str:
    if value.startswith(("http://", "https://")):
        return value.rstrip("/")
    raise ValueError("an address such as https://ledger.example.org")


def _origin(value: str) -> str:
    if ORIGIN.fullmatch(value):
        return value
    raise ValueError("a name without blanks and plus signs, such as ledger.example.org/log")


def _setting(default: Any, read: Callable[[str], Any], help: str) -> Any:  # noqa: A002
    return field(default=default, metadata={"help": help, "read": read})


@dataclass(frozen=True)
class Settings:
    """How this installation runs; each field is the environment variable LEDGER_<FIELD>."""

    database_url: str = _setting("sqlite:///var/ledger.db", _database, "the log, by its address")
    views_url: str = _setting("", _database, "the read models; by default derived from the log's address")
    personal_keys_url: str = _setting("", _database, "the keys of personal data; by default beside the log")
    sessions_url: str = _setting("", _database, "who is signed in; by default beside the log")
    signing_keys: str = _setting("", str, "the folder of the keys it signs with; by default beside the log's file")
    log_origin: str = _setting("", _origin, "the name of the log in its signed heads; by default the public address")
    host: str = _setting("127.0.0.1", str, "the address to listen on")
    port: int = _setting(8000, _port, "the port to listen on")
    public_url: str = _setting("", _web_address, "where callers reach the service; by default host and port")
    proxies: int = _setting(0, _count(0), "reverse proxies in front, each of which names the caller's address")
    oidc_issuer: str = _setting("", _web_address, "the OpenID Connect issuer that people may sign in at")
    oidc_client_id: str = _setting("", str, "this ledger's name at that issuer")
    oidc_client_secret: str = _setting("", str, "this ledger's secret at that issuer")
    oidc_token_issuers: str = _setting(
        "", _issuers, "the issuers whose access tokens programs may present, each with =<address of its keys> or none"
    )
    oidc_token_audience: str = _setting("", str, "whom access tokens must be for; by default the public address")
    oidc_token_algorithms: str = _setting(
        "RS256 PS256 ES256", _algorithms, "how access tokens may be signed; never by a shared secret"
    )
    workers: int = _setting(0, _count(0), "web processes on PostgreSQL; 0 takes two for each core, at most 8")
    threads: int = _setting(16, _count(1), "requests that one web process answers at once")
    streams: int = _setting(8, _count(0), "live streams that one web process holds; at most half of its threads")
    webhooks_local: bool = _setting(False, _yes, "true sends webhooks to this machine too, also without https")  # noqa: FBT003
    stream_seconds: float = _setting(300.0, _seconds, "how long a live stream lasts before its client comes back")
    log_level: str = _setting("INFO", _level, "DEBUG, INFO, WARNING or ERROR")
    poll_seconds: float = _setting(0.025, _seconds, "how often the read models look for new events")
    freshness_seconds: float = _setting(0.5, _seconds, "how long a plain read waits for the newest events")
    epoch_hour: int = _setting(2, _hour, "the hour (UTC) from which the night's epoch is closed, 0 to 23")
    undo_seconds: float = _setting(60.0, _seconds, "how long a confirmation given on a page can be taken back; 0: not")
    body_limit: int = _setting(1_000_000, _size, "the largest request body, in bytes")
    requests_per_minute: int = _setting(30_000, _requests, "requests of one caller, a tenth without a key; 0: no limit")
    traces_url: str = _setting("", _web_address, "where traces go, as OTLP over HTTP; by default nowhere")
    document_limit: int = _setting(10_000_000, _size, "the largest imported document, in bytes")

    def __post_init__(self) -> None:
        # A frozen dataclass derives fields this way.
        object.__setattr__(self, "views_url", self.views_url or _beside(self.database_url, "views"))
        object.__setattr__(self, "personal_keys_url", self.personal_keys_url or _beside(self.database_url, "keys"))
        object.__setattr__(self, "sessions_url", self.sessions_url or _beside(self.database_url, "sessions"))
        object.__setattr__(self, "signing_keys", self.signing_keys or _folder_beside(self.database_url, "signing"))
        object.__setattr__(self, "public_url", self.public_url or f"http://{_bracketed(self.host)}:{self.port}")
        object.__setattr__(self, "oidc_token_audience", self.oidc_token_audience or self.public_url)
        object.__setattr__(self, "log_origin", self.log_origin or _name_of(self.public_url))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read all settings; one that is not set or empty has its default. Raise `ConfigError`."""
        given = {setting: environ.get(variable(setting), "") for setting in fields(cls)}
        return cls(**{setting.name: _read(setting, text) for setting, text in given.items() if text})


def variable(setting: Field[Any]) -> str:
    """Return the environment variable of a field of `Settings`."""
    return PREFIX + setting.name.upper()


def _read(setting: Field[Any], text: str) -> Any:
    try:
        return setting.metadata["read"](text)
    except ValueError as right:
        # An address may hold a password: what stands behind its scheme is not repeated.
        shown = text if len(text) < SHORT and "@" not in text else f"{text.partition(':')[0][:SHORT]}:…"
        raise ConfigError(f"{variable(setting)} is {shown!r}; it should be {right}") from None


def _name_of(address: str) -> str:
    """Return an address without its scheme: the name of a log."""
    return re.sub(r"[^!-*,-~]", "-", address.partition("://")[2])[:200]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _folder_beside(database_url: str, name: str) -> str:
    """Return a folder beside the log's file, `var/<name>` where the log is none, nothing for a ledger in memory."""
    if database_url == "memory:":
        return ""
    if not database_url.startswith("sqlite:///"):
        return f"var/{name}"
    return str(PurePosixPath(database_url.removeprefix("sqlite:///")).with_name(name))


def _beside(database_url: str, what: str) -> str:
    """Return a file beside the log's file: one with a life of its own, which does not slow the log's writer."""
    if not database_url.startswith("sqlite:///"):
        return database_url
    path = PurePosixPath(database_url.removeprefix("sqlite:///"))
    return f"sqlite:///{path.with_name(f'{path.stem}-{what}.db')}"
