"""A referral as a sealed PDF file: the sheet of its page, with the signed token in it, the same bytes each time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, render_template

from ledger.dashboards import paper
from ledger.dashboards.charts.svg import Medium
from ledger.dashboards.referral_around import around
from ledger.dashboards.referral_sheet import sheet
from ledger.dashboards.words import language
from ledger.delivery.referral_token import PARTS
from ledger.web.referrals import PRINTER, signed
from ledger.web.signing import certificate, signing_key

if TYPE_CHECKING:
    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading

SHEETS = ("tokens.css", "frame.css", "parts.css", "charts.css", "referral.css", "paper.css")
ATTACHED = "referral.jwt"


def register(app: Flask) -> None:
    """Tell the application who prints."""
    app.extensions[PRINTER] = printed


def printed(reading: Reading, viewer: Actor, document: dict[str, Any]) -> bytes:
    """Return the document as a sealed file in the reader's language; raise a 503 `Refusal` where nothing can print."""
    from ledger.delivery.pdf_seal import seal

    issued = datetime.fromisoformat(document["issued_at"])
    token = signed(reading, document, PARTS)
    page = render_template(
        "referral_pdf.html", language=language(), sheet=sheet(document, around(reading, viewer, document), Medium.PDF)
    )
    return seal(rendered(page, document["id"], token, issued), signing_key(), certificate(), issued)


def rendered(page: str, id_: str, token: str, at: datetime) -> bytes:
    """Return a page as a tagged PDF file with the token attached; no clock and no chance goes into it."""
    attached = paper.attachment(token, ATTACHED, "SD-JWT (RFC 9901)", at)
    return paper.pdf(page, id_, *SHEETS, attachments=[attached], one_sheet=True)
