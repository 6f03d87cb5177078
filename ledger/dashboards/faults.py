"""What is wrong with a form, in the reader's words and at the field where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ledger.dashboards.labels import label
from ledger.dashboards.term_forms import shape
from ledger.dashboards.term_words import MEASURES, TERMS
from ledger.domain.errors import Fault
from ledger.domain.kinds.kind import Kind
from ledger.domain.kinds.terms import Field, Rows

# What a right one looks like, by what the field takes.
RIGHT = {
    "text": lazy_gettext("Up to 200 characters on one line, please."),
    "whole": lazy_gettext("A whole number, please, for example 12."),
    "number": lazy_gettext("A number from 0 up, please, for example 37.5."),
    "choice": lazy_gettext("Please choose one."),
    "day": lazy_gettext("A day, please, for example 2026-11-06."),
    "period": lazy_gettext("Both days, please; the end does not lie before the beginning."),
    "amount": lazy_gettext("An amount above 0, please, for example 48200.00."),
    "firm": lazy_gettext("Please choose one of the firms that took part."),
    "rows": lazy_gettext("Please look at these lines again."),
}
# Fields beside the terms, by the first step of their pointer.
OTHERS = {
    "title": lazy_gettext("Enter a short title for the job."),
    "parties": lazy_gettext("Enter the partner firm."),
    "kind": lazy_gettext("Choose what you did together."),
    "completed_on": lazy_gettext("The work cannot end in the future, or before it began."),
    "assessments": lazy_gettext("Please look at your assessment again."),
    "evidence": lazy_gettext("Please look at the documents again."),
    "reason": lazy_gettext("Say what is not right, please."),
    "statement": lazy_gettext("Write an answer, please."),
    "about": lazy_gettext("Say something about this partner, please."),
}
FILES = {"invoice": lazy_gettext("This is no invoice that the ledger can read: XRechnung, ZUGFeRD, UBL or CII.")}
PARTNERS = {
    "choose": lazy_gettext("Several firms fit. Choose the one you mean."),
    "nobody": lazy_gettext("No firm fits. Try a part of the name, the town or the register number."),
}
# What is wrong with the form as a whole, by the error's code.
WHOLE = {
    "idempotency-key-reused": lazy_gettext("This form was sent with other contents before. Open a new one."),
    "document-already-recorded": lazy_gettext("A job was recorded from this invoice already. Look into the inbox."),
    "version-conflict": lazy_gettext("Somebody recorded this at the same moment. Look into the inbox first."),
}
# The fields that stand above the terms, in their order.
FIRST = ("form", "invoice", "kind-joint_order", "partner", "title")
# Which field stands for a pointer that is none.
FIELDS = {"parties": "partner", "reason": "why", "kind": "kind-joint_order", "about": "assessment-on_time"}


def told(faults: Iterable[Fault], kind: Kind | None, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return field and words of every fault, each field once, in the order of the form."""
    found: dict[str, str] = {}
    for fault in faults:
        id_, words = _told(fault, kind, values)
        found.setdefault(id_, words)
    return sorted(found.items(), key=lambda one: FIRST.index(one[0]) if one[0] in FIRST else len(FIRST))


def _told(fault: Fault, kind: Kind | None, values: Mapping[str, str]) -> tuple[str, str]:
    steps = fault.pointer.strip("/").split("/")
    if steps[0] == "terms" and kind is not None and len(steps) > 1:
        field = _field(kind.fields, steps[1:])
        if field is not None:
            return _field_id(field, steps, kind), _words(field, "-".join(steps), values)
    if steps[-1] in MEASURES:
        return f"assessment-{steps[-1]}", str(OTHERS["assessments"])
    if not fault.pointer.startswith("/"):
        return fault.pointer or "form", str(FILES.get(fault.pointer) or WHOLE.get(fault.detail, fault.detail))
    if fault.detail in PARTNERS:
        return FIELDS["parties"], str(PARTNERS[fault.detail])
    return FIELDS.get(steps[0], steps[0]), str(OTHERS.get(steps[0], fault.detail))


def _field(fields: Iterable[Field], steps: list[str]) -> Field | None:
    """Return the innermost declared field on the way of a pointer."""
    found = next((field for field in fields if field.name == steps[0]), None)
    if found is not None and isinstance(found.type, Rows) and len(steps) > 2:  # noqa: PLR2004 - list, place, field
        return _field(found.type.fields, steps[2:]) or found
    return found


def _field_id(field: Field, steps: list[str], kind: Kind) -> str:
    """Return the id of the input that a pointer means; a whole amount or period is mended at its first input."""
    id_ = "-".join(steps)
    first: dict[str, Any] = {"amount": "amount", "period": "from"}
    if shape(field) in first and steps[-1] == field.name:
        return f"{id_}-{first[shape(field)]}"
    if isinstance(field.type, Rows):
        own = next(one for one in kind.fields if one.name == field.name)
        inner = field.type.fields[0]
        place = steps[2] if len(steps) > 2 else "0"  # noqa: PLR2004
        return _field_id(inner, ["terms", own.name, place, inner.name], kind)
    return id_


def _words(field: Field, id_: str, values: Mapping[str, str]) -> str:
    called = label(TERMS, field.name)
    empty = not any(text for name, text in values.items() if name == id_ or name.startswith(f"{id_}-"))
    if field.name == "work_packages" and not empty:
        return str(_("The shares of the work packages must add up to 1."))
    return str(_("%(name)s is missing.", name=called)) if empty else f"{called}: {RIGHT[shape(field)]}"
