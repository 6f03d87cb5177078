"""The board of capacity: what firms of the network have free or seek, and a form to say so."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from flask import redirect, request, url_for
from flask_babel import lazy_gettext

from ledger.application import offers as commands
from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.labels import label
from ledger.dashboards.own import faults_of
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.dashboards.term_words import WORDS
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.domain.errors import Conflict, Invalid
from ledger.projections.offers import queries
from ledger.web.house import house
from ledger.web.schemas.loading import load
from ledger.web.schemas.offers import OfferBody, OffersQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response as Answer

bp = pages("board")
BOTH = (Role.FIRM, Role.COORDINATOR)
QUERY = OffersQuery(only=("direction", "resource", "cursor"))
A_PAGE = 50
FIELDS = ("direction", "resource", "what", "hours", "from", "to", "note")
DIRECTIONS = {"free": lazy_gettext("Free"), "sought": lazy_gettext("Sought")}
RIGHT = {
    "direction": lazy_gettext("Say whether you have it or need it."),
    "resource": lazy_gettext("Say whether it is a machine or staff."),
    "what": lazy_gettext("Say which machine or which skill, on one line."),
    "hours": lazy_gettext("Hours as a number, such as 37.5."),
    "from": lazy_gettext("The first day."),
    "to": lazy_gettext("The last day: from today on, and not before the first."),
    "note": lazy_gettext("At most 2,000 characters."),
}


@showing(bp, "/board", *BOTH, csv=True)
def page() -> Page:
    """Show what stands today."""
    return _shown({}, {})


@action(bp, "/board", Role.FIRM)
def offer() -> Page | Answer:
    """Put an offer on the board, or show what is wrong with the form."""
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    key = request.form.get("key") or str(uuid4())
    try:
        said = {**typed, "hours": typed["hours"].replace(",", ".")}
        body = load(OfferBody(), {name: text for name, text in said.items() if text})
        commands.offer(house().ledger, viewer().actor, key, **body)
    except Invalid as error:
        return _shown({**typed, "key": key}, faults_of(error, RIGHT))
    except Conflict:
        return _shown({**typed, "key": str(uuid4())}, {"what": _("This form was sent before. Send it once more.")})
    return redirect(url_for("board.page", done="offered"), 303)


@action(bp, "/board/<uuid:offer>/withdraw", *BOTH)
def withdraw(offer: UUID) -> Answer:
    """Take an offer off the board; one that is off already stays so."""
    with suppress(Conflict):
        commands.withdraw(house().ledger, viewer().actor, offer)
    return redirect(url_for("board.page", done="withdrawn"), 303)


def _shown(typed: Mapping[str, str], faults: Mapping[str, str]) -> Page:
    actor, chosen = viewer().actor, asked(QUERY)
    with opened("offers", "firms") as reading:
        found = queries.page(reading, actor, **chosen, limit=A_PAGE)
        stand = standing(reading)
    more: dict[str, Any] = {
        "chosen": chosen,
        "directions": DIRECTIONS,
        "resources": {name: WORDS[name] for name in ("machine", "staff")},
        "typed": {"key": str(uuid4()), **typed},
        "faults": faults,
        "mine": str(actor.subject),
        "office": actor.role is Role.COORDINATOR,
        "done": request.args.get("done", ""),
    }
    data = {"items": found.items, "next": found.next}
    return Page("board.html", data, stand, lambda: _table(found.items), more, status=422 if faults else 200)


def _table(items: Sequence[Mapping[str, Any]]) -> Table:
    header = (
        _("Free or sought"),
        _("Machine or staff"),
        _("What"),
        _("Hours"),
        _("From"),
        _("To"),
        _("Firm"),
        _("Note"),
    )
    rows = [
        (
            *(label(DIRECTIONS, one["direction"]), str(WORDS[one["resource"]]), one["what"], one["hours"] or ""),
            *(one["from"], one["to"], one["name"] or "", one["note"] or ""),
        )
        for one in items
    ]
    return Table("capacity-offers", header, rows)
