"""What a bank gets: one page of confirmed facts, the same whenever it is asked for."""

from __future__ import annotations

import pytest

from ledger.projections.trust.parameters import METHOD
from tests.api.callers import Caller, refused
from tests.api.jobs import body, consent, euros, praised, propose, step, well_known
from tests.api.world import World

PURPOSE = "machine loan"


def _asked(bank: Caller, firm: Caller, **headers: str) -> str:
    return str(bank.record("/referrals", {"firm": firm.id, "purpose": PURPOSE}, **headers)["id"])


def _history(world: World) -> None:
    """Let alpha have worked for three partners, and one of them say how it pays."""
    partners = (world.beta, world.gamma, world.delta)
    well_known(world.office, world.alpha, *partners, completed_on="2025-11-07")
    propose(world.beta, body("credit_reference", world.beta, world.alpha))


def test_a_referral_says_what_is_known_and_what_is_not(world: World) -> None:
    """Identity, work by span, roles, partners, record, score, and what a reader must not take for granted."""
    _history(world)
    sent = {"register": "Handelsregister", "extract": "Kiel HRB 1234 NM", "on": "2026-02-20"}
    world.office.record(f"/firms/{world.alpha.id}/verification", sent)
    consent(world.alpha, world.bank)
    referral = _asked(world.bank, world.alpha)
    shown = world.bank.read(f"/referrals/{referral}")
    assert (shown["id"], shown["state"], shown["purpose"]) == (referral, "in_force", PURPOSE)
    assert shown["valid_until"] == "2026-05-31"
    assert shown["firm"]["verifications"][0]["by"] == {"role": "coordinator", "network": world.office.id}
    assert shown["jobs"]["12_months"] == {"count": 9, "by_office_alone": 0, "volume": [euros("9000000.00")]}
    assert shown["roles"] == {"subcontractor": 9}
    assert (shown["counterparties"], shown["relationship_since"], shown["last_job"]) == (3, "2025-11-07", "2025-11-07")
    assert shown["concentration"]["largest_share"] == pytest.approx(1 / 3)
    assert shown["cross_border_share"] == pytest.approx(1 / 3)
    assert shown["record"]["on_time"] == {"yes": 9, "no": 0}
    assert shown["credit_references"][0]["days_beyond_terms"] == 5
    assert (shown["trust"]["sufficient"], shown["method"]) == (True, METHOD)
    assert shown["trust"]["score"] == world.alpha.read(f"/firms/{world.alpha.id}/trust")["score"]
    assert "The firm has stated no register number." in shown["not_known"]
    assert shown["notice"] == "This is information and no recommendation to lend."
    assert str(shown["position"]) in shown["how_to_verify"]


def test_a_referral_is_the_same_to_the_byte_whoever_reads_it_and_when(world: World) -> None:
    """It is true for its position, whatever happens later."""
    _history(world)
    consent(world.alpha, world.bank)
    referral = _asked(world.bank, world.alpha)
    first = world.bank.get(f"/referrals/{referral}").data
    world.clock.forward(days=40)
    world.alpha.send("PATCH", f"/firms/{world.alpha.id}", {"name": "Another name"}, if_match="*")
    job = praised(world.beta, world.alpha)
    step(world.alpha, job, "disputes", {"reason": "Never paid."})
    for reader in (world.bank, world.alpha, world.office, world.operator):
        assert reader.get(f"/referrals/{referral}").data == first


