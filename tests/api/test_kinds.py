"""Every kind of joint work from its record to both firms' histories."""

from __future__ import annotations

import pytest

from ledger.domain.kinds.catalogue import BY_NAME, KINDS
from ledger.domain.kinds.kind import Acceptance, Kind
from tests.api.callers import refused
from tests.api.jobs import ANY, body, propose, step
from tests.api.world import World

EACH = [kind.name for kind in KINDS if kind.acceptance is Acceptance.EACH]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_recorded_confirmed_and_shown(world: World, kind: Kind) -> None:
    """It counts for every party once all who must have accepted."""
    alpha, partners = world.alpha, (world.beta, world.gamma) if kind.following.most > 1 else (world.beta,)
    job = propose(alpha, body(kind.name, alpha, *partners))
    if kind.acceptance is not Acceptance.NONE:
        assert alpha.read(f"/collaborations/{job}")["confirmed"] is False
        for partner in partners:
            step(partner, job, "acceptances")
    shown = alpha.read(f"/collaborations/{job}")
    assert (shown["kind"], shown["state"], shown["confirmed"]) == (kind.name, "confirmed", True)
    for firm in (alpha, *partners):
        history = firm.read(f"/firms/{firm.id}/history?kind={kind.name}")
        assert history["summary"]["by_kind"] == {kind.name: 1}
        assert [item["id"] for item in history["items"]] == [job]
    assert world.delta.read(f"/firms/{world.delta.id}/history")["items"] == []
    refused(world.delta.get(f"/collaborations/{job}"), 404, "not-found")


@pytest.mark.parametrize("kind", EACH)
def test_where_each_confirms_for_itself_one_suffices(world: World, kind: str) -> None:
    """It counts among those who have accepted; a refusal of one ends it for that one only."""
    job = propose(world.alpha, body(kind, world.alpha, world.beta, world.gamma))
    assert step(world.beta, job, "acceptances")["state"] == "confirmed"
    assert world.beta.read(f"/firms/{world.beta.id}/history")["summary"]["jobs"] == 1
    assert world.gamma.read(f"/firms/{world.gamma.id}/history")["summary"]["claimed"] == 1
    assert step(world.gamma, job, "declines")["state"] == "confirmed"
    history = world.gamma.read(f"/firms/{world.gamma.id}/history")
    assert (history["summary"]["jobs"], history["summary"]["claimed"], history["items"]) == (0, 0, [])


def test_a_credit_reference_needs_no_acceptance(world: World) -> None:
    """It counts at once, makes no counterparty, and its subject may contest it."""
    job = propose(world.alpha, body("credit_reference", world.alpha, world.beta))
    for name in ("acceptances", "declines"):
        refused(world.beta.post(f"/collaborations/{job}/{name}", if_match=ANY), 409, "state-conflict")
    facts = world.beta.read(f"/firms/{world.beta.id}/trust")["facts"]
    (reference,) = facts["credit_references"]
    assert (reference["days_beyond_terms"], reference["contested"]) == (5, False)
    assert facts["counterparties"] == 0
    assert world.alpha.read(f"/firms/{world.alpha.id}/trust")["facts"]["credit_references"] == []
    step(world.beta, job, "disputes", {"reason": "We always pay within the terms."})
    (reference,) = world.beta.read(f"/firms/{world.beta.id}/trust")["facts"]["credit_references"]
    assert reference["contested"] is True
    answer = world.beta.post(
        "/collaborations", body("credit_reference", world.alpha, world.beta), idempotency_key="own-praise"
    )
    refused(answer, 403, "not-a-party")


def test_a_joint_order_divides_its_value_by_shares(world: World) -> None:
    """Shares add up to 1 and belong to parties."""
    sent = body("joint_order", world.alpha, world.beta, world.gamma)
    packages = sent["terms"]["work_packages"]
    packages[1]["share"] = "0.4"
    answer = world.alpha.post("/collaborations", sent, idempotency_key="shares")
    refused(answer, 422, "invalid-terms", "/terms/work_packages")
    packages[1].update(share="0.3", firm=world.delta.id)
    answer = world.alpha.post("/collaborations", sent, idempotency_key="shares")
    refused(answer, 422, "invalid-terms", "/terms/work_packages/1/firm")
    packages[1]["firm"] = world.beta.id
    job = propose(world.alpha, sent)
    for partner in (world.beta, world.gamma):
        step(partner, job, "acceptances")
    volumes = {
        name: world.caller(name).read(f"/firms/{world.caller(name).id}/history")["summary"]["volume"]
        for name in ("alpha", "beta", "gamma")
    }
    amounts = {name: volume[0]["amount"] for name, volume in volumes.items()}
    assert amounts == {"alpha": "100000.00", "beta": "30000.00", "gamma": "30000.00"}


def test_a_kind_has_its_own_roles(world: World) -> None:
    """Roles of another kind are refused by name."""
    for kind in BY_NAME.values():
        sent = body(kind.name, world.alpha, world.beta)
        sent["parties"][1]["role"] = "bystander"
        answer = world.alpha.post("/collaborations", sent, idempotency_key="roles")
        refused(answer, 422, "invalid-parties", "/parties/1/role", "/parties")
