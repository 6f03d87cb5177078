"""A bank's referrals as pages: who reads them, what they say in which language, and that each look is recorded once."""

from __future__ import annotations

import pytest

from tests.api.jobs import consent
from tests.api.test_signed_referrals import PURPOSE, asked
from tests.api.world import World
from tests.dashboards.people import person


@pytest.fixture
def referral(world: World) -> str:
    """The address of alpha's referral."""
    return asked(world)


def looks(world: World) -> int:
    """How many looks at alpha the bank's log holds."""
    world.house.follower.catch_up()
    return len(world.bank.read(f"/banks/{world.bank.id}/query-log")["items"])


def test_a_bank_asks_for_a_referral_and_is_led_to_it(world: World) -> None:
    """Under a purpose of a consent in force; sent twice it is the same referral."""
    consent(world.alpha, world.bank, PURPOSE)
    bank = person(world, "bank")
    assert "Example alpha" in bank.text("/referrals?q=alph")
    fields = {"firm": world.alpha.id, "purpose": PURPOSE, "key": "one"}
    answer = bank.send("/referrals", "/referrals", **fields)
    assert (answer.status_code, answer.location.partition("?")[0][:11]) == (303, "/referrals/")
    assert bank.send("/referrals", "/referrals", **fields).location == answer.location
    assert "Example alpha" in bank.text(answer.location)
    assert PURPOSE in bank.text("/referrals.csv")


def test_without_consent_there_is_nothing(world: World, referral: str) -> None:
    """Neither page nor file, for another bank; the same for the bank itself once the consent is withdrawn."""
    other, bank = person(world, "other_bank"), person(world, "bank")
    for ending in ("", ".json", ".jwt", ".pdf", "/collaborations"):
        assert other.get(referral + ending).status_code == 404
    answer = other.send("/referrals", "/referrals", firm=world.alpha.id, purpose=PURPOSE)
    assert answer.status_code == 422
    given = world.alpha.read("/consents")["items"][0]["id"]
    assert bank.get(referral).status_code == 200
    world.alpha.send("DELETE", f"/consents/{given}")
    assert bank.get(referral).status_code == 404


def test_each_view_is_recorded_once(world: World, referral: str) -> None:
    """One look in the log for the page, one for the token; none for the firm itself."""
    before = looks(world)
    person(world, "bank").text(referral)
    assert looks(world) == before + 1
    person(world, "bank").text(f"{referral}.jwt")
    assert looks(world) == before + 2
    person(world, "alpha").text(referral)
    assert looks(world) == before + 2
    assert "Referral" in person(world, "bank").text("/queries")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "What moves the score"), ("de", "Was den Wert bewegt"), ("da", "Hvad der flytter scoren")],
)
def test_the_sheet_speaks_the_reader_s_language(world: World, referral: str, language: str, words: str) -> None:
    """All of it: no sentence of the API, which speaks English, is left on the page."""
    document = world.bank.read(referral)
    text = person(world, "bank", language).text(f"{referral}?lang={language}")
    known = document["trust"]["sufficient"]
    assert (words in text) == known
    if language != "en":
        assert [one for one in document["not_known"] if one in text] == []
        assert [one["would_change"] for one in document["trust"]["factors"] if one["would_change"] in text] == []


def test_a_firm_revokes_a_referral(world: World, referral: str) -> None:
    """And whoever follows the QR code then reads that it is void, without a name."""
    address = "/verify" + referral.removeprefix("/referrals")
    assert "in force" in person(world, None).text(address)
    answer = person(world, "alpha").send(referral, f"{referral}/revoke")
    assert (answer.status_code, answer.location) == (303, "/referrals?done=revoked")
    text = person(world, None).text(address)
    assert "declared void" in text
    assert "alpha" not in text
    assert person(world, None).get("/verify/00000000-0000-4000-8000-000000000000").status_code == 404


def test_a_bank_says_what_became_of_the_loan(world: World, referral: str) -> None:
    """By a form with a band and a currency."""
    bank = person(world, "bank")
    sent = {"granted": "yes", "amount_band": "50k_250k", "currency": "EUR"}
    answer = bank.send(referral, f"{referral}/outcome", **sent)
    assert (answer.status_code, answer.location) == (303, f"{referral}?done=reported")
    assert bank.send(referral, f"{referral}/outcome", granted="no").status_code == 303


def test_the_work_behind_a_factor_is_listed_as_of_the_referral(world: World, referral: str) -> None:
    """As the bank may see it: described partners stay described."""
    text = person(world, "bank").text(f"{referral}/collaborations?state=completed")
    assert "Example beta" not in text
    assert "a firm" in text
    assert person(world, "bank").get(f"{referral}/collaborations?state=nonsense").status_code == 422
