"""A small world over HTTP: two networks with their firms, two banks, and everybody's key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.app import create_app
from ledger.application import keys
from ledger.config import Settings
from ledger.services import House, build
from tests.api.callers import Caller, Clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

# Who is whose, by the name in the tests: four firms of one network, one of another.
FIRMS = {"alpha": "office", "beta": "office", "gamma": "office", "delta": "office", "omega": "other_office"}
ROLES = {"office": "coordinator", "other_office": "coordinator", "bank": "bank", "other_bank": "bank"}
KeyRing = dict[str, tuple[str, str]]  # id and key, by name


@dataclass(frozen=True)
class World:
    """Everybody who calls, and the clock that all of it runs by."""

    house: House
    app: Flask
    clock: Clock
    ring: KeyRing

    def caller(self, name: str) -> Caller:
        """Return who is called so in the key ring."""
        id_, key = self.ring[name]
        return self.holding(key, id_)

    def holding(self, key: str | None, id_: str = "") -> Caller:
        """Return a caller with this key."""
        return Caller(self.house, self.app.test_client(), key, id_)

    def __getattr__(self, name: str) -> Caller:
        if name not in self.ring:
            raise AttributeError(name)
        return self.caller(name)

    @property
    def anyone(self) -> Caller:
        """Somebody without a key."""
        return self.holding(None)

    def events(self) -> int:
        """Return how many events the log holds."""
        return len(self.house.store.read(0, 100_000))


def opened(settings: Settings, clock: Clock, ring: KeyRing) -> World:
    """Open a ledger that has its tables."""
    house = build(settings, clock)
    return World(house, create_app(house), clock, ring)


def founded(settings: Settings, clock: Clock) -> World:
    """Make a new ledger and everybody in it, all over HTTP but for the first key."""
    world = opened(settings, clock, {})
    world.house.migrate()
    world.ring["operator"] = ("", keys.issue_first(world.house.ledger, "tests"))
    for name, called in {"office": "Northern network", "other_office": "Southern network"}.items():
        _enter(world, name, "/networks", {"name": called})
    for name in ("bank", "other_bank"):
        _enter(world, name, "/banks", {"name": f"Example {name}", "country": "DE"})
    for name, office in FIRMS.items():
        body = {"name": f"Example {name}", "country": "DK" if name == "delta" else "DE"}
        id_ = world.caller(office).record("/firms", body)["id"]
        world.ring[name] = (id_, _key(world.caller(office), "firm", id_))
    world.house.follower.catch_up()
    world.house.sealer.look()
    return world


def _enter(world: World, name: str, path: str, body: Mapping[str, Any]) -> None:
    id_ = world.operator.record(path, body)["id"]
    world.ring[name] = (id_, _key(world.operator, ROLES[name], id_))


def _key(issuer: Caller, role: str, subject: str) -> str:
    return str(issuer.record("/keys", {"role": role, "subject": subject})["key"])
