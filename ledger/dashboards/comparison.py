"""Two records of the same job, line by line, as the kind declares its terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ledger.dashboards.term_forms import shape
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.terms import Field, Rows

Job = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about, what both say, and by how much the second differs where that is a number."""

    name: str
    shape: str
    theirs: Any
    ours: Any
    differs: bool = False
    by: Any = None
    fields: tuple[Field, ...] = ()


def lines(theirs: Job, ours: Job | None, firm: str) -> list[Line]:
    """Return the lines of a record, beside those of another one if there is one."""
    kind = kind_named(theirs["kind"])
    other = ours or {}
    titles = [_line("title", "text", theirs["title"], other["title"], ours)] if ours else []
    roles = _line("role", "role", _role(theirs, firm), _role(other, firm), ours)
    terms = [
        _line(
            field.name,
            shape(field),
            theirs["terms"].get(field.name),
            other.get("terms", {}).get(field.name),
            ours,
            field.type.fields if isinstance(field.type, Rows) else (),
        )
        for field in kind.fields
    ]
    done = _line("completed_on", "day", theirs["completed_on"], other.get("completed_on"), ours)
    return [line for line in (*titles, *terms, roles, done) if line.theirs is not None or line.ours is not None]


def differ(theirs: Job, ours: Job) -> bool:
    """Tell whether two records say different things of the work; each may call it by another name."""
    both = [(one["terms"], one["completed_on"]) for one in (theirs, ours)]
    return both[0] != both[1]


def _line(name: str, shaped: str, theirs: Any, ours: Any, other: Job | None, fields: tuple[Field, ...] = ()) -> Line:
    differs = other is not None and not _same(shaped, theirs, ours)
    return Line(name, shaped, theirs, ours, differs, _by(shaped, theirs, ours) if differs else None, fields)


def _same(shaped: str, theirs: Any, ours: Any) -> bool:
    if shaped == "number" and theirs is not None and ours is not None:
        return Decimal(str(theirs)) == Decimal(str(ours))
    return bool(theirs == ours)


def _by(shaped: str, theirs: Any, ours: Any) -> Any:
    """Return what the second says more or less than the first."""
    if theirs is None or ours is None:
        return None
    if shaped in ("number", "whole"):
        return Decimal(str(ours)) - Decimal(str(theirs))
    if shaped == "amount" and theirs["currency"] == ours["currency"]:
        try:
            return {**theirs, "amount": str(Decimal(ours["amount"]) - Decimal(theirs["amount"]))}
        except InvalidOperation:  # erased
            return None
    return None


def _role(job: Job, firm: str) -> str | None:
    return next((str(party["role"]) for party in job.get("parties", ()) if party["firm"] == firm), None)
