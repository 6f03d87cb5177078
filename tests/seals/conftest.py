"""A ledger with a few sealed events, on each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.application import networks
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.services import House, build

EVENTS = 25
Record = Callable[[int], None]


def settings(url: str, folder: Path) -> Settings:
    """The settings of a ledger whose files lie in this folder."""
    return Settings(database_url=url, signing_keys=str(folder / "signing"), log_origin="ledger.example.org")


def record(house: House, count: int) -> None:
    """Record so many events."""
    for number in range(house.store.head(), house.store.head() + count):
        networks.found(house.ledger, OPERATOR, f"network-{number}", name=f"Network {number}")


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    """A new ledger."""
    made = build(settings(database_url, tmp_path))
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def sealed(house: House) -> House:
    """A ledger with some events under two heads."""
    record(house, EVENTS - 5)
    house.sealer.look()
    record(house, 5)
    house.sealer.look()
    return house
