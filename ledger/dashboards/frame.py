"""The frame that every page stands in: navigation, languages, themes, and the headers that guard it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request, url_for

from ledger.dashboards import sessions
from ledger.dashboards.assets import address
from ledger.dashboards.counts import counts
from ledger.dashboards.names import names
from ledger.dashboards.navigation import entries
from ledger.dashboards.words import COOKIE, YEAR, language
from ledger.web.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.dashboards.sessions import Session

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
NAMES = {"en": "English", "de": "Deutsch", "da": "Dansk"}
THEMES = ("auto", "light", "dark")
THEME = "theme"


def render(template: str, status: int = 200, **shown: Any) -> Response:
    """Return a page in the reader's language and theme."""
    return _rendered(template, status, sessions.current(), shown)


def render_to_nobody(template: str, status: int, **shown: Any) -> Response:
    """Return a page in the same language and theme without asking any database who reads it."""
    return _rendered(template, status, None, shown)


def _rendered(template: str, status: int, session: Session | None, shown: Mapping[str, Any]) -> Response:
    subject, network = names(session.actor) if session else ("", "")
    page = render_template(
        template,
        now=datetime.now(UTC),
        session=session,
        subject_name=subject,
        network_name=network,
        counts=counts(session),
        navigation=entries(session.actor.role if session else None),
        language=language(),
        languages=[(one, NAMES[one], here(lang=one)) for one in LANGUAGES],
        shortcuts=request.cookies.get("shortcuts", ""),
        theme=theme(),
        themes=[(one, here(theme=one)) for one in THEMES],
        stylesheet=address("app.css"),
        script=address("app.js"),
        icon=address("icon.svg"),
        **shown,
    )
    return dressed(make_response(page, status))


def dressed(response: Response) -> Response:
    """Add what every page says of itself in its headers, and keep what was chosen."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "same-origin"  # without it a form's Origin is "null" to ourselves
    response.content_language.add(language())
    response.vary.update(("Accept-Language", "Cookie"))
    if request.args.get(THEME) in THEMES:
        sessions.keep(THEME, request.args[THEME], YEAR)
    if request.args.get("lang") in LANGUAGES:
        sessions.keep(COOKIE, language(), YEAR)
    return response


def theme() -> str:
    """Return the theme that was asked for or chosen before; `auto` follows the reader's system."""
    found = request.args.get(THEME) or request.cookies.get(THEME, "")
    return found if found in THEMES else THEMES[0]


def here(**changed: str | int | None) -> str:
    """Return the address of this page with its state, and these parts of it changed; None takes a part away.

    A page that answers a form has no address of its own: it names the form's.
    """
    arguments: Mapping[str, Any] = {**request.args, **changed}
    if request.endpoint is None or request.method != "GET":
        kept = {name: value for name, value in arguments.items() if value is not None}
        return url_for("home.home", **kept)
    return url_for(request.endpoint, **{**(request.view_args or {}), **arguments})
