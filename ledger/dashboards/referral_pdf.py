"""A referral as a sealed PDF file: the sheet of its page, with the signed token in it, the same bytes each time."""

from __future__ import annotations

import logging
import re
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flask import Flask, render_template

from ledger.dashboards.assets import FOLDER
from ledger.dashboards.charts.svg import Medium
from ledger.dashboards.referral_around import around
from ledger.dashboards.referral_sheet import sheet
from ledger.dashboards.words import language
from ledger.delivery.pdf_seal import seal
from ledger.delivery.referral_token import PARTS
from ledger.web.referrals import PRINTER, signed
from ledger.web.refusal import Refusal
from ledger.web.signing import certificate, signing_key

if TYPE_CHECKING:
    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading

SHEETS = ("tokens.css", "frame.css", "parts.css", "charts.css", "referral.css", "paper.css")
BOTH = re.compile(r"light-dark\(([^,]+),\s*[^)]+\)")  # WeasyPrint knows one palette: that of paper
ATTACHED = "referral.jwt"
NO_PRINTER = "PDF is not available here: the operator can install Pango. The page itself prints on one sheet."

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it complains of each rule that is for screens
logging.getLogger("fontTools").setLevel(logging.CRITICAL)


def register(app: Flask) -> None:
    """Tell the application who prints."""
    app.extensions[PRINTER] = printed


def printed(reading: Reading, viewer: Actor, document: dict[str, Any]) -> bytes:
    """Return the document as a sealed file in the reader's language; raise a 503 `Refusal` where nothing can print."""
    issued = datetime.fromisoformat(document["issued_at"])
    token = signed(reading, document, PARTS)
    page = render_template(
        "referral_pdf.html", language=language(), sheet=sheet(document, around(reading, viewer, document), Medium.PDF)
    )
    return seal(rendered(page, document["id"], token, issued), signing_key(), certificate(), issued)


def rendered(page: str, id_: str, token: str, at: datetime) -> bytes:
    """Return a page as a tagged PDF file with the token attached; no clock and no chance goes into it."""
    try:
        weasyprint: Any = import_module("weasyprint")  # it loads Pango, which not every machine has
    except OSError as error:
        raise Refusal(503, "unavailable", NO_PRINTER) from error
    attached = weasyprint.Attachment(
        string=token, name=ATTACHED, description="SD-JWT (RFC 9901)", created=at, modified=at, relationship="Data"
    )
    made: bytes = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf(
        stylesheets=[weasyprint.CSS(string=stylesheet())],
        pdf_variant="pdf/ua-1",
        pdf_identifier=id_.encode(),
        attachments=[attached],
    )
    return made


@cache
def stylesheet() -> str:
    """Return the rules of the sheet in the light palette."""
    return BOTH.sub(r"\1", "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SHEETS))


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a referral loads nothing: {url}")
