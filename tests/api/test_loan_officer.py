"""The loan officer's story, end to end over HTTP: the consented, signed, provable, revocable referral."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.callers import refused
from tests.api.jobs import ANY, body, confirmed, consent, propose, step, well_known
from tests.api.test_signed_referrals import found, offline, part, signed
from tests.api.world import World

PURPOSE = "machine loan"
IDENTIFIERS = {"cvr": "13585628"}


@pytest.fixture
def worked(either_world: World) -> World:
    """Alpha is verified, has worked for three partners, one across the border, one of whom disputed a job in vain."""
    world = either_world
    well_known(world.office, world.alpha, world.beta, world.gamma, world.delta, completed_on="2025-11-07")
    propose(world.beta, body("credit_reference", world.beta, world.alpha))
    world.office.send("PATCH", f"/firms/{world.alpha.id}", {"identifiers": IDENTIFIERS}, if_match=ANY)
    extract = {"register": "CVR", "extract": "13585628 of 20 February", "on": "2026-02-20"}
    world.office.record(f"/firms/{world.alpha.id}/verification", extract)
    job = confirmed(world.alpha, world.gamma, completed_on="2024-11-08", assessments=[])
    step(world.gamma, job, "disputes", {"reason": "Two housings were late."})
    decided = world.office.post(f"/collaborations/{job}/disputes/1/settlement", {"outcome": "upheld"}, if_match=ANY)
    assert decided.status_code == 201, decided.text
    return world


def test_the_loan_officer_s_story(worked: World, tmp_path: Path) -> None:
    """Consent, referral, its page, its signed form, a check without the ledger, withdrawal, revocation everywhere."""
    world = worked
    asked = {"firm": world.alpha.id, "purpose": PURPOSE}
    refused(world.bank.post("/referrals", asked, idempotency_key="early"), 403, "consent-missing")
    agreed = consent(world.alpha, world.bank, PURPOSE)
    referral = f"/referrals/{world.bank.record('/referrals', asked)['id']}"

    document = world.bank.read(referral)
    says_everything(document, world)

    filed = signed(world.bank, referral)
    code, line, claims = offline(tmp_path, world, filed)
    assert (code, line.partition(":")[0]) == (0, "genuine")
    assert {name: claims[name] for name in document if name != "state"} == {
        name: value for name, value in document.items() if name != "state"
    }
    assert claims["events"]["count"] == len(claims["events"]["leaves"]) > 30
    handed_on = part(world.alpha, referral, "score", "jobs", "payments")
    keeps_back_the_rest(world, handed_on, tmp_path, claims)

    assert world.alpha.send("DELETE", f"/consents/{agreed}").status_code == 204
    refused(world.bank.get(referral), 404, "not-found")
    refused(world.bank.get(referral, Accept="application/dc+sd-jwt"), 404, "not-found")
    refused(world.bank.post("/referrals", asked, idempotency_key="late"), 403, "consent-missing")
    assert found(world, filed)["verdict"] == "genuine"  # the copy on file stays what it was

    assert world.alpha.send("DELETE", referral).status_code == 204
    listed = world.anyone.get("/status-lists/1").text
    for token in (filed, handed_on):
        assert found(world, token)["verdict"] == "revoked"
        assert offline(tmp_path, world, token, listed=listed)[:2] == (1, "revoked: it has been revoked")
    assert offline(tmp_path, world, filed)[0] == 0  # without the list nobody can know


def says_everything(document: dict[str, Any], world: World) -> None:
    """Hold a referral against what product.md says that one contains, item by item."""
    firm, trust = document["firm"], document["trust"]
    # identity and register numbers; who verified them
    assert (firm["id"], firm["name"], firm["country"]) == (world.alpha.id, "Example alpha", "DE")
    assert (firm["identifiers"], firm["verified"]) == (IDENTIFIERS, True)
    (verification,) = firm["verifications"]
    assert (verification["register"], verification["extract"]) == ("CVR", "13585628 of 20 February")
    assert verification["by"] == {"role": "coordinator", "network": world.office.id}
    # relationship since; number of confirmed joint jobs and volume per currency in 12, 24 and 36 months; roles
    assert (document["relationship_since"], document["last_job"]) == ("2024-11-08", "2025-11-07")
    assert [document["jobs"][f"{months}_months"]["count"] for months in (12, 24, 36)] == [9, 10, 10]
    (volume,) = document["jobs"]["12_months"]["volume"]
    assert (float(volume["amount"]), volume["currency"]) == (9_000_000, "EUR")
    assert sum(document["roles"].values()) == 10
    # independent counterparties, largest share, concentration, cross-border share
    assert (document["counterparties"], document["independent_counterparties"]) == (3, 3)
    assert len(document["partners"]) == 3
    assert 1 / 3 <= document["concentration"]["hhi"] < 0.4
    assert 1 / 3 <= document["concentration"]["largest_share"] < 0.4
    assert document["spread"].keys() >= {"jobs"}
    assert 0.3 < document["cross_border_share"] <= 1 / 3
    # on time, accepted and payment record with counts; manner of payment from credit references
    assert document["record"]["on_time"] == document["record"]["accepted"] == {"yes": 9, "no": 0}
    assert document["record"]["paid"].keys() == {"yes", "no"}
    assert document["payment"]["days_beyond_terms"]["median"] == 5
    (reference,) = document["credit_references"]
    assert (reference["days_beyond_terms"], reference["contested"]) == (5, False)
    # disputes open and settled, and in whose favour
    assert document["disputes"] == {"open": 0, "settled": 1, "in_favour": 1, "against": 0}
    # score with interval, grade, and factors that add up to it
    assert trust["interval"]["low"] <= trust["score"] <= trust["interval"]["high"]
    assert trust["grade"] in {"strong", "good", "fair", "weak"}
    assert (trust["sufficient"], trust["waterfall"][-1]["score"]) == (True, trust["score"])
    assert sum(factor["points"] for factor in trust["factors"]) == pytest.approx(trust["score"])
    # what is not known; the position and time it is true for; validity; method version
    assert any("no balance sheets" in sentence for sentence in document["not_known"])
    assert (document["position"], document["as_of"]) == (world.house.ledger.head() - 2, document["issued_at"])
    assert document["valid_until"] > document["issued_at"][:10]
    assert (document["method"], document["state"]) == (trust["method"], "in_force")
    # signature; how to verify; and the sentence that it is information and no recommendation to lend
    assert "application/dc+sd-jwt" in document["how_to_verify"]
    assert "/v1/verifications" in document["how_to_verify"]
    assert document["notice"] == "This is information and no recommendation to lend."
    assert (document["bank"], document["purpose"]) == (world.bank.id, PURPOSE)


def keeps_back_the_rest(world: World, token: str, folder: Path, whole: dict[str, Any]) -> None:
    """Hold what was handed on against what it must not tell; it is checked like the whole, also for revocation."""
    code, _, shown = offline(folder, world, token, listed=world.anyone.get("/status-lists/1").text)
    assert (code, shown["trust"]["score"]) == (0, whole["trust"]["score"])
    assert (shown["counterparties"], shown["partners"]) == (3, [])
    hidden = (world.beta.id, world.gamma.id, world.delta.id, world.bank.id, "13585628", PURPOSE)
    assert [secret for secret in hidden if secret in json.dumps(shown)] == []
    assert "events" not in shown
    assert found(world, token)["disclosed"] == ["jobs", "payments", "score"]
