"""The office acts for firms: every event names the office, the person and the firm, and the firm is shown all three."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from ledger.application import collaborations
from ledger.application.collaborations import Entry, Target
from ledger.domain.account import Account
from ledger.domain.collaboration import Proposal
from tests.api.callers import Caller, refused
from tests.api.jobs import ANY, OFFER, body, confirmed, consent, finished, propose, step
from tests.api.world import World
from tests.dashboards.people import member


def entered(world: World, by: Caller) -> str:
    """Enter a finished job of a firm and beta for the firm, with the office's key."""
    return propose(world.office, {**finished(by, world.beta), "proposed_by": by.id})


def entered_by(world: World, adviser: UUID) -> str:
    """Enter work of alpha and beta for alpha, as a person of the office."""
    sent = body("subcontract", world.alpha, world.beta)
    parties: Any = [{**party, "firm": UUID(party["firm"])} for party in sent.pop("parties")]
    ledger = world.house.ledger
    entry = Entry(uuid4().hex, Proposal(**sent, parties=parties), UUID(world.alpha.id))
    return str(collaborations.enter(ledger, ledger.load(Account, adviser).actor, entry).id)


def test_the_firm_sees_who_acted_for_it(either_world: World) -> None:
    """Office and person by name, and the account in the events; the other side reads only that it was the office."""
    world = either_world
    adviser = member(world, "office")
    job = entered_by(world, adviser)
    (word,) = world.alpha.read(f"/firms/{world.alpha.id}/acted-for")["items"]
    office = f"coordinator:{world.office.id}"
    assert (word["thing"], word["type"]) == (job, "collaboration.proposed")
    assert (word["actor"], word["person"]) == (f"{office} account:{adviser}", "Somebody of office")
    for name, actor in (("alpha", word["actor"]), ("office", word["actor"]), ("beta", office)):
        caller = world.caller(name)
        (told,) = caller.read(f"/collaborations/{job}/events")["items"]
        assert told["actor"] == caller.read(f"/collaborations/{job}")["recorded_by"] == actor
        assert caller.get("/events?limit=200").json[-1]["data"]["actor"] == actor


def test_a_person_is_told_to_the_firm_that_they_acted_for_alone(world: World) -> None:
    """Who confirmed for beta is beta's to know, also where the work counts by it."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    adviser = member(world, "office")
    ledger = world.house.ledger
    target = Target(UUID(job), UUID(world.beta.id))
    collaborations.accept(ledger, ledger.load(Account, adviser).actor, target)
    named = {
        name: [
            str(adviser) in one["actor"] for one in world.caller(name).read(f"/collaborations/{job}/events")["items"]
        ]
        for name in ("alpha", "beta", "office")
    }
    assert named == {"alpha": [False] * 3, "beta": [False, True, False], "office": [False, True, True]}


def test_everything_that_is_entered_for_a_firm_is_listed(world: World) -> None:
    """Work, offers, headcounts, its profile; not what the firm says itself, nor what the office says as one."""
    alpha = world.alpha.id
    job = entered(world, world.alpha)
    step(world.beta, job, "acceptances")
    step(world.alpha, job, "disputes", {"reason": "It was scrap."})
    step(world.office, job, "disputes/1/settlement", {"outcome": "upheld"})
    world.office.record("/capacity-offers", {**OFFER, "firm": alpha}, idempotency_key="o")
    world.office.record(f"/firms/{alpha}/headcounts", {"year": 2025, "employees": 42, "apprentices": 3})
    world.office.send("PATCH", f"/firms/{alpha}", {"town": "Neumünster"}, if_match=ANY)
    listed = world.alpha.read(f"/firms/{alpha}/acted-for?limit=3")
    told = listed["items"] + world.alpha.read(f"/firms/{alpha}/acted-for?cursor={listed['next']}")["items"]
    assert [one["type"] for one in told] == [
        "firm.updated",
        "firm.headcount-reported",
        "offer.offered",
        "collaboration.proposed",
    ]
    assert {one["person"] for one in told} == {None}
    assert world.beta.read(f"/firms/{world.beta.id}/acted-for")["items"] == []
    before = world.alpha.read(f"/firms/{alpha}/acted-for?as_of_position={told[-1]['position']}")["items"]
    assert before == told[-1:]


def test_who_acted_under_the_office_before_keeps_their_name(world: World) -> None:
    """And the office the name that it had; until the person is erased."""
    adviser = member(world, "office")
    entered_by(world, adviser)
    for office in ("Agency", "Town hall"):
        world.operator.record(f"/networks/{world.office.id}/handover", {"office": office}, if_match=ANY)
    key = world.operator.record("/keys", {"role": "coordinator", "subject": world.office.id})["key"]
    propose(world.holding(key), {**finished(world.alpha, world.beta), "proposed_by": world.alpha.id})
    listed = world.alpha.read(f"/firms/{world.alpha.id}/acted-for")["items"]
    assert [(one["office"], one["person"]) for one in listed] == [("Town hall", None), (None, "Somebody of office")]
    world.operator.send("DELETE", f"/accounts/{adviser}/personal-data")
    assert world.alpha.read(f"/firms/{world.alpha.id}/acted-for")["items"][1]["person"] == "erased"


def test_an_office_on_both_sides_is_seen(either_world: World) -> None:
    """By the parties and by banks: for whom it answered, that it spoke for all of them, and how often it did."""
    world = either_world
    consent(world.alpha, world.bank)
    job = entered(world, world.alpha)
    shown = world.beta.read(f"/collaborations/{job}")
    assert [party["by_office"] for party in shown["parties"]] == [True, False]
    assert shown["by_office_alone"] is False
    step(world.office, job, "acceptances", {"firm": world.beta.id})
    confirmed(world.alpha, world.beta)
    for name in ("alpha", "beta", "bank"):
        shown = world.caller(name).read(f"/collaborations/{job}")
        assert [party["by_office"] for party in shown["parties"]] == [True, True]
        assert shown["by_office_alone"] is True
    summary = world.bank.read(f"/firms/{world.alpha.id}/history")["summary"]
    assert (summary["jobs"], summary["by_office_alone"]) == (2, 1)
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})["id"]
    jobs = world.bank.read(f"/referrals/{referral}")["jobs"]["36_months"]
    assert (jobs["count"], jobs["by_office_alone"]) == (2, 1)


def test_a_partner_s_own_word_is_one(world: World) -> None:
    """What the office entered and the partner confirmed itself is nobody's alone, nor is it after a correction."""
    job = entered(world, world.alpha)
    step(world.beta, job, "acceptances")
    assert world.beta.read(f"/collaborations/{job}")["by_office_alone"] is False
    sent = body("subcontract", world.alpha, world.beta)
    other = propose(world.office, {**sent, "proposed_by": world.alpha.id})
    step(world.office, other, "acceptances", {"firm": world.beta.id})
    step(world.beta, other, "amendments", {"terms": sent["terms"]})
    shown = world.beta.read(f"/collaborations/{other}")
    assert [party["by_office"] for party in shown["parties"]] == [False, False]
    step(world.office, other, "acceptances", {"firm": world.alpha.id})
    shown = world.beta.read(f"/collaborations/{other}")
    assert ([party["by_office"] for party in shown["parties"]], shown["by_office_alone"]) == ([True, False], False)


def test_a_bank_is_not_told_who_acted(world: World) -> None:
    """Not even with the firm's consent: people of the office are no bank's business."""
    consent(world.alpha, world.bank)
    refused(world.bank.get(f"/firms/{world.alpha.id}/acted-for"), 404, "not-found")
