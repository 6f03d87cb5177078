"""The office enters for firms that have no time; that it did so stands on everything."""

from __future__ import annotations

from tests.api.callers import refused
from tests.api.jobs import ANY, GOOD, finished, propose, step
from tests.api.world import World


def test_the_office_records_for_the_first_party(world: World) -> None:
    """Or for the one it names; who entered it is told apart from whose record it is."""
    job = propose(world.office, finished(world.alpha, world.beta))
    shown = world.beta.read(f"/collaborations/{job}")
    assert (shown["proposed_by"], shown["recorded_by"]) == (world.alpha.id, f"coordinator:{world.office.id}")
    named = propose(world.office, finished(world.alpha, world.beta, proposed_by=world.beta.id, assessments=[]))
    assert world.beta.read(f"/collaborations/{named}")["proposed_by"] == world.beta.id


def test_the_office_takes_steps_for_a_firm_that_it_names(world: World) -> None:
    """The event says both: for whom, and by whom."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    path = f"/collaborations/{job}/acceptances"
    refused(world.office.post(path, {}, if_match=ANY), 422, "invalid-request", "/firm")
    for firm in (world.omega.id, world.bank.id):
        refused(world.office.post(path, {"firm": firm}, if_match=ANY), 422, "invalid-request", "/firm")
    refused(world.office.post(path, {"firm": world.gamma.id}, if_match=ANY), 403, "not-a-party")
    step(world.office, job, "acceptances", {"firm": world.beta.id})
    step(world.office, job, "assessments", {"firm": world.beta.id, "about": world.alpha.id, **GOOD})
    step(world.office, job, "disputes", {"firm": world.beta.id, "reason": "By telephone."})
    events = world.alpha.read(f"/collaborations/{job}/events")["items"]
    assert {event["actor"] for event in events[1:]} == {f"coordinator:{world.office.id}"}
    assert events[1]["data"]["by"] == world.beta.id


def test_a_firm_acts_for_itself_alone(world: World) -> None:
    """It may say so, and may not name another."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    path = f"/collaborations/{job}/acceptances"
    refused(world.beta.post(path, {"firm": world.alpha.id}, if_match=ANY), 403, "not-permitted")
    step(world.beta, job, "acceptances", {"firm": world.beta.id})


def test_the_office_records_nothing_for_other_networks(world: World) -> None:
    """Neither their firms' work, nor with them."""
    for office, firms in {"other_office": (world.alpha, world.beta), "office": (world.alpha, world.omega)}.items():
        answer = world.caller(office).post("/collaborations", finished(*firms), idempotency_key="x")
        assert answer.status_code == 422


def test_an_office_and_its_firm_have_keys_of_their_own(world: World) -> None:
    """The same Idempotency-Key of two callers names two records."""
    sent = finished(world.alpha, world.beta)
    assert propose(world.office, sent, "one") != propose(world.alpha, sent, "one")
