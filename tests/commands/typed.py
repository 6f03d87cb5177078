"""What an operator types, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ledger.application import keys
from ledger.config import Settings
from ledger.domain.actor import Actor
from ledger.domain.key import key_id
from ledger.services import build


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def holder(url: str, secret: str) -> Actor | None:
    """Who may open with this key."""
    house = build(Settings(database_url=url))
    try:
        return keys.holder_of(house.ledger, key_id(secret.strip()))
    finally:
        house.close()
