"""The profile of a firm as fields of a form: what was typed becomes a body, and its faults find their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import lazy_gettext as _

from ledger.dashboards.registers import IDENTIFIERS
from ledger.dashboards.registers import RIGHT as RIGHT_NUMBER
from ledger.domain.sectors import DIVISION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.errors import Invalid

FIELDS = ("name", "legal_form", "country", "town", "sector", "nace", "capabilities", "sole_proprietor", *IDENTIFIERS)
RIGHT = {
    "name": _("Enter the name as the register has it, in one line."),
    "country": _("Two capital letters, such as DE or DK."),
    "legal_form": _("One line of up to 100 characters, such as GmbH or ApS."),
    "town": _("One line of up to 100 characters."),
    "nace": _("Two digits, or with a dot and one or two more, such as 25.62."),
    "capabilities": _("One a line, up to 100 lines of up to 100 characters."),
    "register": _("Enter the register, such as Handelsregister Kiel."),
    "extract": _("Enter how the extract is called or numbered."),
    "on": _("The day of the extract, not in the future."),
    **RIGHT_NUMBER,
}


def typed() -> dict[str, str]:
    """Return what stands in the form that was sent."""
    return {name: request.form.get(name, "").strip() for name in FIELDS}


def body(fields: Mapping[str, str], *, new: bool) -> dict[str, Any]:
    """Return the body that the form says; a number that is taken away is null."""
    numbers = {scheme: fields[scheme] or None for scheme in IDENTIFIERS}
    return {
        **{name: fields[name] for name in ("name", "country")},
        **{name: fields[name] or None for name in ("legal_form", "town")},
        "nace": fields["nace"] or fields["sector"] or None,
        "identifiers": {scheme: number for scheme, number in numbers.items() if number or not new},
        "capabilities": [line.strip() for line in fields["capabilities"].splitlines() if line.strip()],
        "sole_proprietor": bool(fields["sole_proprietor"]),
    }


def as_typed(firm: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields as they stand for a firm."""
    nace = firm["nace"] or ""
    return {
        **{name: firm[name] or "" for name in ("name", "legal_form", "country", "town")},
        "sector": nace[:DIVISION],
        "nace": nace if len(nace) > DIVISION else "",
        "capabilities": "\n".join(firm["capabilities"]),
        "sole_proprietor": "1" if firm["sole_proprietor"] else "",
        **{scheme: firm["identifiers"].get(scheme, "") for scheme in IDENTIFIERS},
    }


def faults(error: Invalid) -> dict[str, str]:
    """Return what is wrong by field, each with what a right one looks like."""
    found: dict[str, str] = {}
    for fault in error.faults:
        steps = fault.pointer.strip("/").split("/")
        field = steps[1] if steps[0] == "identifiers" and len(steps) > 1 else steps[0]
        found.setdefault(field, str(RIGHT.get(field, fault.detail)))
    return found or {"name": error.detail}
