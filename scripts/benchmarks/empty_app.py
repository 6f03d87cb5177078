"""The peer: the same Flask app without the ledger behind it.

The same views, checks of the body and the query, headers, log lines and JSON of the same size; but every command
and every query answers a constant, and no key is looked up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from ledger import logs
from ledger.app import create_app
from ledger.application import collaborations as commands
from ledger.application import keys
from ledger.application.ledger import Receipt
from ledger.config import Settings
from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import State
from ledger.projections.collaborations import queries
from ledger.subscriptions.reading import Reading

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection

    from ledger.services import House

FIRM = Actor(Role.FIRM, uuid4(), uuid4())
RECEIPT = Receipt(uuid4(), 1, 48211, State.PROPOSED)
NOW = datetime.now(UTC)


class NoViews:
    """Read models that are always ready."""

    @contextmanager
    def read(self, *_names: str, **_asked: object) -> Iterator[Reading]:
        """Open nothing."""
        yield Reading(cast("Connection", None), RECEIPT.position, NOW, RECEIPT.position, NOW)


def create(history: str) -> Flask:
    """Build the app; `history` is a file with the answer that the ledger itself gave."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level)
    answer = json.loads(Path(history).read_text(encoding="utf-8"))
    _answer_constants(answer)
    house = SimpleNamespace(settings=settings, ledger=None, views=NoViews())
    return create_app(cast("House", house))


def _answer_constants(history: dict[str, Any]) -> None:
    # The views find commands and queries by their module, so nothing of the app itself is changed.
    for module, name, constant in (
        (keys, "holder_of", FIRM),
        (commands, "propose", RECEIPT),
        (queries, "history", history),
    ):
        setattr(module, name, lambda *_, constant=constant, **__: constant)
