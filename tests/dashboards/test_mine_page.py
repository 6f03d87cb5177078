"""A firm sees its score with what would change it, what a bank would see, and who looked."""

from __future__ import annotations

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.jobs import body, consent, propose, well_known
from tests.api.test_signed_referrals import asked
from tests.api.world import World
from tests.dashboards.people import person

MOVES = {"en": "What moves the score", "de": "Was den Wert bewegt", "da": "Hvad der flytter scoren"}
THIN = {
    "en": "Partners that have confirmed joint work: 0. A score needs 3.",
    "de": "Partner, die gemeinsame Arbeit bestätigt haben: 0. Für einen Wert braucht es 3.",
    "da": "Partnere, der har bekræftet fælles arbejde: 0. En score kræver 3.",
}
PREVIEW = {
    "en": "Preview: nothing is sent, nothing is recorded.",
    "de": "Vorschau: Nichts wird verschickt, nichts wird festgehalten.",
    "da": "Forhåndsvisning: intet sendes, intet registreres.",
}
UNREAD = {
    "en": "No bank has looked at your firm.",
    "de": "Keine Bank hat Ihren Betrieb angesehen.",
    "da": "Ingen bank har set på virksomheden.",
}


def known(world: World) -> None:
    """Let three partners confirm work with alpha and praise it."""
    well_known(world.office, world.alpha, world.beta, world.gamma, world.delta, completed_on="2025-11-07")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rated_firm_sees_its_score_and_what_would_change_it(world: World, language: str) -> None:
    """The number, the band, each factor with its sentences, the partners by name, the work over the years."""
    known(world)
    page = person(world, "alpha", language).text("/mine")
    score = world.alpha.read(f"/firms/{world.alpha.id}/trust")
    assert MOVES[language] in page
    assert f'<span class="big">{score["score"]:.0f}</span>' in page
    assert page.count('class="chart"') > len(score["factors"])
    assert "Example beta" in page
    assert "style=" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_thin_evidence_is_facts_and_what_is_missing(world: World, language: str) -> None:
    """No number, and no word that could be taken for a bad one."""
    page = person(world, "beta", language).text("/mine")
    assert THIN[language] in page
    assert 'class="big"' not in page


def test_what_is_only_claimed_is_shown_as_that(world: World) -> None:
    """Under a heading of its own, and not among what counts."""
    job = propose(world.alpha, body("subcontract", world.alpha, world.beta))
    told = person(world, "alpha").get("/mine.json").json
    assert [one["kind"] for one in told["waiting"]] == ["subcontract"]
    assert told["jobs"] == []
    page = person(world, "alpha").text("/mine")
    assert "Claimed, not confirmed" in page
    assert f'<a href="/inbox/{job}">' in page
    assert "Subcontract, not confirmed yet" in page


def test_a_firm_without_joint_work_is_led_to_recording_some(world: World) -> None:
    """The empty state has one action."""
    link = '<a class="button" href="/record">'
    assert link in person(world, "alpha").text("/mine")
    propose(world.alpha, body("subcontract", world.alpha, world.beta))
    assert link not in person(world, "alpha").text("/mine")


def test_the_factors_are_a_table(world: World) -> None:
    """In the reader's language; without a score it is empty."""
    known(world)
    lines = person(world, "alpha", "de").get("/mine.csv").text.splitlines()
    assert lines[0].endswith("Faktor;Was das Register zeigt;Punkte;Was ihn ändern würde")
    assert len(lines) == 1 + len(world.alpha.read(f"/firms/{world.alpha.id}/trust")["factors"])
    assert len(person(world, "beta").get("/mine.csv").text.splitlines()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_is_what_a_bank_gets_and_leaves_no_trace(world: World, language: str) -> None:
    """The same document but for what only an issued one has: id, bank, purpose; nothing is recorded."""
    referral = asked(world)
    alpha = person(world, "alpha", language)
    before = world.events()
    page = alpha.text("/mine/as-a-bank")
    assert PREVIEW[language] in page
    assert "Example beta" not in page
    shown, issued = alpha.get("/mine/as-a-bank.json").json, world.alpha.read(referral)
    alike = ("firm", "jobs", "partners", "concentration", "record", "payment", "credit_references", "disputes")
    assert {name: shown[name] for name in alike} == {name: issued[name] for name in alike}
    assert world.events() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_look_is_listed(world: World, language: str) -> None:
    """With bank, time and purpose; the file holds the same, and another firm's looks are not there."""
    alpha = person(world, "alpha", language)
    assert UNREAD[language] in alpha.text("/mine/looks")
    consent(world.alpha, world.bank)
    world.bank.read(f"/firms/{world.alpha.id}/trust")
    page = alpha.text("/mine/looks")
    assert "Example bank" in page
    assert "machine loan" in page
    assert len(alpha.get("/mine/looks.csv").text.splitlines()) == len(alpha.get("/mine/looks.json").json["looks"]) + 1
    assert UNREAD[language] in person(world, "beta", language).text("/mine/looks")


@pytest.mark.parametrize("path", ["/mine?as_of=yesterday", "/mine/looks?cursor=<x>", "/consents?cursor=%00"])
def test_a_hostile_address_is_told_what_is_wrong(world: World, path: str) -> None:
    """As a page, not as a fault of ours."""
    assert person(world, "alpha").get(path).status_code == 422
