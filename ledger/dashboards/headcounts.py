"""Telling how many people a firm employs: by the firm itself, and by the network's office for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, url_for

from ledger.application import firms as commands
from ledger.dashboards import firms, headcount_forms, mine
from ledger.dashboards.blueprint import pages
from ledger.dashboards.own import own_firm
from ledger.dashboards.page import Page, action, viewer
from ledger.domain.actor import Role
from ledger.domain.errors import Invalid
from ledger.web.house import house

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as Answer

bp = pages("headcounts")


@action(bp, "/firms/<uuid:firm>/headcounts", Role.COORDINATOR)
def of_member(firm: UUID) -> Page | Answer:
    """Record the figures for a firm, or show what is wrong with the form."""
    typed = headcount_forms.typed()
    try:
        _report(firm, typed)
    except Invalid as error:
        return firms.shown(firm, typed, headcount_forms.faults(error))
    return redirect(url_for("members.one", firm=firm, done="headcount"), 303)


@action(bp, "/mine/headcounts", Role.FIRM)
def of_own() -> Page | Answer:
    """Record the figures of the reader's firm, or show what is wrong with the form."""
    typed = headcount_forms.typed()
    try:
        _report(own_firm(), typed)
    except Invalid as error:
        return mine.shown(typed, headcount_forms.faults(error))
    return redirect(url_for("mine.mine", done="headcount"), 303)


def _report(firm: UUID, typed: Mapping[str, str]) -> None:
    commands.report_headcount(house().ledger, viewer().actor, firm, **headcount_forms.body(typed))
