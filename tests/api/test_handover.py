"""A network is handed over to another office: the one before is nobody from then on, the next one sees everything."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from ledger.application import accounts, holders, keys
from ledger.application import collaborations as commands
from ledger.delivery.feed import Feed
from ledger.delivery.live import Live
from ledger.domain.account import Account, Person
from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.errors import NotFound, SignInRefused, StateConflict
from ledger.domain.key import key_id
from ledger.upkeep.confirmations import Confirming
from tests.api.callers import Caller, refused
from tests.api.jobs import ANY, body, consent, finished, propose, step
from tests.api.test_webhooks import deliver, hook
from tests.api.world import World
from tests.receiver import receiving

HERE: Person = {"name": "Adviser", "email": "adviser@example.org", "language": "de"}
PASSWORD = "an office with a view of the lake"


def handed_over(world: World, office: str = "Agency") -> Caller:
    """Hand the northern network over, and return who holds the first key of its next office."""
    network = world.office.id
    world.operator.record(f"/networks/{network}/handover", {"office": office}, if_match=ANY)
    key = world.operator.record("/keys", {"role": "coordinator", "subject": network})["key"]
    return world.holding(key, network)


def types(caller: Caller) -> list[str]:
    """Return the topics of all that a caller is told of."""
    return [event["data"]["type"] for event in caller.get("/events?limit=200").json]


def invited(world: World) -> tuple[str, UUID]:
    """Invite the adviser of the northern network's office, and return the invitation with the account."""
    token, receipt = accounts.invite(world.house.ledger, OPERATOR, Role.COORDINATOR, UUID(world.office.id), HERE)
    return token, receipt.id


def test_a_job_goes_on_in_the_next_office(either_world: World) -> None:
    """The dispute that one office left open is settled by the other, who reads what was entered and by which office."""
    world = either_world
    firms = {"firm": world.beta.id}
    job = propose(world.office, finished(world.alpha, world.beta, proposed_by=world.alpha.id))
    step(world.office, job, "acceptances", firms)
    step(world.beta, job, "disputes", {"reason": "It was scrap."})
    before = world.alpha.read(f"/firms/{world.alpha.id}/trust")

    agency = handed_over(world)
    refused(world.office.get(f"/collaborations/{job}"), 401, "unauthenticated")
    step(agency, job, "disputes/1/settlement", {"outcome": "upheld"})

    offices = agency.read(f"/networks/{agency.id}")["offices"]
    assert [one["name"] for one in offices] == [None, "Agency"]
    by = {one["type"]: one["actor"] for one in agency.read(f"/collaborations/{job}/events")["items"]}
    assert by["collaboration.proposed"] == by["collaboration.accepted"] == f"coordinator:{offices[0]['id']}"
    assert by["collaboration.settled"] == f"coordinator:{offices[1]['id']}"
    same = {"score", "counterparties", "factors"}
    after = world.alpha.read(f"/firms/{world.alpha.id}/trust?as_of_position={before['position']}")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_what_was_agreed_stays(either_world: World) -> None:
    """Consents, referrals and firms' keys open as before; the network's past answers with its office of then."""
    world = either_world
    consent(world.alpha, world.bank)
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})
    agency = handed_over(world)
    assert world.bank.read(f"/referrals/{referral['id']}")["state"] == "in_force"
    assert [one["bank"] for one in agency.read("/consents")["items"]] == [world.bank.id]
    assert world.alpha.read(f"/networks/{agency.id}")["office"] == "Agency"
    then = world.alpha.read(f"/networks/{agency.id}?as_of_position={referral['position']}")
    assert (then["office"], then["version"], len(then["offices"])) == (None, 1, 1)


def test_everybody_concerned_is_told(either_world: World) -> None:
    """The firms of the network, banks that one of them gave consent to, both offices' operator; nobody else."""
    world = either_world
    consent(world.alpha, world.bank)
    consent(world.beta, world.bank)
    agency = handed_over(world)
    assert types(agency)[0] == "network.founded"
    for name in ("alpha", "gamma", "bank", "operator"):
        assert types(world.caller(name)).count("network.handed-over") == 1
    for name in ("omega", "other_bank", "other_office"):
        assert "network.handed-over" not in types(world.caller(name))
    told = world.alpha.get("/events?limit=200").json[-1]["data"]
    assert (told["actor"], told["data"]["office"]) == ("operator:", "Agency")


def test_only_the_operator_hands_over(world: World) -> None:
    """On the version that it has seen: a repetition hands over to nobody."""
    path, sent = f"/networks/{world.office.id}/handover", {"office": "Agency"}
    for name in ("office", "other_office", "alpha", "bank"):
        refused(world.caller(name).post(path, sent, if_match=ANY), 403, "not-permitted")
    refused(world.operator.post(path, sent), 428, "precondition-required")
    refused(world.operator.post(path, {}, if_match=ANY), 422, "invalid-request", "/office")
    answer = world.operator.post(path, sent, if_match='"1"')
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"2"')
    assert answer.headers["Location"] == f"/v1/networks/{world.office.id}"
    before = world.events()
    refused(world.operator.post(path, sent, if_match='"1"'), 412, "version-conflict")
    assert world.events() == before


