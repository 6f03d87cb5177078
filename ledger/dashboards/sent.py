"""What a form sent: trimmed texts, and a fault for each that holds characters no page should show."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import request

from ledger.domain.errors import Fault
from ledger.web.json_body import unsafe_text


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form by their names; `faults` are by name as well."""

    values: dict[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def text(self, name: str) -> str:
        """Return what a field says, "" where it says nothing."""
        return self.values.get(name, "")


def sent() -> Sent:
    """Return the form of this request; of a field that was sent twice, what it said first."""
    values = {name[:200]: text.strip() for name, text in request.form.items()}
    wrong = {name: unsafe_text(text) for name, text in values.items()}
    return Sent(values, tuple(Fault(name, detail) for name, detail in wrong.items() if detail))
