"""What became of a loan: said by the bank, read by the firm, added up for the office."""

from __future__ import annotations

import pytest

from tests.api.callers import refused
from tests.api.jobs import consent
from tests.api.world import World

LENT = {"granted": True, "amount_band": "250k_1m", "currency": "EUR"}


@pytest.fixture
def path(world: World) -> str:
    """Where the bank says what became of alpha's loan."""
    consent(world.alpha, world.bank)
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})["id"]
    return f"/referrals/{referral}/outcome"


def test_a_bank_says_what_became_of_the_loan(world: World, path: str) -> None:
    """The firm sees it; said again it is corrected, and the same again records nothing."""
    answer = world.bank.post(path, LENT)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"2"')
    assert world.bank.record(path, LENT)["version"] == 2
    (year,) = world.alpha.read(f"/firms/{world.alpha.id}/benefits")["years"]
    assert (year["granted"], year["bands"]) == (1, [{"currency": "EUR", "amount_band": "250k_1m", "loans": 1}])
    assert world.bank.record(path, {"granted": False})["version"] == 3
    (year,) = world.alpha.read(f"/firms/{world.alpha.id}/benefits")["years"]
    assert (year["granted"], year["refused"], year["bands"]) == (0, 1, [])


def test_it_may_be_said_after_the_consent_has_ended(world: World, path: str) -> None:
    """Lending takes longer than looking; the bank learns nothing by it."""
    consents = world.alpha.read("/consents")["items"]
    world.alpha.send("DELETE", f"/consents/{consents[0]['id']}")
    refused(world.bank.get(path.removesuffix("/outcome")), 404, "not-found")
    world.bank.record(path, LENT)


def test_what_is_said_must_fit(world: World, path: str) -> None:
    """A loan that was refused has no size; a band needs its currency."""
    refused(world.bank.post(path, {}), 422, "invalid-request", "/granted")
    refused(world.bank.post(path, {**LENT, "granted": False}), 422, "invalid-request", "/amount_band")
    refused(world.bank.post(path, {"granted": True, "currency": "EUR"}), 422, "invalid-request", "/currency")
    refused(world.bank.post(path, {**LENT, "amount_band": "310000"}), 422, "invalid-request", "/amount_band")


def test_it_changes_neither_score_nor_referral(world: World, path: str) -> None:
    """Both say the same as before, but for the place in the log."""
    addresses = (f"/firms/{world.alpha.id}/trust", path.removesuffix("/outcome"))
    moving = {"position": None, "as_of": None}
    before = [{**world.alpha.read(address), **moving} for address in addresses]
    world.bank.record(path, {"granted": False})
    assert [{**world.alpha.read(address), **moving} for address in addresses] == before


def test_a_bank_reads_its_own_queries(world: World, path: str) -> None:
    """In pages; a look that was refused is none, and looking into the log leaves no trace."""
    world.bank.read(f"/firms/{world.alpha.id}/trust")
    refused(world.bank.get(f"/firms/{world.beta.id}/trust"), 404, "not-found")
    log = f"/banks/{world.bank.id}/query-log"
    told = [(look["firm"], look["what"], look["purpose"]) for look in world.bank.read(log)["items"]]
    assert told == [(world.alpha.id, "trust", "machine loan"), (world.alpha.id, "referral", "machine loan")]
    answer = world.bank.get(f"{log}?limit=1")
    assert [look["what"] for look in answer.json["items"]] == ["trust"]
    following = answer.headers["Link"].split(">")[0].removeprefix("<").removeprefix("/v1")
    assert [look["what"] for look in world.bank.read(following)["items"]] == ["referral"]
    assert world.other_bank.read(f"/banks/{world.other_bank.id}/query-log")["items"] == []