def test_keys_of_the_office_before_are_closed(world: World) -> None:
    """They are listed so, and who comes back needs new ones."""
    again = handed_over(world)
    back = handed_over(world, "Town hall")
    refused(again.get("/networks"), 401, "unauthenticated")
    refused(world.office.get("/networks"), 401, "unauthenticated")
    listed = [one for one in back.read("/keys")["items"] if one["role"] == "coordinator"]
    assert [one["revoked_at"] is None for one in listed] == [True, False, False]
    assert len({one["subject"] for one in listed}) == 3
    assert back.record("/firms", {"name": "Example", "country": "DE"})["version"] == 1


def test_a_key_that_was_being_issued_opens_nothing(world: World) -> None:
    """Whom the office was about to give one when its network was handed over holds the key of no office."""
    ledger, network = world.house.ledger, UUID(world.office.id)
    before = holders.named(ledger, Role.COORDINATOR, network)
    handed_over(world)
    assert not holders.in_office(ledger, before)
    assert holders.named(ledger, Role.COORDINATOR, network) != before


def test_people_of_the_office_before_sign_in_no_more(world: World) -> None:
    """Neither by password nor by an open session; the next office may invite them again, and they it."""
    ledger = world.house.ledger
    token, account = invited(world)
    accounts.activate(ledger, token, PASSWORD)
    assert accounts.in_use(ledger, account) is not None
    agency = handed_over(world)
    assert accounts.in_use(ledger, account) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in(ledger, HERE["email"], PASSWORD)
    with pytest.raises(StateConflict):
        accounts.renew_invitation(ledger, OPERATOR, account)
    shown = agency.read(f"/accounts/{account}")
    assert (shown["state"], shown["name"]) == ("closed", "Adviser")

    again = agency.record("/accounts", {"role": "coordinator", "subject": agency.id, **HERE})
    assert again["id"] != str(account)
    accounts.activate(ledger, again["invitation"].rpartition("/")[2], PASSWORD)
    assert accounts.sign_in(ledger, HERE["email"], PASSWORD).id == UUID(again["id"])


def test_an_invitation_of_the_office_before_is_void(world: World) -> None:
    """Whoever had not taken it up comes too late."""
    token, account = invited(world)
    handed_over(world)
    with pytest.raises(NotFound):
        accounts.activate(world.house.ledger, token, PASSWORD)
    assert world.house.ledger.load(Account, account).state == "invited"


def test_somebody_at_an_issuer_is_known_anew(world: World) -> None:
    """The same identity opens the account of the next office."""
    ledger, issuer = world.house.ledger, "https://id.example.org"
    _, first = invited(world)
    assert accounts.sign_in_by_issuer(ledger, issuer, "42", HERE["email"]).id == first
    handed_over(world)
    with pytest.raises(SignInRefused):
        accounts.sign_in_by_issuer(ledger, issuer, "42", HERE["email"])
    _, second = invited(world)
    assert accounts.sign_in_by_issuer(ledger, issuer, "42", HERE["email"]).id == second
    assert accounts.sign_in_by_issuer(ledger, issuer, "42", None).id == second


def test_a_stream_of_the_office_before_ends(world: World) -> None:
    """At its next look, before it tells what comes after."""
    world.house.follower.catch_up()
    house, key = world.house, key_id(world.office.key or "")
    feed = Feed(house.views, house.store, house.settings.public_url)
    stream = Live(feed, 60, lambda: False).stream(lambda: keys.holder_of(house.ledger, key), 0)
    heard = [next(stream), next(stream)]
    handed_over(world)
    house.follower.catch_up()
    heard += stream
    assert "network.founded" in heard[1]
    assert not any("handed-over" in line for line in heard)


def test_webhooks_of_the_office_before_are_sent_nothing(world: World) -> None:
    """Those of the next one are; neither sees the other's."""
    with receiving() as old, receiving() as new:
        hook(world.office, old)
        agency = handed_over(world)
        hook(agency, new)
        propose(world.alpha, body("subcontract", world.alpha, world.beta))
        deliver(world)
        deliver(world)
        assert (old.types(), new.types()) == ([], ["collaboration.proposed"])
    assert len(agency.read("/webhooks")["items"]) == len(world.operator.read("/webhooks")["items"]) == 1


def test_a_confirmation_that_waited_is_not_sent(world: World) -> None:
    """What an office kept for a minute and could take back is no word of the next one's."""
    job: Any = propose(world.alpha, finished(world.alpha, world.beta))
    office = Actor(Role.COORDINATOR, UUID(world.office.id), UUID(world.office.id))
    content = commands.content(world.house.ledger, office, UUID(job))[1]
    world.house.confirmations.keep(office, UUID(world.beta.id), UUID(job), content)
    handed_over(world)
    world.clock.forward(minutes=2)
    Confirming(world.house.ledger, world.house.confirmations).look()
    assert world.alpha.read(f"/collaborations/{job}")["state"] == "proposed"
    assert [one.refused for one in world.house.confirmations.of(UUID(world.beta.id))] == ["not-permitted"]
