"""The five calls of the README, with every header, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.callers import refused
from tests.api.jobs import finished, well_known
from tests.api.world import World


def _recorded(answer: Any, path: str, version: int) -> str:
    """Require a complete 201 and return the id."""
    assert answer.status_code == 201, answer.text
    receipt = answer.json
    assert answer.headers["Location"] == f"/v1/{path}/{receipt['id']}"
    assert answer.headers["ETag"] == f'"{version}"'
    assert answer.headers["Ledger-Position"] == str(receipt["position"])
    assert receipt["version"] == version
    return str(receipt["id"])


def _shown(answer: Any) -> Any:
    """Require a complete 200 and return its body."""
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    assert int(answer.headers["Ledger-Position"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json


def test_the_story_of_the_readme(either_world: World) -> None:
    """Record, confirm, history and score, consent, referral."""
    contractor, subcontractor, bank = either_world.alpha, either_world.beta, either_world.bank
    about = f"/firms/{subcontractor.id}"

    # 1. Record
    sent = finished(contractor, subcontractor)
    answer = contractor.post("/collaborations", sent, idempotency_key="readme-1")
    job = _recorded(answer, "collaborations", 1)
    assert answer.json["state"] == "proposed"
    claimed = _shown(subcontractor.get(f"{about}/history?limit=1"))
    assert (claimed["summary"]["jobs"], claimed["summary"]["claimed"]) == (0, 1)
    assert claimed["items"][0]["claimed"] is True

    # 2. Confirm
    answer = subcontractor.post(f"/collaborations/{job}/acceptances", if_match='"1"')
    _recorded(answer, "collaborations", 3)  # accepted, and by that confirmed
    assert answer.json["state"] == "completed"

    # 3. History and score
    history = _shown(subcontractor.get(f"{about}/history?limit=1"))
    assert history["summary"]["volume"] == [{"amount": "48200.00", "currency": "EUR"}]
    assert history["items"][0]["id"] == job
    assert history["items"][0]["confirmed"] is True
    assert history["position"] == answer.json["position"]
    score = _shown(subcontractor.get(f"{about}/trust"))
    assert (score["score"], score["sufficient"], score["counterparties"]) == (None, False, 1)
    assert "a score needs at least 3" in score["reason"]

    # 4. Consent
    refused(bank.get(f"{about}/history"), 404, "not-found")
    refused(bank.post("/referrals", {"firm": subcontractor.id, "purpose": "machine loan"}), 403, "consent-missing")
    given = {"bank": bank.id, "purpose": "machine loan", "until": "2026-05-30"}
    consent = _recorded(subcontractor.post("/consents", given), "consents", 1)
    assert _shown(bank.get(f"{about}/history"))["items"][0]["id"] == job

    # 5. Referral
    answer = bank.post("/referrals", {"firm": subcontractor.id, "purpose": "machine loan"}, idempotency_key="r")
    referral = _recorded(answer, "referrals", 1)
    document = _shown(bank.get(f"/referrals/{referral}"))
    assert document["state"] == "in_force"
    assert document["firm"]["id"] == subcontractor.id
    assert document["jobs"]["36_months"]["count"] == 1

    # The firm sees that the bank looked, and takes its leave back.
    looks = [look["what"] for look in _shown(subcontractor.get(f"{about}/access-log"))["items"]]
    assert looks == ["referral", "referral", "history"]  # read, issued
    gone = subcontractor.send("DELETE", f"/consents/{consent}")
    assert (gone.status_code, gone.data, gone.headers["ETag"]) == (204, b"", '"2"')
    assert int(gone.headers["Ledger-Position"]) > int(answer.headers["Ledger-Position"])
    for path in (f"{about}/history", f"/referrals/{referral}"):
        refused(bank.get(path), 404, "not-found")
    refused(bank.post("/referrals", {"firm": subcontractor.id, "purpose": "machine loan"}), 403, "consent-missing")


def test_three_partners_make_a_score(either_world: World) -> None:
    """With three counterparties whose word counts the score stands, and its factors add up to it."""
    alpha = either_world.alpha
    well_known(either_world.office, alpha, either_world.beta, either_world.gamma, either_world.delta)
    either_world.clock.forward(days=15)
    score = alpha.read(f"/firms/{alpha.id}/trust")
    assert score["sufficient"] is True
    assert score["score"] > 50
    assert sum(factor["points"] for factor in score["factors"]) == pytest.approx(score["score"])
    for factor in score["factors"]:
        assert alpha.get(factor["evidence"].removeprefix("/v1")).status_code == 200
