"""Recording joint work: what is accepted, what is refused and why, and repeating it safely."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.callers import refused
from tests.api.jobs import ANY, GOOD, euros, finished, propose, step
from tests.api.world import World


def test_the_same_request_is_recorded_once(world: World) -> None:
    """It gets the same answer, with one event behind it."""
    sent, before = finished(world.alpha, world.beta), world.events()
    first, second = (world.alpha.post("/collaborations", sent, idempotency_key="one") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    for name in ("Location", "ETag", "Ledger-Position"):
        assert first.headers[name] == second.headers[name]
    assert world.events() == before + 1


def test_a_key_stands_for_one_content(world: World) -> None:
    """Another content under the same key is refused; another caller's key is another key."""
    first = propose(world.alpha, finished(world.alpha, world.beta), "one")
    other = finished(world.alpha, world.beta, title="Another")
    refused(world.alpha.post("/collaborations", other, idempotency_key="one"), 422, "idempotency-key-reused")
    assert propose(world.beta, finished(world.beta, world.alpha), "one") != first


def test_a_record_needs_a_key_of_its_own(world: World) -> None:
    """Without one a lost answer could not be told from a lost request."""
    sent = finished(world.alpha, world.beta)
    refused(world.alpha.post("/collaborations", sent), 400, "idempotency-key-missing")
    for key in ("", "with space", "ä", "x" * 201):
        refused(world.alpha.post("/collaborations", sent, idempotency_key=key), 400, "malformed")


def test_everything_that_is_sent_is_shown(world: World) -> None:
    """Terms, evidence, dates and parties come back; who recorded it is named."""
    sent = finished(world.alpha, world.beta)
    job = propose(world.alpha, sent)
    answer = world.beta.get(f"/collaborations/{job}")
    shown = answer.json
    assert {name: shown[name] for name in ("kind", "title", "terms", "evidence", "completed_on")} == {
        name: sent[name] for name in ("kind", "title", "terms", "evidence", "completed_on")
    }
    assert [(party["firm"], party["role"], party["answer"]) for party in shown["parties"]] == [
        (world.alpha.id, "contractor", "accepted"),
        (world.beta.id, "subcontractor", "pending"),
    ]
    assert (shown["state"], shown["claimed"], shown["confirmed"]) == ("proposed", True, False)
    assert shown["recorded_by"] == f"firm:{world.alpha.id}"
    assert answer.headers["ETag"] == '"1"'


WRONG: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "kind": ({"kind": "marriage"}, "unknown-kind", ("/kind",)),
    "unknown field": ({"colour": "red"}, "invalid-request", ("/colour",)),
    "title": ({"title": "  "}, "invalid-request", ("/title",)),
    "terms": ({"terms": {"price": 1}}, "invalid-terms", ("/terms/price", "/terms/value", "/terms/period")),
    "terms of no object": ({"terms": "all"}, "invalid-terms", ("/terms",)),
    "completed tomorrow": ({"completed_on": "2026-03-03"}, "invalid-date", ("/completed_on",)),
    "completed before it began": ({"completed_on": "2024-09-15"}, "invalid-date", ("/completed_on",)),
    "no such day": ({"completed_on": "2025-02-29"}, "invalid-request", ("/completed_on",)),
    "assessed unfinished": ({"completed_on": None}, "invalid", ("/completed_on",)),
    "document": ({"document": "abc"}, "invalid-request", ("/document",)),
    "evidence": (
        {"evidence": [{"sha256": "0" * 64, "media_type": "paper", "title": "x"}]},
        "invalid-evidence",
        ("/evidence/0/media_type",),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_record_is_refused_at_the_place_that_is_wrong(world: World, case: str) -> None:
    """Code and pointers say what to mend; nothing is recorded."""
    changes, code, pointers = WRONG[case]
    before = world.events()
    sent = finished(world.alpha, world.beta, **changes)
    refused(world.alpha.post("/collaborations", sent, idempotency_key="wrong"), 422, code, *pointers)
    assert world.events() == before


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"amount": 48200, "currency": "EUR"}, "/terms/value/amount"),
        ({"amount": "1e3", "currency": "EUR"}, "/terms/value/amount"),
        ({"amount": "0.00", "currency": "EUR"}, "/terms/value/amount"),
        ({"amount": "1.005", "currency": "EUR"}, "/terms/value/amount"),
        ({"amount": "1.00", "currency": "XXX"}, "/terms/value/currency"),
        ("48200.00 EUR", "/terms/value"),
    ],
)
def test_money_is_an_exact_amount_in_a_known_currency(world: World, value: Any, pointer: str) -> None:
    """Nothing is rounded or guessed."""
    sent = finished(world.alpha, world.beta)
    sent["terms"] = {**sent["terms"], "value": value}
    refused(world.alpha.post("/collaborations", sent, idempotency_key="money"), 422, "invalid-terms", pointer)


