"""The service that the browser tests look at."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.service import ledger

NOWHERE = "https://hooks.invalid/ledger"  # a name that nobody can ever have: what is sent there arrives nowhere
STARTING = 240.0  # seconds: the demonstration is filled first
SETTINGS = {"LEDGER_LOG_LEVEL": "WARNING", "LEDGER_UNDO_SECONDS": "2"}  # a story need not wait for a minute


@dataclass(frozen=True)
class Site:
    """A running service: its address, what `demo.json` says, and who is signed in there."""

    url: str
    demo: dict[str, Any]
    database_url: str
    sessions: dict[tuple[str, int], list[Any]] = field(default_factory=dict)  # cookies of who has signed in, by login
    addresses: dict[object, str] = field(default_factory=dict)  # where pages with an id were found

    def login(self, role: str, number: int = 0) -> dict[str, str]:
        """Return one of the logins of a role: `email` and `password`."""
        found: dict[str, str] = [login for login in self.demo["logins"] if login["role"] == role][number]
        return found


@contextmanager
def opened(folder: Path) -> Iterator[Site]:
    """Start the service on a fresh demonstration, as the README says, and stop it in the end."""
    service = ledger(folder, SETTINGS, "--demo")
    service.start(STARTING)
    try:
        written = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
        site = Site(written["base_url"], written, f"sqlite:///{folder}/ledger.db")
        _add_webhook(site)
        yield site
    finally:
        service.stop(signal.SIGINT)


def _add_webhook(site: Site) -> None:
    """Give the first firm a webhook, which the demonstration has not."""
    key = site.demo["keys"]["firms"][site.login("firm")["subject"]]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Idempotency-Key": "webhook"}
    asked = Request(f"{site.url}/v1/webhooks", json.dumps({"url": NOWHERE}).encode(), headers)  # noqa: S310 - our own
    with urlopen(asked, timeout=10) as answer:  # noqa: S310
        assert answer.status == 201
