"""A firm gives and withdraws consents by forms, and decides how banks of its partners see it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.jobs import consent
from tests.api.test_signed_referrals import asked
from tests.api.world import World
from tests.dashboards.people import person

HEADINGS = {"en": "Consents", "de": "Einwilligungen", "da": "Samtykker"}
ENDED = {
    "en": "The consent is withdrawn. The bank can look no more.",
    "de": "Die Einwilligung ist widerrufen. Die Bank kann nichts mehr ansehen.",
    "da": "Samtykket er trukket tilbage. Banken kan ikke længere se noget.",
}
RIGHT = {
    "en": ("Choose the bank.", "Say in one line", "Choose a day from today on"),
    "de": ("Wählen Sie die Bank.", "Sagen Sie in einer Zeile", "Wählen Sie einen Tag ab heute"),
    "da": ("Vælg banken.", "Skriv på én linje", "Vælg en dag fra i dag"),
}


def given(world: World, **fields: Any) -> Any:
    """Alpha sends the form of a consent."""
    whole = {"bank": world.bank.id, "purpose": "Machine loan", "until": "2026-12-31", **fields}
    return person(world, "alpha").send("/consents/new", "/consents", **whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_given_yet_says_how_to(world: World, language: str) -> None:
    """Why it is empty and one action, in the reader's language."""
    page = person(world, "alpha", language).text("/consents")
    assert f"<h1>{HEADINGS[language]}</h1>" in page
    assert 'href="/consents/new"' in page
    assert 'class="empty"' in page


def test_a_consent_is_given_and_opens_the_firm_to_the_bank(world: World) -> None:
    """The page says so, lists it, and the bank may look."""
    answer = given(world)
    assert (answer.status_code, answer.location) == (303, "/consents?done=given")
    page = person(world, "alpha").text(answer.location)
    assert "The consent is given." in page
    assert "Example bank" in page
    assert "Machine loan" in page
    assert world.bank.get(f"/firms/{world.alpha.id}").status_code == 200
    table = person(world, "alpha", "de").get("/consents.csv").text
    assert "Bank;Zweck;Erteilt am;Bis;Stand" in table
    assert "Example bank;Machine loan;" in table
    assert person(world, "alpha").get("/consents.json").json["consents"][0]["bank_name"] == "Example bank"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faulty_form_says_what_right_looks_like(world: World, language: str) -> None:
    """Each field in the reader's words, with what was typed kept, and nothing recorded."""
    alpha = person(world, "alpha", language)
    before = world.events()
    answer = alpha.send("/consents/new", "/consents", bank="<x>", purpose="", until="2020-01-01 soon")
    assert answer.status_code == 422
    assert [words for words in RIGHT[language] if words not in answer.text] == []
    assert 'value="2020-01-01 soon"' in answer.text
    assert 'href="#purpose"' in answer.text
    assert world.events() == before


@pytest.mark.parametrize("fields", [{"bank": str(uuid4())}, {"until": "2020-01-01"}, {"purpose": "x" * 201}])
def test_what_the_ledger_refuses_comes_back_at_its_field(world: World, fields: dict[str, str]) -> None:
    """A bank that is none, a day that is past, a purpose that is too long."""
    answer = given(world, **fields)
    assert answer.status_code == 422
    assert f'id="{next(iter(fields))}-fault"' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_withdrawing_asks_once_and_ends_it_at_once(world: World, language: str) -> None:
    """The page says what stays: referrals, each of which can be revoked; sent twice, it stays withdrawn."""
    referral = asked(world)
    alpha = person(world, "alpha", language)
    (one,) = alpha.get("/consents.json").json["consents"]
    path = f"/consents/{one['id']}/withdraw"
    asked_once = alpha.text(path)
    assert f'href="/consents/referrals/{referral.rpartition("/")[2]}/revoke"' in asked_once
    assert "Example bank" in asked_once
    answer = alpha.send(path, path)
    assert ENDED[language] in alpha.text(answer.location)
    assert world.bank.get(f"/firms/{world.alpha.id}").status_code == 404
    assert alpha.send("/consents", path).status_code == 303
    assert alpha.get(path).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_referral_is_revoked_after_asking(world: World, language: str) -> None:
    """Whoever checks it reads that it is void; a second time changes nothing."""
    referral = asked(world).rpartition("/")[2]
    alpha = person(world, "alpha", language)
    path = f"/consents/referrals/{referral}/revoke"
    assert alpha.send(path, path).location == "/consents?done=revoked"
    assert world.alpha.read(f"/referrals/{referral}")["state"] == "revoked"
    assert alpha.send("/consents", path).status_code == 303
    assert alpha.get(path).status_code == 200


def test_how_banks_of_partners_see_the_firm(world: World) -> None:
    """Described until it says otherwise; anything else is refused."""
    alpha = person(world, "alpha")
    assert 'value="described" checked' in alpha.text("/consents")
    assert alpha.send("/consents", "/consents/disclosure", to_banks="named").location == "/consents?done=shown"
    assert 'value="named" checked' in alpha.text("/consents")
    assert alpha.send("/consents", "/consents/disclosure", to_banks="<b>").status_code == 422


def test_what_belongs_to_others_does_not_exist(world: World) -> None:
    """Another firm's consent and referral, an id that is none, an answer that nobody gave."""
    referral = asked(world).rpartition("/")[2]
    theirs = consent(world.beta, world.bank)
    alpha, beta = person(world, "alpha"), person(world, "beta")
    for path in (f"/consents/{theirs}/withdraw", f"/consents/{uuid4()}/withdraw", "/consents/..%2F/withdraw"):
        assert alpha.get(path).status_code == 404
        assert alpha.send("/consents", path).status_code == 404
    assert beta.send("/consents", f"/consents/referrals/{referral}/revoke").status_code == 404
    assert beta.get(f"/consents/referrals/{referral}/revoke").status_code == 404
    assert "note good" not in alpha.text("/consents?done=<script>")


def test_a_form_from_elsewhere_changes_nothing(world: World) -> None:
    """Without the secret of the session it is not read."""
    alpha = person(world, "alpha")
    answer = alpha.client.post("/consents", data={"bank": world.bank.id, "purpose": "x", "until": "2026-12-31"})
    assert answer.status_code == 403
