"""Recording a job: choose the kind, fill in what the kind declares, or drop an invoice and correct what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from flask import redirect, request, url_for
from flask_babel import gettext as _

from ledger.application import collaborations as commands
from ledger.dashboards import inbox
from ledger.dashboards.acting import acting_firm, acting_for, named
from ledger.dashboards.blueprint import pages
from ledger.dashboards.faults import told
from ledger.dashboards.job_forms import PARTNER, Drawn, drawn, from_draft, loaded
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.page import page as shown_at
from ledger.dashboards.reading import opened
from ledger.dashboards.remark_words import worded
from ledger.dashboards.sent import sent
from ledger.dashboards.term_forms import all_rows
from ledger.domain.actor import Role
from ledger.domain.errors import Fault, Invalid, LedgerError
from ledger.domain.kinds.catalogue import BY_NAME, KINDS, kind_named
from ledger.intake.matching import KnownFirm
from ledger.projections.firms import queries as firms
from ledger.projections.firms import seeking
from ledger.web.house import house

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

bp = pages("record")
BOTH = (Role.FIRM, Role.COORDINATOR)
MOST_LISTED = 100  # names that a browser may complete; whoever is not among them is found by searching
MOST_FOUND = 8
STEPS = ("kind", "find", "rows")


@shown_at(bp, "/record", *BOTH)
def form() -> Page:
    """Show the empty form; an office says first for which firm it records."""
    firm = acting_for()
    if firm is None:
        return inbox.choice("record.form")
    asked = request.args.get("kind", "")
    kind = asked if asked in BY_NAME else KINDS[0].name
    return _shown(firm, {"kind": kind, "shown": kind, "key": str(uuid4())})


@action(bp, "/record", *BOTH)
def send() -> Page | Answer:
    """Record the job, or show the form again: with what is wrong, or as one of its steps asks."""
    firm, form = acting_firm(), sent()
    job = drawn(form, firm, request.files.getlist("file"), _sought)
    kind = form.text("kind")
    if form.text("step") in STEPS or (kind in BY_NAME and kind != form.text("shown")):
        return _shown(firm, job.values, job, more_rows=form.text("step") == "rows")
    faults = [*form.faults, *job.faults]
    body = loaded(job, house().ledger.clock(), faults)
    if faults or body is None:
        return _shown(firm, job.values, job, faults=faults, status=422)
    return _recorded(firm, job, body)


@action(bp, "/record/invoice", *BOTH)
def read() -> Page:
    """Read an invoice into the form; nothing is recorded."""
    from ledger.intake.drafts import draft

    firm, file = acting_firm(), request.files.get("invoice")
    content = file.read() if file else b""
    blank = {"kind": KINDS[0].name, "shown": KINDS[0].name, "key": str(uuid4())}
    if not content:
        return _shown(firm, blank, faults=[Fault("invoice", "")], status=422)
    try:
        found = draft(content, _known_firms(), largest=house().settings.document_limit, called=_("Invoice"))
    except Invalid as error:
        return _shown(firm, blank, faults=[Fault("invoice", error.detail)], status=422)
    values, partners = from_draft(found.body, firm)
    job = Drawn(values={**values, "key": str(uuid4())}, partners=partners)
    return _shown(firm, job.values, job, warnings=[worded(remark) for remark in found.remarks], stated=found.document)


def _recorded(firm: UUID, job: Drawn, body: dict[str, Any]) -> Page | Answer:
    actor = viewer().actor
    for_whom = firm if actor.role is Role.COORDINATOR else None
    try:
        receipt = commands.propose(house().ledger, actor, job.values["key"], job.proposal(body), proposed_by=for_whom)
    except LedgerError as error:
        faults = error.faults or [Fault("form", error.code)]
        status = 422 if isinstance(error, Invalid) else 409
        return _shown(firm, job.values, job, faults=faults, status=status)
    address: dict[str, Any] = {"view": "waiting", "done": "recorded", **named(firm)}
    return redirect(url_for("inbox.item", id_=receipt.id, **address), 303)


def _shown(
    firm: UUID,
    values: Mapping[str, str],
    job: Drawn | None = None,
    *,
    faults: Sequence[Fault] = (),
    more_rows: bool = False,
    status: int = 200,
    warnings: Sequence[str] = (),
    stated: Mapping[str, Any] | None = None,
) -> Page:
    job, kind = job or Drawn(), kind_named(values["kind"])
    with opened("firms") as reading:
        actor = viewer().actor
        every = seeking.first(reading, actor, limit=MOST_LISTED)
        partners = seeking.called(reading, actor, [UUID(one) for one in job.partners])
        own = firms.one(reading, actor, firm)["name"]
    wrong = told(faults, kind, values)
    chosen = [(one["id"], one["name"]) for one in partners]
    data = {"firm": str(firm), "kind": kind.name, "kinds": [one.name for one in KINDS], "values": dict(values)}
    more = {
        "acting": named(firm),
        "firm_name": own,
        "kind": kind,
        "values": {**values, "shown": kind.name},
        "partners": partners,
        "candidates": [one for one in job.candidates if one["id"] not in job.partners],
        "every": [one for one in every if one["id"] != str(firm)],
        "parties": [("", "–"), (str(firm), own), *(chosen or [(PARTNER, _("Your partner"))])],
        "rows": all_rows(kind.fields, values, more=int(more_rows)),
        "summary": wrong,
        "faults": dict(wrong),
        "warnings": warnings,
        "stated": stated,
        "assessed": any(name.startswith("assessment-") and text for name, text in values.items()),
    }
    return Page("record.html", data, more=more, status=status)


def _sought(words: str) -> list[dict[str, Any]]:
    with opened("firms") as reading:
        return seeking.seek(reading, viewer().actor, words, limit=MOST_FOUND)


def _known_firms() -> list[KnownFirm]:
    with opened("firms") as reading:
        return [
            KnownFirm(UUID(one["id"]), one["name"], one["country"], one["town"], one["identifiers"])
            for one in firms.directory(reading, viewer().actor)
        ]
