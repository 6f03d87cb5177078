"""The steps in a collaboration's life, each on the version that was read."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.callers import refused
from tests.api.jobs import ANY, GOOD, PERIOD, body, confirmed, euros, finished, propose, step
from tests.api.world import World

PAPER = {"sha256": "ef" * 32, "media_type": "application/pdf", "title": "Delivery note 7"}
# A body for every step.
STEPS: dict[str, dict[str, Any]] = {
    "acceptances": {},
    "declines": {"reason": "Not ours."},
    "completion": {"completed_on": "2025-11-07"},
    "assessments": {"about": str(uuid4()), **GOOD},
    "amendments": {"terms": {"value": euros("1.00"), "period": PERIOD}},
    "evidence": PAPER,
    "withdrawal": {"reason": "A mistake."},
    "disputes": {"reason": "It came late."},
    "disputes/1/answers": {"statement": "It came in time."},
    "disputes/1/settlement": {"outcome": "upheld"},
}


def _open(world: World) -> str:
    """Return a job that is agreed upon and not finished."""
    job = propose(world.alpha, body("subcontract", world.alpha, world.beta))
    step(world.beta, job, "acceptances")
    return job


@pytest.mark.parametrize("name", STEPS)
def test_every_step_rests_on_a_version(world: World, name: str) -> None:
    """Without If-Match, with a misshapen or an old one, nothing changes."""
    job, before = propose(world.alpha, finished(world.alpha, world.beta)), world.events()
    by = world.office if name.endswith("settlement") else world.alpha
    path = f"/collaborations/{job}/{name}"
    refused(by.post(path, STEPS[name]), 428, "precondition-required")
    refused(by.post(path, STEPS[name], if_match="1"), 400, "malformed")
    detail = refused(by.post(path, STEPS[name], if_match='"7"'), 412, "version-conflict")
    assert "version 1" in detail
    assert world.events() == before


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_for_those_who_take_part(world: World, name: str) -> None:
    """For others there is nothing to take a step in; a bank and the operator may not."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    for stranger in ("gamma", "omega", "other_office"):
        sent = STEPS[name]
        answers = [
            world.caller(stranger).post(f"/collaborations/{id_}/{name}", sent, if_match='"1"') for id_ in (job, uuid4())
        ]
        details = {refused(answer, 404, "not-found") for answer in answers}
        assert details == {"There is no such collaboration."}
    for outsider in ("bank", "operator"):
        answer = world.caller(outsider).post(f"/collaborations/{job}/{name}", STEPS[name], if_match=ANY)
        refused(answer, 403, "not-permitted")


def test_an_answer_is_given_once(world: World) -> None:
    """Neither changed, nor given by who proposed it."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    refused(world.alpha.post(f"/collaborations/{job}/acceptances", if_match=ANY), 409, "already-answered")
    answer = world.beta.post(f"/collaborations/{job}/acceptances", if_match='"1"')
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"3"')
    assert answer.headers["Location"] == f"/v1/collaborations/{job}"
    for name in ("acceptances", "declines"):
        refused(world.beta.post(f"/collaborations/{job}/{name}", if_match=ANY), 409, "already-answered")


def test_two_who_decide_at_once_do_not_both_win(world: World) -> None:
    """The second sees that somebody was first."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    step(world.alpha, job, "withdrawal")
    refused(world.beta.post(f"/collaborations/{job}/acceptances", if_match='"1"'), 412, "version-conflict")


