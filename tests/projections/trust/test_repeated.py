"""Property 3 of the method, at the door: a request that is sent twice counts once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from ledger.application import collaborations, epochs, firms, networks
from ledger.application.collaborations import Target
from ledger.config import Settings
from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.collaboration import Proposal
from ledger.domain.errors import AlreadyAnswered, InvalidAssessment, StateConflict
from ledger.domain.firm import Profile
from ledger.projections.trust import queries
from ledger.projections.trust.projector import PROJECTION as TRUST
from ledger.services import House, build
from tests.projections.trust.telling import BADLY, WELL
from tests.stories import START, TERMS


@pytest.fixture
def house() -> Iterator[House]:
    """A house in memory."""
    built = build(Settings(database_url="memory:", views_url="memory:"), lambda: START)
    built.migrate()
    yield built
    built.close()


def test_property_3_a_repeated_request_changes_nothing(house: House) -> None:
    """The same key answers with what it recorded; a step that was taken is refused, whatever it says now."""
    ledger = house.ledger
    network = networks.found(ledger, OPERATOR, "north", name="North").id
    office = Actor(Role.COORDINATOR, network, network)
    one, other = (firms.admit(ledger, office, name, Profile(name=name, country="DK")).id for name in ("One", "Other"))
    contractor, partner = (Actor(Role.FIRM, firm, network) for firm in (one, other))

    proposal = Proposal(
        kind="subcontract",
        title="Turning",
        parties=[{"firm": one, "role": "contractor"}, {"firm": other, "role": "subcontractor"}],
        terms={**TERMS["subcontract"], "value": {"amount": "48200.00", "currency": "EUR"}},
        completed_on=START.date(),
        assessments=[{"about": other, **WELL}],
    )
    work = collaborations.propose(ledger, contractor, "key", proposal)
    collaborations.accept(ledger, partner, Target(work.id))
    collaborations.assess(ledger, partner, Target(work.id), assessment={"about": one, "paid_on_time": True})
    closed = epochs.close(ledger, office, network, "night")
    before, answers = ledger.head(), answered(house, one, other)
    assert answers[1]["facts"]["reports"] == 1

    assert collaborations.propose(ledger, contractor, "key", proposal).id == work.id
    assert epochs.close(ledger, office, network, "night").id == closed.id
    with pytest.raises(AlreadyAnswered):
        collaborations.accept(ledger, partner, Target(work.id))
    with pytest.raises(StateConflict):
        collaborations.complete(ledger, contractor, Target(work.id), completed_on=START.date())
    with pytest.raises(InvalidAssessment):
        collaborations.assess(ledger, contractor, Target(work.id), assessment={"about": other, **BADLY})
    assert ledger.head() == before
    assert answered(house, one, other) == answers


def answered(house: House, *asked: UUID) -> list[dict[str, Any]]:
    """The firms' scores."""
    house.follower.catch_up()
    with house.views.read("consents", TRUST.name) as reading:
        return [queries.score(reading, OPERATOR, firm) for firm in asked]
