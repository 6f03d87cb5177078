"""A referral: its page, the signed token, the sealed PDF file, and the joint work behind a factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ledger.dashboards import labels
from ledger.dashboards.asked import asked
from ledger.dashboards.exports import Table
from ledger.dashboards.faces import called
from ledger.dashboards.page import Page, file, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.referral_around import around, as_issued
from ledger.dashboards.referral_sheet import sheet as composed
from ledger.dashboards.referrals import READERS, bp
from ledger.dashboards.standing import standing
from ledger.delivery.referral_token import MEDIA_TYPES, PARTS
from ledger.domain.loan import CURRENCIES, Band
from ledger.projections.collaborations import queries as collaborations
from ledger.projections.firms import queries as firms
from ledger.projections.referrals import queries
from ledger.web.reading import note_looks_of
from ledger.web.referrals import PDF, ROOMS, looked_at, printed, signed
from ledger.web.schemas.queries import CollaborationsQuery

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

LISTED = CollaborationsQuery(only=("kind", "state", "limit", "cursor"))
# How large a loan is, in units of its currency.
BANDS = {
    Band.UNDER_50K: lazy_gettext("under 50,000"),
    Band.FROM_50K: lazy_gettext("50,000 to 250,000"),
    Band.FROM_250K: lazy_gettext("250,000 to 1,000,000"),
    Band.OVER_1M: lazy_gettext("1,000,000 or more"),
}


@page(bp, "/referrals/<uuid:referral>", *READERS)
def sheet(referral: UUID) -> Page:
    """Show a referral, true for its position."""
    with opened(*ROOMS) as reading:
        stand = standing(reading)  # a bank's look is an event as well, and not one that this page lacks
        document = looked_at(reading, viewer().actor, referral)
        shown = composed(document, around(reading, viewer().actor, document))
        more = {
            "sheet": shown,
            "state": labels.label(labels.REFERRAL_STATES, document["state"]),
            "bands": [(band.value, BANDS[band]) for band in Band],
            "currencies": [(one, one) for one in CURRENCIES],
        }
        return Page("referral.html", document, stand, more=more)


@file(bp, "/referrals/<uuid:referral>.jwt", *READERS)
def token(referral: UUID) -> Answer:
    """Show a referral as its signed token."""
    with opened(*ROOMS) as reading:
        document = looked_at(reading, viewer().actor, referral)
        return _sent(signed(reading, document, PARTS), MEDIA_TYPES[0], f"{referral}.jwt")


@file(bp, "/referrals/<uuid:referral>.pdf", *READERS)
def paper(referral: UUID) -> Answer:
    """Show a referral as a sealed PDF file."""
    with opened(*ROOMS) as reading:
        document = looked_at(reading, viewer().actor, referral)
        return _sent(printed(reading, viewer().actor, document), PDF, f"{referral}.pdf")


@page(bp, "/referrals/<uuid:referral>/collaborations", *READERS, csv=True)
def behind(referral: UUID) -> Page:
    """List the joint work behind a factor, as it stood at the referral's position and as the reader may see it."""
    narrow = asked(LISTED)
    with opened(*ROOMS) as reading:
        actor = viewer().actor
        issued = queries.one(reading, actor, referral)
        then, firm = as_issued(reading, issued), UUID(issued["firm"])
        found = collaborations.page(then, actor, firm=firm, **narrow)
        stand = standing(then)
        note_looks_of(actor, reading, found.items, "collaborations", firm)
        name = firms.names(then, actor, [firm]).get(str(firm), "")
        data = {"referral": issued, "firm": name, "items": found.items, "next": found.next}
        table = _table(found.items)
        return Page("referral_work.html", data, stand, table, {"rows": table.rows, "states": labels.STATES})


def _table(items: list[dict[str, Any]]) -> Table:
    rows = [
        (one["business_date"], labels.label(labels.KINDS, one["kind"]), one["title"], _state(one), _firms(one))
        for one in items
    ]
    return Table("referral-work", (_("Day"), _("Kind"), _("Joint work"), _("State"), _("Parties")), rows)


def _firms(one: dict[str, Any]) -> str:
    return "; ".join(called(party) for party in one["parties"])


def _state(one: dict[str, Any]) -> str:
    state = labels.label(labels.STATES, one["state"])
    return f"{state} · {_('Entered by the office for every side')}" if one["by_office_alone"] else state


def _sent(content: str | bytes, media_type: str, name: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'inline; filename="referral-{name}"'
    return response