def test_a_declined_record_ends(world: World) -> None:
    """It is no history, and nothing follows."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    assert step(world.beta, job, "declines", {"reason": "We know nothing of it."})["state"] == "declined"
    for name in ("acceptances", "withdrawal", "amendments", "evidence", "disputes", "completion"):
        answer = world.alpha.post(f"/collaborations/{job}/{name}", STEPS[name], if_match=ANY)
        refused(answer, 409, "state-conflict")
    assert world.alpha.read(f"/firms/{world.alpha.id}/history")["items"] == []
    assert world.alpha.read("/collaborations?state=declined")["items"][0]["id"] == job


def test_who_proposed_it_may_withdraw_it_until_its_end(world: World) -> None:
    """Others decline or dispute it."""
    job = _open(world)
    refused(world.beta.post(f"/collaborations/{job}/withdrawal", if_match=ANY), 403, "not-a-party")
    assert step(world.alpha, job, "withdrawal", {"reason": "Called off."})["state"] == "withdrawn"
    history = world.beta.read(f"/firms/{world.beta.id}/history")
    assert (history["summary"]["jobs"], history["items"]) == (0, [])
    done = confirmed(world.alpha, world.beta)
    refused(world.alpha.post(f"/collaborations/{done}/withdrawal", if_match=ANY), 409, "state-conflict")


def test_work_is_completed_after_it_was_confirmed(world: World) -> None:
    """Once, on a day that is past and not before it began."""
    job = propose(world.alpha, body("subcontract", world.alpha, world.beta))
    path = f"/collaborations/{job}/completion"
    refused(world.alpha.post(path, {"completed_on": "2025-11-07"}, if_match=ANY), 409, "state-conflict")
    step(world.beta, job, "acceptances")
    for day in ("2024-09-15", "2026-03-03"):
        refused(world.alpha.post(path, {"completed_on": day}, if_match=ANY), 422, "invalid-date", "/completed_on")
    refused(world.alpha.post(path, {}, if_match=ANY), 422, "invalid-request", "/completed_on")
    assert step(world.beta, job, "completion", {"completed_on": "2025-11-07"})["state"] == "completed"
    refused(world.alpha.post(path, {"completed_on": "2025-11-07"}, if_match=ANY), 409, "state-conflict")
    assert world.alpha.read(f"/collaborations/{job}")["business_date"] == "2025-11-07"


def test_an_amendment_asks_again(world: World) -> None:
    """Until the other side has accepted the correction, nothing counts."""
    job = _open(world)
    amended = {"terms": {"value": euros("50000.00"), "period": PERIOD}, "title": "Corrected"}
    assert step(world.beta, job, "amendments", amended)["state"] == "proposed"
    shown = world.alpha.read(f"/collaborations/{job}")
    assert [party["answer"] for party in shown["parties"]] == ["pending", "accepted"]
    assert (shown["title"], shown["claimed"]) == ("Corrected", True)
    assert world.alpha.read(f"/firms/{world.alpha.id}/history")["summary"]["jobs"] == 0
    assert world.alpha.read(f"/firms/{world.alpha.id}/partners")["items"] == []
    refused(world.beta.post(f"/collaborations/{job}/acceptances", if_match=ANY), 409, "already-answered")
    assert step(world.alpha, job, "acceptances")["state"] == "confirmed"
    history = world.alpha.read(f"/firms/{world.alpha.id}/history")
    assert history["summary"]["volume"] == [euros("50000.00")]
    wrong = {"terms": {"value": euros("1.00")}}
    answer = world.alpha.post(f"/collaborations/{job}/amendments", wrong, if_match=ANY)
    refused(answer, 422, "invalid-terms", "/terms/period")


def test_evidence_is_attached_once(world: World) -> None:
    """By any party, at any time before the end."""
    job = confirmed(world.alpha, world.beta)
    step(world.beta, job, "evidence", PAPER)
    shown = world.alpha.read(f"/collaborations/{job}")
    assert shown["evidence"][1] == PAPER
    assert shown["state"] == "completed"
    answer = world.alpha.post(f"/collaborations/{job}/evidence", PAPER, if_match=ANY)
    refused(answer, 422, "invalid-evidence", "/sha256")
    answer = world.alpha.post(f"/collaborations/{job}/evidence", {"sha256": "x"}, if_match=ANY)
    refused(answer, 422, "invalid-request", "/sha256", "/media_type", "/title")


def test_the_whole_life_is_listed_in_order(world: World) -> None:
    """Every event with its position, its time, its day and who did it; in pages."""
    job = confirmed(world.alpha, world.beta)
    step(world.beta, job, "evidence", PAPER)
    path = f"/collaborations/{job}/events"
    items = world.alpha.read(path)["items"]
    assert [item["type"].partition(".")[2] for item in items] == [
        *("proposed", "accepted", "confirmed", "evidence-attached"),
    ]
    assert [item["version"] for item in items] == [1, 2, 3, 4]
    assert [item["actor"] for item in items[:2]] == [f"firm:{world.alpha.id}", f"firm:{world.beta.id}"]
    assert world.office.read(path)["items"][3] == items[3]
    paged = world.alpha.read(f"{path}?limit=3")
    rest = world.alpha.read(f"{path}?limit=3&cursor={paged['next']}")
    assert [*paged["items"], *rest["items"]] == items
    refused(world.gamma.get(path), 404, "not-found")
