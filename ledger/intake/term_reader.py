"""Single values out of the business terms; what cannot be read becomes a remark."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.intake.remarks import Remark
from ledger.intake.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

# A decimal of XML Schema, no longer than money gets: Decimal would take "1e999999" and "NaN" as well.
AMOUNT = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,10})?|\.[0-9]{1,10})", re.ASCII)


class TermReader:
    """Reads terms by their numbers (BT-…, BG-…) and collects `remarks`."""

    def __init__(self, terms: Mapping[str, Any], remarks: Sequence[Remark] = ()) -> None:
        self._terms = terms
        self.remarks = list(remarks)

    def text(self, term: str) -> str:
        """Return a text on one line, "" when absent."""
        return one_line(self._single(term))

    def day(self, term: str) -> date | None:
        """Return a day; the business terms hold no others than real ones."""
        value: date | None = self._single(term)
        return value

    def amount(self, term: str) -> Decimal | None:
        """Return an amount in the invoice's currency, None with a remark when it is no decimal."""
        written = self._single(term)
        if written is None or AMOUNT.fullmatch(written):
            return None if written is None else Decimal(written)
        shown = one_line(written, 30)
        said = {"term": term, "written": shown}
        self.remarks.append(Remark("amount-unreadable", f"{term}: “{shown}” is no amount.", said=said))
        return None

    def group(self, term: str) -> Mapping[str, Any]:
        """Return a group that stands once, empty when absent."""
        return self._terms.get(term) or {}

    def groups(self, term: str) -> Sequence[Mapping[str, Any]]:
        """Return a repeated group, empty when absent."""
        return self._terms.get(term) or []

    def texts(self, group: str, term: str, *, subject: str | None = None) -> list[str]:
        """Return one text of every group that has it; of notes only those on a subject (BT-21), if asked."""
        stated = [member for member in self.groups(group) if subject in (None, member.get("BT-21"))]
        return [member[term] for member in stated if isinstance(member.get(term), str)]

    def _single(self, term: str) -> Any:
        value = self._terms.get(term)
        if not isinstance(value, list):
            return value
        detail, said = f"{term} is stated {len(value)} times; the first is taken.", {"term": term, "count": len(value)}
        self.remarks.append(Remark("stated-twice", detail, said=said))
        return value[0]
