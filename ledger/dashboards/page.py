"""What a page is: who may open it, what it shows as HTML, and the same as JSON and CSV beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import Response, jsonify, redirect, request, url_for

from ledger.dashboards import sessions
from ledger.dashboards.exports import Table, as_csv
from ledger.dashboards.frame import render
from ledger.dashboards.names import names
from ledger.dashboards.standing import Standing
from ledger.domain.errors import NotFound
from ledger.web.soundness import require_sound_log

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as Answer

    from ledger.dashboards.sessions import Session
    from ledger.domain.actor import Role


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `data` is what it tells and the JSON beside it, `table` its list, `more` what only its template needs.

    A table that takes some work is given by what makes it: most readers of a page want no file.
    """

    template: str
    data: Mapping[str, Any]
    standing: Standing | None = None
    table: Table | Callable[[], Table] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


View = Callable[..., "Page | Answer"]


def page(blueprint: Blueprint, rule: str, *roles: Role, csv: bool = False, json: bool = True) -> Callable[[View], View]:
    """Register a page for these roles under `rule`, with `.json` beside it, and `.csv` where it has a table."""

    def register(view: View) -> View:
        blueprint.add_url_rule(rule, view.__name__, _guarded(view, roles, _as_html), methods=["GET"])
        if json:
            blueprint.add_url_rule(f"{rule}.json", f"{view.__name__}_json", _guarded(view, roles, _as_json))
        if csv:
            blueprint.add_url_rule(f"{rule}.csv", f"{view.__name__}_csv", _guarded(view, roles, _as_csv))
        return view

    return register


def file(blueprint: Blueprint, rule: str, *roles: Role) -> Callable[[View], View]:
    """Register a file for these roles, such as a PDF: nothing lies beside it, and none is made of an unsound log."""

    def register(view: View) -> View:
        @wraps(view)
        def sound(**path: Any) -> Page | Answer:
            require_sound_log()
            return view(**path)

        blueprint.add_url_rule(rule, view.__name__, _guarded(sound, roles, _as_html), methods=["GET"])
        return view

    return register


def action(blueprint: Blueprint, rule: str, *roles: Role) -> Callable[[View], View]:
    """Register what a form of these roles does; it answers with a page to go to, or with the form and its faults."""

    def register(view: View) -> View:
        @wraps(view)
        def checked(**path: Any) -> Page | Answer:
            sessions.check_csrf()
            return view(**path)

        blueprint.add_url_rule(rule, view.__name__, _guarded(checked, roles, _as_html), methods=["POST"])
        return view

    return register


def viewer() -> Session:
    """Return who is signed in on a page that only they may open."""
    session = sessions.current()
    assert session is not None  # nosec B101 # noqa: S101 - `page` has seen to it
    return session


def _guarded(view: View, roles: tuple[Role, ...], answer: Callable[[Page], Answer]) -> Callable[..., Answer]:
    @wraps(view)
    def guarded(**path: Any) -> Answer:
        session = sessions.current()
        if session is None:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("login.form", to=wanted), 303)
        if session.actor.role not in roles:
            raise NotFound("There is no such page for you.")
        if request.method == "GET":  # before the view: it may record a look, which the frame would have to wait for
            names(session.actor)
        shown = view(**path)
        return answer(shown) if isinstance(shown, Page) else shown

    return guarded


def _as_html(shown: Page) -> Answer:
    return render(shown.template, shown.status, data=shown.data, standing=shown.standing, **shown.more)


def _as_json(shown: Page) -> Answer:
    return jsonify(shown.data)


def _as_csv(shown: Page) -> Answer:
    require_sound_log()
    if shown.table is None:
        raise NotFound("There is no table here.")
    response: Response = as_csv(shown.table if isinstance(shown.table, Table) else shown.table())
    return response