def test_a_referral_needs_consent_for_its_purpose(world: World) -> None:
    """In force; a firm without consent and one that does not exist are answered alike."""
    sent = {"firm": world.alpha.id, "purpose": PURPOSE}
    given = consent(world.alpha, world.bank, "guarantee")
    details = {
        refused(world.bank.post("/referrals", {**sent, "firm": firm}), 403, "consent-missing")
        for firm in (world.alpha.id, world.omega.id, world.office.id)
    }
    assert len(details) == 1
    world.bank.record("/referrals", {**sent, "purpose": "guarantee"})
    world.alpha.send("DELETE", f"/consents/{given}")
    refused(world.bank.post("/referrals", {**sent, "purpose": "guarantee"}), 403, "consent-missing")
    consent(world.alpha, world.bank, until="2026-03-03")
    world.bank.record("/referrals", sent)
    world.clock.forward(days=2)
    refused(world.bank.post("/referrals", sent), 403, "consent-missing")
    for name in ("alpha", "office", "operator"):
        refused(world.caller(name).post("/referrals", sent), 403, "not-permitted")
    refused(world.bank.post("/referrals", {"firm": "x"}), 422, "invalid-request", "/firm", "/purpose")


def test_the_same_request_issues_one_referral(world: World) -> None:
    """Under the same key; another bank's key is another."""
    consent(world.alpha, world.bank)
    consent(world.alpha, world.other_bank)
    consent(world.alpha, world.bank, "guarantee")
    referral = _asked(world.bank, world.alpha, idempotency_key="one")
    before = world.events()
    assert _asked(world.bank, world.alpha, idempotency_key="one") == referral
    assert world.events() == before
    other = {"firm": world.alpha.id, "purpose": "guarantee"}
    refused(world.bank.post("/referrals", other, idempotency_key="one"), 422, "idempotency-key-reused")
    assert _asked(world.other_bank, world.alpha, idempotency_key="one") != referral


def test_a_referral_is_revoked_by_the_firm_or_its_office(world: World) -> None:
    """It says so from then on, and what it says is the same."""
    consent(world.alpha, world.bank)
    referral = _asked(world.bank, world.alpha)
    path = f"/referrals/{referral}"
    before = world.bank.read(path)
    for name in ("bank", "operator"):
        refused(world.caller(name).send("DELETE", path), 403, "not-permitted")
    for name in ("beta", "omega", "other_bank", "other_office"):
        for method in ("GET", "DELETE"):
            assert refused(world.caller(name).send(method, path), 404, "not-found") == "There is no such referral."
    gone = world.office.send("DELETE", path)
    assert (gone.status_code, gone.headers["ETag"]) == (204, '"2"')
    assert world.bank.read(path) == {**before, "state": "revoked"}
    refused(world.alpha.send("DELETE", path), 409, "state-conflict")


def test_a_referral_expires(world: World) -> None:
    """After ninety days, while the consent goes on."""
    consent(world.alpha, world.bank)
    referral = _asked(world.bank, world.alpha)
    world.clock.forward(days=91)
    assert world.bank.read(f"/referrals/{referral}")["state"] == "expired"
    assert world.bank.read("/referrals")["items"][0]["state"] == "expired"


def test_referrals_are_listed_for_bank_firm_and_office(world: World) -> None:
    """For nobody else, and for the bank while it has consent."""
    given = consent(world.alpha, world.bank)
    referral = _asked(world.bank, world.alpha)
    for name in ("bank", "alpha", "office", "operator"):
        assert [item["id"] for item in world.caller(name).read("/referrals")["items"]] == [referral]
    for name in ("beta", "omega", "other_bank", "other_office"):
        assert world.caller(name).read("/referrals")["items"] == []
    world.alpha.send("DELETE", f"/consents/{given}")
    assert world.bank.read("/referrals")["items"] == []


@pytest.mark.parametrize("wanted", ["image/png", "text/html", "application/jwt"])
def test_a_referral_is_served_in_its_forms_alone(world: World, wanted: str) -> None:
    """Another form is refused, and the refusal says which there are."""
    consent(world.alpha, world.bank)
    path = f"/referrals/{_asked(world.bank, world.alpha)}"
    answer = world.bank.get(path, Accept=wanted)
    assert "application/vc+sd-jwt and application/pdf" in refused(answer, 406, "not-acceptable")
    assert answer.headers["Vary"] == "Accept"
    assert world.bank.get(path, Accept=f"{wanted}, */*;q=0.1").content_type == "application/json"
    assert world.bank.get(path, Accept="application/json").headers["Vary"] == "Accept"
