"""The page about the score speaks three languages, takes its numbers from the method, and asks for no key."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ledger.dashboards import help_score
from ledger.dashboards.assets import address
from ledger.dashboards.frame import POLICY
from ledger.domain.sealing import SEALED_FOR
from ledger.projections.trust.explanation import ENOUGH, GRADES
from ledger.projections.trust.parameters import GOOD_CEILING, HALF_LIFE, METHOD
from ledger.web.languages import LANGUAGES
from tests.api.reader import Reader
from tests.api.world import World

PAGE = "help/score"
TITLES = {
    "en": "The trust score, explained",
    "de": "Der Vertrauenswert, erklärt",
    "da": "Tillidsscoren forklaret",
}
ALONE = {"en": "72.2", "de": "72,2", "da": "72,2"}
TYPICAL = {"en": "21,000", "de": "21.000", "da": "21.000"}


def asked(world: World, lang: str | None = None, **headers: Any) -> Any:
    """The page as anybody gets it."""
    return world.anyone.send("GET", PAGE if lang is None else f"{PAGE}?lang={lang}", **headers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same(world: World, language: str) -> None:
    """Title, language, numbers of the method as that language writes them, and the same sections in the same order."""
    answer = asked(world, language)
    page = Reader(answer.text)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert f"<h1>{TITLES[language]}</h1>" in answer.text
    assert page.elements[0] == ("html", {"lang": language})
    assert answer.headers["Content-Language"] == language
    words = " ".join("".join(page.words).split())
    numbers = (
        ALONE[language],
        TYPICAL[language],
        f" {ENOUGH} ",
        f" {SEALED_FOR.days} ",
        f" {HALF_LIFE // 365} ",
        METHOD,
    )
    assert [number for number in numbers if number not in words] == []
    assert ALONE[language].replace(",", ".") == f"{100 * (GOOD_CEILING + 1) / (GOOD_CEILING + 2):.1f}"
    bounds = [str(round(bound)) for bound, _ in reversed(GRADES)]
    assert re.findall(r'class="bound"[^>]*>(\d+)<', answer.text) == [*bounds, "100"]
    english = Reader(asked(world, "en").text)
    assert page.given("id") == english.given("id")
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in english.elements]


def test_numbers_are_those_of_the_constants(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another ceiling, another bound: the page follows, though its texts are the same."""
    monkeypatch.setattr(help_score, "GOOD_CEILING", 3.0)
    monkeypatch.setattr(help_score, "ENOUGH", 7)
    monkeypatch.setattr(help_score, "HALF_LIFE", 730)
    for language, alone in (("en", "80.0"), ("de", "80,0"), ("da", "80,0")):
        text = asked(world, language).text
        assert alone in text
        assert ALONE[language] not in text
        assert re.search(r"\b7 (partners|Partner|partnere)\b", text)
        assert re.search(r"\b2 (years|Jahren|år)\b", text)


@pytest.mark.parametrize(
    ("lang", "header", "language"),
    [
        (None, None, "en"),
        (None, "de-AT, en;q=0.5", "de"),
        (None, "fr, da;q=0.4", "da"),
        (None, "fr", "en"),
        ("da", "de", "da"),
        ("de-CH", None, "de"),
        ("fr", None, "en"),
        ("fr", "da", "da"),
        ("", None, "en"),
        ("%00../de", None, "en"),
    ],
)
def test_language_is_the_reader_s(world: World, lang: str | None, header: str | None, language: str) -> None:
    """`lang` before the browser's languages; what we do not speak is passed over, and English is for everybody else."""
    answer = asked(world, lang, **({"Accept-Language": header} if header else {}))
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)


def test_it_stands_in_the_frame_of_all_pages(world: World) -> None:
    """It is the reader's own, so nobody keeps it; it varies by what was chosen."""
    answer = asked(world, "de")
    assert answer.headers["Vary"] == "Accept-Language, Cookie, Accept-Encoding"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<title>Der Vertrauenswert, erklärt · Kooperationsregister</title>" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_active_and_nothing_of_others(world: World, language: str) -> None:
    """No inline script or style, no host but ours; every link leads somewhere, and the policy is that of all pages."""
    answer = asked(world, language)
    page = Reader(answer.text)
    assert not [tag for tag, given in page.elements if tag in {"style", "form", "img"} or "style" in given]
    assert [given["src"] for tag, given in page.elements if tag == "script"] == [address("app.js")]
    assert answer.headers["Content-Security-Policy"] == POLICY
    for link in page.given("href"):
        assert not link.startswith(("http", "//"))
        assert (
            link[1:] in page.given("id")
            if link.startswith("#")
            else world.anyone.send("GET", link[1:]).status_code in (200, 303)
        )
    pictures = [given for tag, given in page.elements if tag in {"nav", "svg"} and "aria-hidden" not in given]
    assert all(given.get("aria-label") for given in pictures)
    assert page.given("aria-current")[0] == "page"
