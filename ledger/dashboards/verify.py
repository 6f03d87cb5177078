"""The page on which anybody checks a referral: a form without scripts, and the verdict in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Request, Response, request
from flask_babel import lazy_gettext as _

from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import render
from ledger.projections.referrals import queries
from ledger.web.schemas.bodies import LONGEST_TOKEN
from ledger.web.verdicts import found, newest

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

bp = pages("verify")
MOST_FIELDS = 10
FRESH = 300  # seconds; a new release shows soon
PDF = b"%PDF-"

# For each verdict a heading, and what it means for whoever holds the token.
HEADINGS = {
    "genuine": _("Genuine and in force"),
    "tampered": _("Not genuine"),
    "unknown_key": _("Signed by somebody else"),
    "expired": _("Genuine, but expired"),
    "revoked": _("Declared void"),
    "not_in_force": _("Not in force"),
}
MEANINGS = {
    "genuine": _(
        "This ledger issued it, nothing in it was changed, and it has been neither revoked nor overtaken by time."
    ),
    "tampered": _("The text was changed, is incomplete, or was never a referral of this ledger. Do not rely on it."),
    "unknown_key": _("It names a key that this ledger never had. Do not rely on it."),
    "expired": _("What it says was true for its position. Ask the firm for a new one."),
    "revoked": _("The firm or its network’s office has declared it void. Do not rely on it any more."),
    "not_in_force": _("It carries our signature, but does not count here: it begins later, or was not issued here."),
}
# The parts that a holder may keep back.
PARTS = {
    "bank": _("the bank"),
    "purpose": _("the purpose"),
    "identifiers": _("register numbers"),
    "jobs": _("jobs and their volume"),
    "partners": _("each partner"),
    "concentration": _("concentration"),
    "record": _("delivery record"),
    "payments": _("payment record"),
    "credit_references": _("credit references"),
    "disputes": _("disputes"),
    "score": _("the score"),
    "factors": _("its factors"),
    "facts": _("its figures"),
    "events": _("proof of the events behind it"),
}
LOOKS = {"genuine": "good", "expired": "warn", "not_in_force": "warn"}


@bp.get("/verify")
def form() -> Response:
    """Show the form."""
    return _page()


@bp.get("/verify/<uuid:referral>")
def status(referral: UUID) -> Response:
    """Show where a referral stands, and nothing of whom it is about: whoever holds only its id learns no name."""
    with newest() as reading:
        return _page(200 if (known := queries.dates(reading, referral)) else 404, known=known, referral=str(referral))


@bp.post("/verify")
def verdict() -> Response:
    """Show what the token is that was sent; nothing is changed by it, so the form needs no secret of its own."""
    token = _token(request)
    if not token:
        return _page(missing=True)
    with newest() as reading:
        finding = found(token, reading)
    return _page(finding=finding.shown(), last_day=finding.last_day(), token=token)


def _token(sent: Request) -> str:
    """Return the token of the form or of its file; one that is longer than any referral is cut, and so is none."""
    from ledger.intake.sealed_pdf import attached_token

    sent.max_form_parts = MOST_FIELDS
    sent.max_form_memory_size = sent.max_content_length
    fields: MultiDict[str, str] = sent.form
    text = fields.get("token", "")
    file = sent.files.get("file")
    if file is not None and file.filename:
        content = file.stream.read()
        text = attached_token(content) if content.startswith(PDF) else content.decode("ascii", "replace")
    return "".join(text.split())[: LONGEST_TOKEN + 1]


def _page(status: int = 200, **shown: Any) -> Response:
    said = {"headings": HEADINGS, "meanings": MEANINGS, "parts_of": PARTS, "looks": LOOKS}
    return render("verify.html", status, **said, **shown)
