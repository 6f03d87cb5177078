"""The page that checks a referral needs no key and no script, and speaks three languages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from ledger.dashboards.verify import HEADINGS, MEANINGS, PARTS
from ledger.dashboards.words import translations
from ledger.delivery import referral_token
from ledger.delivery.signing import Verdict
from ledger.web.languages import LANGUAGES
from tests.api.reader import Reader
from tests.api.test_signed_referrals import asked, part
from tests.api.world import World

FORM = "application/x-www-form-urlencoded"


TITLE, MISSING = "Check a referral", "Paste a referral first"


def said(words: object, language: str) -> str:
    """What it is in a language."""
    english = getattr(words, "_args", [words])[0]
    return str(translations(language).gettext(str(english)))


def sent(world: World, token: str, lang: str = "en") -> Any:
    """The page as it answers a form."""
    data = urlencode({"token": token}).encode()
    return world.anyone.send("POST", f"verify?lang={lang}", data=data, content_type=FORM)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_speaks_the_reader_s_language(world: World, language: str) -> None:
    """By what the browser prefers or what was chosen; nothing is loaded from elsewhere and no script runs."""
    answer = world.anyone.get("verify", Accept_Language=f"{language}, fr;q=0.5")
    page, title = Reader(answer.text), said(TITLE, language)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
    assert f"<h1>{title}</h1>" in answer.text
    assert f"<h1>{title}</h1>" in world.anyone.get(f"verify?lang={language}", Accept_Language="fr").text
    assert "Accept-Language" in answer.headers["Vary"]
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert {"img", "style"}.isdisjoint(tag for tag, _ in page.elements)
    assert [link for link in page.links if not link.startswith(("/", "#"))] == []
    assert ("label", {"for": "token"}) in page.elements


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_is_shown_with_what_the_token_says(world: World, language: str) -> None:
    """Firm, days, position and the parts disclosed; it may be pasted with line breaks, as from a mail."""
    token = part(world.alpha, asked(world), "score", "payments")
    answer = sent(world, token[:99] + "\r\n " + token[99:], language)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = (HEADINGS["genuine"], MEANINGS["genuine"], PARTS["score"], PARTS["payments"])
    words = " ".join(Reader(answer.text).words)
    assert [one for one in told if said(one, language) not in words] == []
    assert [one for one in ("Example alpha",) if one not in words] == []
    assert said(PARTS["partners"], language) not in words


def test_what_is_no_referral_is_shown_as_text(world: World) -> None:
    """Whatever is pasted comes back escaped, with the verdict that it is none."""
    answer = sent(world, "<script>alert(1)</script>")
    assert said(HEADINGS["tampered"], "en") in answer.text
    assert "<script>" not in answer.text
    assert MISSING in sent(world, " ").text
    assert said(HEADINGS["tampered"], "en") in sent(world, "x" * 600_000).text
    assert MISSING in world.anyone.send("POST", "verify", data=b"a&" * 50, content_type=FORM).text


def test_every_verdict_and_every_part_has_its_words() -> None:
    """In each language."""
    assert HEADINGS.keys() == MEANINGS.keys() == set(Verdict)
    assert PARTS.keys() == referral_token.PARTS.keys()
