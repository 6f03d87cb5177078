"""Firms as old books name them: by the ledger's id, or by a register or VAT number that one firm alone has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.domain.errors import Fault
from ledger.intake.texts import compact

if TYPE_CHECKING:
    from ledger.intake.matching import KnownFirm

MOST_NAMED = 5


class Firms:
    """The firms of a network by their numbers."""

    def __init__(self, known: Iterable[KnownFirm]) -> None:
        found: dict[str, set[UUID]] = defaultdict(set)
        for firm in known:
            for number in firm.identifiers.values():
                if number:
                    found[compact(number)].add(firm.id)
        self._found = found

    def named(self, body: Mapping[str, Any]) -> list[Fault]:
        """Put ids in place of numbers, wherever a record names a firm; return which numbers are nobody's."""
        faults = []
        for holder, name, pointer in _mentions(body):
            said = holder.get(name)
            if not isinstance(said, str) or _is_id(said):
                continue
            firms = sorted(self._found.get(compact(said), ()))
            if len(firms) == 1:
                holder[name] = str(firms[0])
            else:
                faults.append(Fault(pointer, _nobody(said) if not firms else _several(firms)))
        return faults


def _mentions(body: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Yield every place where a record names a firm: what holds it, under which name, and where that is."""
    if isinstance(body, dict):
        yield body, "proposed_by", "/proposed_by"
    terms = body.get("terms")
    lists = [(name, body.get(name), f"/{name}") for name in ("parties", "assessments", "confirmed")]
    if isinstance(terms, dict):
        lists += [(name, rows, f"/terms/{name}") for name, rows in terms.items()]
    for name, rows, pointer in lists:
        for n, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                called = "about" if name == "assessments" else "firm"
                yield row, called, f"{pointer}/{n}/{called}"


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def _nobody(said: str) -> str:
    return f"No firm of this network has the id, register or VAT number “{said[:60]}”."


def _several(firms: Sequence[UUID]) -> str:
    return f"Several firms have this number: {', '.join(map(str, firms[:MOST_NAMED]))}; give the id of one."