def test_parties_are_firms_of_the_network_in_the_roles_of_the_kind(world: World) -> None:
    """A firm of another network is as unknown as one that does not exist."""
    sent = finished(world.alpha, world.beta)
    details = set()
    for firm in (world.omega.id, str(uuid4()), world.bank.id):
        parties = [sent["parties"][0], {"firm": firm, "role": "subcontractor"}]
        answer = world.alpha.post("/collaborations", {**sent, "parties": parties}, idempotency_key="p")
        details.add(refused(answer, 422, "invalid-parties", "/parties/1/firm"))
    assert details == {"There is no such firm in this network."}
    twice = [{"firm": world.alpha.id, "role": "contractor"}, {"firm": world.alpha.id, "role": "lead"}]
    answer = world.alpha.post("/collaborations", {**sent, "parties": twice}, idempotency_key="p")
    assert answer.json["code"] == "invalid-parties"
    assert {"/parties/1/role", "/parties/1/firm", "/parties"} == {f["pointer"] for f in answer.json["errors"]}


def test_a_firm_records_only_its_own_work(world: World) -> None:
    """Neither the work of others, nor in the name of others."""
    sent = finished(world.beta, world.gamma)
    refused(world.alpha.post("/collaborations", sent, idempotency_key="x"), 403, "not-a-party")
    own = finished(world.alpha, world.beta, proposed_by=world.beta.id)
    refused(world.alpha.post("/collaborations", own, idempotency_key="x"), 403, "not-permitted")
    for name in ("bank", "operator"):
        refused(world.caller(name).post("/collaborations", sent, idempotency_key="x"), 403, "not-permitted")


def test_assessments_that_do_not_fit_are_refused(world: World) -> None:
    """Not of oneself, not of outsiders, not twice, not empty, not in unknown measures."""
    alpha, beta = world.alpha, world.beta
    cases: dict[str, tuple[list[dict[str, Any]], str]] = {
        "/assessments/0/about": ([{"about": alpha.id, **GOOD}], "invalid-assessment"),
        "/assessments/1/about": ([{"about": beta.id, **GOOD}, {"about": world.gamma.id, **GOOD}], "invalid-assessment"),
        "/assessments": ([{"about": beta.id, **GOOD}] * 2, "invalid-assessment"),
        "/assessments/0": ([{"about": beta.id}], "invalid-assessment"),
        "/assessments/0/rating": ([{"about": beta.id, "rating": 6}], "invalid-request"),
        "/assessments/0/on_time": ([{"about": beta.id, "on_time": "yes"}], "invalid-request"),
    }
    for pointer, (given, code) in cases.items():
        sent = finished(alpha, beta, assessments=given)
        refused(alpha.post("/collaborations", sent, idempotency_key="a"), 422, code, pointer)


def test_one_document_makes_one_job(world: World) -> None:
    """Under another key it answers the same; with another content, or from the partner, it is refused."""
    document = "ab" * 32
    sent = finished(world.alpha, world.beta, document=document)
    first = world.alpha.post("/collaborations", sent, idempotency_key="one")
    before = world.events()
    again = world.alpha.post("/collaborations", {**sent, "document": document.upper()}, idempotency_key="two")
    assert (again.status_code, again.json) == (201, first.json)
    mine = {**sent, "assessments": []}
    detail = refused(world.beta.post("/collaborations", mine, idempotency_key="x"), 409, "document-already-recorded")
    assert first.json["id"] in detail
    stranger = finished(world.gamma, world.delta, document=document)
    detail = refused(
        world.gamma.post("/collaborations", stranger, idempotency_key="x"), 409, "document-already-recorded"
    )
    assert first.json["id"] not in detail
    assert world.events() == before


def test_a_document_is_free_again_when_its_job_ended_without_counting(world: World) -> None:
    """Declined, withdrawn or struck: the next record takes its place."""
    sent = finished(world.alpha, world.beta, document="cd" * 32)
    first = propose(world.alpha, sent, "one")
    step(world.beta, first, "declines", {"reason": "The value is wrong."})
    corrected = {**sent, "terms": {**sent["terms"], "value": euros("47000.00")}}
    second = propose(world.alpha, corrected, "two")
    assert second != first
    world.beta.record(f"/collaborations/{second}/acceptances", if_match=ANY)
    refused(world.alpha.post("/collaborations", sent, idempotency_key="three"), 409, "document-already-recorded")
