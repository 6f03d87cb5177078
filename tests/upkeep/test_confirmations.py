"""A confirmation given on a page is sent when it can no longer be taken back, once, and only for what was seen."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from ledger.application import collaborations as commands
from ledger.application.collaborations import Target
from ledger.deferred.confirmations import Kept
from ledger.domain.actor import Actor, Position, Role
from ledger.domain.collaboration import Collaboration, State
from ledger.domain.errors import AlreadyAnswered
from ledger.services import build
from ledger.upkeep.confirmations import Confirming
from tests.api.callers import Caller
from tests.api.jobs import ANY, finished, propose, step, terms
from tests.api.world import World

A_MINUTE = 60


def actor(world: World, firm: Caller) -> Actor:
    """The firm as the commands know it."""
    return Actor(Role.FIRM, UUID(firm.id), UUID(world.office.id))


def kept(world: World, job: str) -> Kept:
    """Beta has just confirmed what alpha recorded."""
    beta = actor(world, world.beta)
    _, content = commands.content(world.house.ledger, beta, UUID(job))
    return world.house.confirmations.keep(beta, UUID(world.beta.id), UUID(job), content)


def look(world: World) -> None:
    """What the worker does every second."""
    Confirming(world.house.ledger, world.house.confirmations).look()


def state(world: World, job: str) -> State:
    """Where the job stands in the log."""
    return world.house.ledger.load(Collaboration, UUID(job)).state


@pytest.fixture
def job(either_world: World) -> str:
    """A finished job that waits for beta."""
    return propose(either_world.alpha, finished(either_world.alpha, either_world.beta))


def test_it_is_sent_when_its_time_has_come(either_world: World, job: str) -> None:
    """Not before; and then nothing is left of it."""
    world = either_world
    assert world.house.confirmations.left(kept(world, job)) in (A_MINUTE - 1, A_MINUTE)
    look(world)
    assert state(world, job) is State.PROPOSED
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    assert state(world, job) is State.COMPLETED
    assert world.house.confirmations.of(UUID(world.beta.id)) == []
    look(world)


def test_it_is_written_as_that_of_the_person_who_gave_it(either_world: World, job: str) -> None:
    """The event names the account, as when it is recorded at once."""
    world = either_world
    person = replace(actor(world, world.beta), account=uuid4(), position=Position.CLERK)
    _, content = commands.content(world.house.ledger, person, UUID(job))
    world.house.confirmations.keep(person, UUID(world.beta.id), UUID(job), content)
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    actors = {event.actor for _, event in world.house.store.read(0, 1000) if event.originator_id == UUID(job)}
    assert str(person) in actors


def test_it_can_be_taken_back_once_and_by_nobody_else(either_world: World, job: str) -> None:
    """Nothing is recorded then."""
    world = either_world
    kept(world, job)
    assert not world.house.confirmations.take_back(UUID(world.alpha.id), UUID(job))
    assert world.house.confirmations.take_back(UUID(world.beta.id), UUID(job))
    assert not world.house.confirmations.take_back(UUID(world.beta.id), UUID(job))
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    assert state(world, job) is State.PROPOSED


def test_what_was_taken_to_be_sent_cannot_be_taken_back(either_world: World, job: str) -> None:
    """Whoever took it and died is followed by somebody who sends it."""
    world = either_world
    kept(world, job)
    world.clock.forward(seconds=A_MINUTE)
    assert len(world.house.confirmations.take()) == 1
    assert not world.house.confirmations.take_back(UUID(world.beta.id), UUID(job))
    look(world)
    assert state(world, job) is State.COMPLETED


def test_one_that_arrived_already_is_not_sent_again(either_world: World, job: str) -> None:
    """Sent, and then the sender died before it could forget: the collaboration refuses the second, and that is all."""
    world = either_world
    confirmation = kept(world, job)
    commands.accept(world.house.ledger, confirmation.actor, Target(UUID(job)))
    events = world.events()
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    assert world.events() == events
    assert world.house.confirmations.of(UUID(world.beta.id)) == []
    with pytest.raises(AlreadyAnswered):
        commands.accept(world.house.ledger, confirmation.actor, Target(UUID(job)))


def test_a_corrected_record_is_not_confirmed(either_world: World, job: str) -> None:
    """Nobody confirms what they have not seen; the firm is told, and may confirm the new one."""
    world = either_world
    kept(world, job)
    changed = {**terms("subcontract", world.alpha, world.beta), "process": "Milling"}
    step(world.alpha, job, "amendments", {"terms": changed})
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    (left,) = world.house.confirmations.of(UUID(world.beta.id))
    assert (state(world, job), left.refused) == (State.PROPOSED, "version-conflict")
    assert not world.house.confirmations.take_back(UUID(world.beta.id), UUID(job))
    assert kept(world, job).refused is None
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    assert state(world, job) is State.COMPLETED


def test_a_record_that_ended_is_not_confirmed(either_world: World, job: str) -> None:
    """Why, stays to be told."""
    world = either_world
    kept(world, job)
    world.alpha.record(f"/collaborations/{job}/withdrawal", {}, if_match=ANY)
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    assert [one.refused for one in world.house.confirmations.of(UUID(world.beta.id))] == ["state-conflict"]


def test_another_document_is_no_other_record(either_world: World, job: str) -> None:
    """Steps that change nothing of what was confirmed do not stop it, though the version is another."""
    world = either_world
    kept(world, job)
    step(world.alpha, job, "evidence", {"sha256": "ab" * 32, "media_type": "application/pdf", "title": "Invoice"})
    world.clock.forward(seconds=A_MINUTE)
    look(world)
    assert state(world, job) is State.COMPLETED


def test_it_outlives_the_process_that_kept_it(either_world: World, job: str) -> None:
    """Another one, started later, finds and sends it."""
    world = either_world
    kept(world, job)
    world.clock.forward(seconds=A_MINUTE)
    later = build(world.house.settings, world.clock)
    Confirming(later.ledger, later.confirmations).look()
    later.close()
    assert state(world, job) is State.COMPLETED


def test_confirming_again_does_not_put_it_off(either_world: World, job: str) -> None:
    """A double click is one confirmation."""
    world = either_world
    first = kept(world, job)
    world.clock.forward(seconds=30)
    assert kept(world, job) == first
    assert len(world.house.confirmations.of(UUID(world.beta.id))) == 1
