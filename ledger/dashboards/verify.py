"""The page on which anybody checks a referral: a form without scripts, and the verdict in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from flask import make_response, render_template, request

from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import POLICY
from ledger.dashboards.verify_words import HEADINGS, MEANINGS, PARTS, WORDS, Said
from ledger.web.json_body import read_bytes
from ledger.web.languages import LANGUAGES, chosen
from ledger.web.schemas.bodies import LONGEST_TOKEN
from ledger.web.verdicts import found, newest

if TYPE_CHECKING:
    from flask import Response

bp = pages("verify")
MOST_FIELDS = 10
CATALOGUES = {"words": WORDS, "headings": HEADINGS, "meanings": MEANINGS, "parts": PARTS}


@bp.get("/verify")
def form() -> Response:
    """Show the form."""
    response = _page({})
    response.cache_control.max_age = 300  # seconds; a new release shows soon
    return response


@bp.post("/verify")
def verdict() -> Response:
    """Show what the token is that was sent; nothing is changed by it, so the form needs no secret of its own."""
    token = _token()
    if not token:
        return _page({"missing": True})
    with newest() as reading:
        finding = found(token, reading)
    return _page({"finding": finding.shown(), "last_day": finding.last_day(), "token": token})


def _token() -> str:
    """Return the token of the form; one that is longer than any referral is cut, and so is none."""
    try:
        sent = parse_qs(read_bytes().decode("ascii", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError:  # more fields than the form has
        return ""
    return "".join(sent.get("token", [""])[0].split())[: LONGEST_TOKEN + 1]


def _page(shown: dict[str, Any]) -> Response:
    language = chosen(request.args.get("lang", ""))
    said = {name: _in(language, words) for name, words in CATALOGUES.items()}
    response = make_response(render_template("verify.html", language=language, languages=LANGUAGES, **said, **shown))
    response.headers["Content-Security-Policy"] = POLICY
    response.content_language.add(language)
    response.vary.add("Accept-Language")
    return response


def _in(language: str, words: dict[str, Said]) -> dict[str, str]:
    return {name: said[LANGUAGES.index(language)] for name, said in words.items()}
