"""How many people a firm employed in a year, as fields of a form: what was typed, and what a right one looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import lazy_gettext as _

from ledger.dashboards.formats import ZONE
from ledger.dashboards.own import faults_of
from ledger.web.schemas.bodies import HeadcountBody
from ledger.web.schemas.fields import COUNT
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ledger.domain.errors import Invalid

FIELDS = ("year", "employees", "apprentices")
RIGHT = {
    "year": _("A year from 1990 that has begun."),
    "employees": _("A whole number from 0 to 100,000."),
    "apprentices": _("A whole number, no more than there are employees."),
}


def typed() -> dict[str, str]:
    """Return what stands in the form that was sent."""
    return {name: request.form.get(name, "").strip() for name in FIELDS}


def body(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the body that the form says; raise `InvalidRequest`."""
    said = {name: int(text) if COUNT.fullmatch(text) else text for name, text in fields.items()}
    found: dict[str, Any] = load(HeadcountBody(), said)
    return found


def faults(error: Invalid) -> dict[str, str]:
    """Return what is wrong by field, in the reader's words."""
    return faults_of(error, RIGHT)


def usual_year(now: datetime) -> int:
    """Return the year that is asked for most: the last one that is over."""
    return now.astimezone(ZONE).year - 1
