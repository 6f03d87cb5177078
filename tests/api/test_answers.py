"""Every answer has exactly the shape and the headers that the OpenAPI document promises."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from ledger.api.openapi import contracts
from ledger.domain.kinds.catalogue import KINDS
from tests.api.access_scene import thing
from tests.api.described import Described
from tests.api.jobs import GOOD, OFFER, body, confirmed, consent, finished, propose, step, terms, well_known
from tests.api.world import World
from tests.house.tree import ROOT

PURPOSE = "machine loan"


@pytest.fixture
def described(world: World) -> Described:
    """Every answer of the world is compared from here on."""
    return Described(world.app)


def test_every_answer_is_as_described(world: World, described: Described) -> None:
    """One visit to everything that can be asked, by everybody who may, answers every shape there is."""
    _administer(world)
    for kind in KINDS:
        propose(world.alpha, body(kind.name, world.alpha, world.beta))
    _dispute(world)
    _score(world)
    _look(world)
    _webhook(world)
    _offers(world)
    for caller in (world.operator, world.office, world.alpha, world.beta):
        _read_all(world, caller)
    assert world.office.send("DELETE", f"/firms/{world.alpha.id}/personal-data").status_code == 200
    _read_all(world, world.office)  # what is erased keeps its shape
    anyone = world.anyone
    proofs = ("/log/checkpoint", "/log/proofs/inclusion?position=1", "/log/proofs/consistency?first=1", "/log/leaves")
    for path in ("/openapi.json", "health/live", "health/ready", *proofs):
        anyone.send("GET", path)
    answers = {contract.answer for _, _, contract, _ in contracts(world.app)} - {None}
    assert described.faults == []
    assert answers <= described.seen


def test_every_problem_is_as_described(world: World, described: Described) -> None:
    """What is refused is a problem of a status that the operation is known for."""
    alpha, path = world.alpha, f"/firms/{world.alpha.id}"
    job = propose(alpha, finished(alpha, world.beta))
    assert world.anyone.get("/firms").status_code == 401
    assert alpha.post("/collaborations", {}, idempotency_key="k").status_code == 422
    assert alpha.post("/collaborations", {}).status_code == 422
    assert alpha.send("POST", "/collaborations", data=b"{", content_type="application/json").status_code == 400
    assert alpha.send("POST", "/collaborations", data=b"{}", content_type="text/plain").status_code == 415
    assert alpha.get(f"/firms/{uuid4()}").status_code == 404
    assert alpha.post("/networks", {"name": "A"}).status_code == 403
    assert world.beta.post(f"/collaborations/{job}/acceptances").status_code == 428
    assert world.beta.post(f"/collaborations/{job}/acceptances", if_match='"9"').status_code == 412
    assert alpha.post(f"/collaborations/{job}/acceptances", if_match='"1"').status_code == 409
    assert alpha.get(f"{path}/trust?min_position=999999").status_code == 504
    assert alpha.get(f"{path}/trust?as_of=yesterday").status_code == 422
    assert described.faults == []
    assert "Problem" in described.seen


def _administer(world: World) -> None:
    office, firm = world.office, f"/firms/{world.beta.id}"
    office.record(f"{firm}/verification", {"register": "Kiel", "extract": "HRB 1", "on": "2026-02-01"})
    assert office.send("PATCH", firm, {"town": "Kiel", "capabilities": ["milling"]}, if_match="*").status_code == 200
    world.beta.record(f"{firm}/headcounts", {"year": 2025, "employees": 42, "apprentices": 3})
    assert world.beta.read(firm)["headcounts"]
    assert world.beta.read(f"{firm}/acted-for")["items"]
    key = office.record("/keys", {"role": "firm", "subject": world.beta.id, "label": "second"})["id"]
    office.read(f"/keys/{key}")
    assert office.send("DELETE", f"/keys/{key}").status_code == 204
    sent = {"role": "firm", "subject": world.beta.id, "name": "Desk", "email": "desk@beta.example"}
    account = office.record("/accounts", sent)["id"]
    office.record(f"/accounts/{account}/invitation")
    for path in ("", f"/{account}", f"/{account}/personal-data"):
        office.read(f"/accounts{path}")
    assert office.send("DELETE", f"/accounts/{account}").status_code == 204
    assert office.send("DELETE", f"/accounts/{account}/personal-data").status_code == 200
    items: list[Any] = [{**finished(world.alpha, world.beta), "key": "one"}, {"key": "two"}, "three"]
    assert world.alpha.post("/collaborations/batch", {"items": items}).status_code == 200
    paper = (ROOT / "tests" / "documents" / "invoice_ubl.xml").read_bytes()
    assert world.alpha.send("POST", "/invoices", data=paper, content_type="application/xml").status_code == 200


def _dispute(world: World) -> None:
    alpha, beta = world.alpha, world.beta
    job = confirmed(alpha, beta)
    step(beta, job, "disputes", {"reason": "The value is wrong."})
    step(alpha, job, "disputes/1/answers", {"statement": "It is not."})
    corrected = {**terms("subcontract", alpha, beta), "value": {"amount": "40000.00", "currency": "EUR"}}
    step(world.office, job, "disputes/1/settlement", {"outcome": "amended", "note": "Half way.", "terms": corrected})
    job = propose(alpha, body("subcontract", alpha, beta))
    step(alpha, job, "amendments", {"terms": terms("subcontract", alpha, beta)})
    step(alpha, job, "evidence", {"sha256": "a" * 64, "media_type": "application/pdf", "title": "Note"})
    step(beta, job, "acceptances")
    step(beta, job, "completion", {"completed_on": "2026-02-27"})
    step(beta, job, "assessments", {"about": alpha.id, **GOOD, "comment": "Paid at once."})
    step(beta, propose(alpha, body("subcontract", alpha, beta)), "declines", {"reason": "Never heard of it."})
    step(alpha, propose(alpha, body("subcontract", alpha, beta)), "withdrawal")


def _score(world: World) -> None:
    well_known(world.office, world.beta, world.alpha, world.gamma, world.delta)
    reference = body("credit_reference", world.alpha, world.beta)
    reference["terms"] |= {"high_credit": {"amount": "9000.00", "currency": "DKK"}, "last_sale": "2026-01-30"}
    propose(world.alpha, reference)


def _look(world: World) -> None:
    bank, beta = world.bank, world.beta
    given = consent(beta, bank, PURPOSE)
    referral = bank.record("/referrals", {"firm": beta.id, "purpose": PURPOSE})["id"]
    assert bank.read(f"/referrals/{referral}")["trust"]["sufficient"] is True
    bank.record(f"/referrals/{referral}/outcome", {"granted": True, "amount_band": "over_1m", "currency": "DKK"})
    bank.read(f"/banks/{bank.id}/query-log")
    _check(world, bank.get(f"/referrals/{referral}", Accept="application/vc+sd-jwt").text)
    assert beta.post(f"/referrals/{referral}/presentations", {"disclose": ["score"]}).status_code == 200
    beta.read(f"/consents/{given}")
    assert beta.send("PUT", f"/firms/{beta.id}/disclosure", {"to_banks": "named"}, if_match="*").status_code == 200
    assert beta.read(f"/firms/{beta.id}/benefits")["years"][0]["bands"]
    _watch(world, f"/networks/{world.office.id}")
    _read_all(world, bank, firms=(beta.id,), query=f"?firm={beta.id}")
    assert beta.send("DELETE", f"/referrals/{referral}").status_code == 204
    other = consent(beta, world.other_bank, PURPOSE)
    assert beta.send("DELETE", f"/consents/{other}").status_code == 204


def _webhook(world: World) -> None:
    webhook = thing(world, "/v1/webhooks")
    world.alpha.read(f"/webhooks/{webhook}")
    world.alpha.read("/webhooks?limit=1")
    world.alpha.read(f"/webhooks/{webhook}/deliveries")
    assert world.alpha.post(f"/webhooks/{webhook}/deliveries/1/redelivery").status_code == 202
    assert world.alpha.send("DELETE", f"/webhooks/{webhook}").status_code == 204


def _offers(world: World) -> None:
    offered = world.alpha.record(
        "/capacity-offers", {**OFFER, "hours": "37.5", "note": "With an operator."}, idempotency_key="o"
    )
    world.gamma.record("/capacity-offers", {**OFFER, "direction": "sought"}, idempotency_key="s")
    assert len(world.beta.read("/capacity-offers")["items"]) == 2
    assert world.alpha.send("DELETE", f"/capacity-offers/{offered['id']}").status_code == 204


def _watch(world: World, network: str) -> None:
    world.office.record(f"{network}/epochs", {})
    for view in ("benefits", "activity", "indicators", "indicators?months=3", "map", "reports/2025", "reports/2026"):
        world.office.read(f"{network}/{view}")


def _check(world: World, token: str) -> None:
    for held in (token, "eyJ~"):
        assert world.anyone.post("/verifications", {"token": held}).status_code == 200
    for path in ("/status-lists/1", ".well-known/jwks.json"):
        assert world.anyone.get(path).status_code == 200


def _read_all(world: World, caller: Any, firms: tuple[str, ...] = (), query: str = "") -> None:
    for path in ("/networks", "/banks", "/firms", "/consents", "/referrals", "/keys"):
        caller.read(f"{path}?limit=1")
    caller.read("/events?limit=200")
    for job in caller.read(f"/collaborations{query}")["items"]:
        caller.read(f"/collaborations/{job['id']}")
        caller.read(f"/collaborations/{job['id']}/events?limit=200")
    caller.read(f"/banks/{world.bank.id}")
    own = (caller.id,) if caller.id in {world.alpha.id, world.beta.id} else (world.alpha.id, world.beta.id)
    for firm in firms or own:
        for view in ("", "/history?limit=3", "/partners", "/trust"):
            caller.read(f"/firms/{firm}{view}")
        for view in ("/access-log", *(() if caller.id == world.bank.id else ("/personal-data",))):
            caller.read(f"/firms/{firm}{view}")
    if not firms:
        caller.read(f"/networks/{world.office.id}")
