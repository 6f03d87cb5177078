"""What a firm does with a job from its inbox: the same steps as the interface's, each on the version it was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect, request, url_for

from ledger.application import collaborations as commands
from ledger.application.collaborations import Target
from ledger.dashboards import assessment_forms, inbox
from ledger.dashboards.acting import acting_firm, named
from ledger.dashboards.blueprint import pages
from ledger.dashboards.comparison import lines
from ledger.dashboards.faults import told
from ledger.dashboards.objections import reason
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.sent import Sent, sent
from ledger.dashboards.term_forms import read
from ledger.domain.actor import Role
from ledger.domain.errors import Conflict, Invalid, InvalidRequest, VersionConflict
from ledger.domain.kinds.catalogue import kind_named
from ledger.projections.collaborations.queries import one
from ledger.web.house import house
from ledger.web.schemas import collaborations as schemas
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from marshmallow import Schema
    from werkzeug.wrappers import Response as Answer

bp = pages("answers")
RULE = "/inbox/<uuid:id_>"
BOTH = (Role.FIRM, Role.COORDINATOR)


@action(bp, f"{RULE}/confirm", *BOTH)
def confirm(id_: UUID) -> Page | Answer:
    """Confirm, at once or when it can no longer be taken back."""

    def take(target: Target, form: Sent) -> None:  # noqa: ARG001 - there is nothing to say
        ledger, actor = house().ledger, viewer().actor
        if not house().confirmations.seconds:
            commands.accept(ledger, actor, target)
            return
        version, content = commands.content(ledger, actor, target.id)
        if target.expected not in (None, version):
            raise VersionConflict("The record has changed since it was shown.")
        house().confirmations.keep(actor, acting_firm(), target.id, content)

    return _taken(id_, "confirmed", "", take)


@action(bp, f"{RULE}/undo", *BOTH)
def undo(id_: UUID) -> Answer:
    """Take a confirmation back that has not been sent."""
    back = house().confirmations.take_back(acting_firm(), id_)
    return _on(id_, "undone" if back else "too-late", "todo")


@action(bp, f"{RULE}/decline", *BOTH)
def decline(id_: UUID) -> Page | Answer:
    """Say that this is not what was done."""

    def take(target: Target, form: Sent) -> None:
        body = load(schemas.ReasonBody(), {"reason": reason(form)} if reason(form) else {})
        commands.decline(house().ledger, viewer().actor, target, **body)

    return _taken(id_, "declined", "decline", take)


@action(bp, f"{RULE}/correct", *BOTH)
def correct(id_: UUID) -> Page | Answer:
    """Suggest a correction: the others are asked again."""

    def take(target: Target, form: Sent) -> None:
        ledger, actor = house().ledger, viewer().actor
        with opened("collaborations") as reading:
            kind = kind_named(one(reading, actor, target.id)["kind"])
        given = {"title": form.text("title"), "completed_on": form.text("completed_on") or None}
        body = _loaded(schemas.AmendmentBody(), {**given, "terms": read(kind.fields, form.values)})
        commands.amend(ledger, actor, target, **body)

    return _taken(id_, "corrected", "correct", take)


@action(bp, f"{RULE}/dispute", *BOTH)
def dispute(id_: UUID) -> Page | Answer:
    """Contest what counts."""

    def take(target: Target, form: Sent) -> None:
        body = load(schemas.DisputeBody(), {"reason": reason(form)})
        commands.dispute(house().ledger, viewer().actor, target, **body)

    return _taken(id_, "disputed", "dispute", take)


@action(bp, f"{RULE}/disputes/<int:number>/answer", *BOTH)
def answer(id_: UUID, number: int) -> Page | Answer:
    """Answer a dispute of another party."""

    def take(target: Target, form: Sent) -> None:
        body = load(schemas.AnswerBody(), {"statement": form.text("statement")})
        commands.answer(house().ledger, viewer().actor, target, number, **body)

    return _taken(id_, "answered", "", take)


@action(bp, f"{RULE}/complete", *BOTH)
def complete(id_: UUID) -> Page | Answer:
    """State when the work was finished."""

    def take(target: Target, form: Sent) -> None:
        body = load(schemas.CompletionBody(), {"completed_on": form.text("completed_on")})
        commands.complete(house().ledger, viewer().actor, target, **body)

    return _taken(id_, "completed", "complete", take)


@action(bp, f"{RULE}/assess", *BOTH)
def assess(id_: UUID) -> Page | Answer:
    """Say how a partner did."""

    def take(target: Target, form: Sent) -> None:
        given = assessment_forms.read(form.values, "assessment") or {}
        body = load(schemas.AssessmentBody(), {**given, "about": form.text("about")})
        commands.assess(house().ledger, viewer().actor, target, assessment=body)

    return _taken(id_, "assessed", "assess", take)


@action(bp, f"{RULE}/withdraw", *BOTH)
def withdraw(id_: UUID) -> Page | Answer:
    """Take back what one recorded."""

    def take(target: Target, form: Sent) -> None:
        body = load(schemas.ReasonBody(), {"reason": form.text("message")} if form.text("message") else {})
        commands.withdraw(house().ledger, viewer().actor, target, **body)

    return _taken(id_, "withdrawn", "withdraw", take)


def _taken(id_: UUID, done: str, do: str, take: Callable[[Target, Sent], None]) -> Page | Answer:
    """Take a step and go on; what is wrong with it is told in place, with everything that was typed."""
    form, firm = sent(), acting_firm()
    inbox.before(firm, id_, 0)
    for_whom = firm if viewer().actor.role is Role.COORDINATOR else None
    try:
        if form.faults:
            raise InvalidRequest(form.faults[0].detail, faults=form.faults)
        take(Target(id_, for_whom, _whole(form.text("version"))), form)
    except Invalid as error:
        return _again(firm, id_, form, do, 422, error=error)
    except Conflict as error:
        return _again(firm, id_, form, do, 409, error=error)
    return _on(id_, done, request.form.get("view", ""))


def _again(firm: UUID, id_: UUID, form: Sent, do: str, status: int, *, error: Invalid | Conflict) -> Page:
    page = inbox.shown(firm, id_, status=status)
    job = page.data["open"]["job"]
    values = {**page.more["values"], **form.values}
    told_ = told(error.faults, kind_named(job["kind"]), values) if isinstance(error, Invalid) else []
    seen = inbox.before(firm, id_, _whole(form.text("position")) or 0) if isinstance(error, Conflict) else None
    changed = {"then": lines(job, seen, str(firm))} if seen and seen["version"] != job["version"] else {}
    more = {"do": do, "values": values, "summary": told_, "faults": dict(told_), "conflict": status == 409, **changed}  # noqa: PLR2004
    return Page(page.template, page.data, page.standing, None, {**page.more, **more}, status)


def _on(id_: UUID, done: str, view: str) -> Answer:
    """Go on to the list after an answer, and stay with the job after everything else."""
    address: dict[str, Any] = {"view": view or None, "done": done, **named(acting_firm())}
    if done in ("confirmed", "declined"):
        return redirect(url_for("inbox.page", **address), 303)
    return redirect(url_for("inbox.item", id_=id_, **address), 303)


def _loaded(schema: Schema, body: dict[str, Any]) -> dict[str, Any]:
    loaded: dict[str, Any] = load(schema, body)
    return loaded


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None  # noqa: PLR2004 - fits 64 bits
