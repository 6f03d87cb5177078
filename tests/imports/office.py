"""An office that imports: a network with firms of two countries, known by id and by numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.application import firms, networks
from ledger.config import Settings
from ledger.demo import numbers
from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.collaboration import Collaboration
from ledger.domain.firm import Profile
from ledger.domain.ids import identify
from ledger.domain.kinds.catalogue import KINDS
from ledger.services import House, build
from tests.domain.given import ALPHA, BETA, GAMMA
from tests.domain.kinds.examples import EXAMPLES

DAY = "2024-11-06"
PAPER = {"sha256": "ab" * 32, "media_type": "application/pdf", "title": "Old book, page 7"}


@dataclass(frozen=True)
class Office:
    """A house with one network in it, and its firms: two German ones, one Danish."""

    house: House
    network: UUID
    alpha: UUID
    beta: UUID
    gamma: UUID

    @property
    def actor(self) -> Actor:
        """Who imports."""
        return Actor(Role.COORDINATOR, self.network, self.network)

    def job(self, key: str, kind: str = "subcontract", **more: Any) -> dict[str, Any]:
        """A record of this kind, with every term given."""
        return dict(of_firms(record(key, kind, **more), self))

    def jobs(self) -> list[Collaboration]:
        """What is recorded of joint work."""
        found = [event for _, event in self.house.store.read(0, 1_000_000) if event.TOPIC == "collaboration.proposed"]
        return [self.house.ledger.load(Collaboration, event.originator_id) for event in found]

    def recorded(self, key: str) -> Collaboration:
        """The collaboration that was imported under this key."""
        return self.house.ledger.load(
            Collaboration, identify("collaboration", f"{self.actor.on_behalf}:{key}", self.network)
        )


@contextmanager
def office(url: str) -> Iterator[Office]:
    """Open an office on a new database."""
    with closing(build(Settings(database_url=url, freshness_seconds=0))) as house:
        house.migrate()
        network = networks.found(house.ledger, OPERATOR, "net", name="Example network").id
        actor = Actor(Role.COORDINATOR, network, network)
        profiles = [
            Profile(name=name, country=country, identifiers=identifiers)
            for name, country, identifiers in (
                ("Alpha", "DE", numbers.german(1, "NM", merchant=False)),
                ("Beta", "DE", numbers.german(2, "NM", merchant=False)),
                ("Gamma", "DK", numbers.danish(4)),
            )
        ]
        admitted = [firms.admit(house.ledger, actor, one.name, one).id for one in profiles]
        yield Office(house, network, *admitted)


def record(key: str, kind: str, **more: Any) -> dict[str, Any]:
    """A record of a kind between Alpha, Beta and, where several may, Gamma."""
    declared = next(one for one in KINDS if one.name == kind)
    following = [BETA, GAMMA] if declared.following.most > 1 else [BETA]
    parties = [{"firm": str(ALPHA), "role": declared.leading.name}]
    parties += [{"firm": str(firm), "role": declared.following.name} for firm in following]
    finished = {} if declared.is_statement else {"completed_on": DAY}
    terms = json.loads(json.dumps(EXAMPLES[kind]).replace('"2026-', '"2024-'))  # whenever the tests run, it is past
    return {"key": key, "kind": kind, "title": f"A {kind}", "parties": parties, "terms": terms, **finished, **more}


def of_firms(value: Any, of: Office) -> Any:
    """Put the ids of this office's firms in place of those of the examples."""
    ids = {str(ALPHA): str(of.alpha), str(BETA): str(of.beta), str(GAMMA): str(of.gamma)}
    if isinstance(value, dict):
        return {name: of_firms(one, of) for name, one in value.items()}
    if isinstance(value, list):
        return [of_firms(one, of) for one in value]
    return ids.get(value, value) if isinstance(value, str) else value
