"""An assessment as fields of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.dashboards.term_forms import number
from ledger.domain.kinds.kind import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

YES_NO = {"yes": True, "no": False}
COUNTED = (Measure.DEFECTS, Measure.RATING)


def read(values: Mapping[str, str], prefix: str) -> dict[str, Any] | None:
    """Return what a form says of a partner as JSON, None when it says nothing."""
    found: dict[str, Any] = {}
    for measure in Measure:
        text = values.get(f"{prefix}-{measure.value}", "")
        if text:
            found[measure.value] = _whole(number(text)) if measure in COUNTED else YES_NO.get(text, text)
    comment = values.get(f"{prefix}-comment", "")
    if comment:
        found["comment"] = comment
    return found or None


def _whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdecimal() else text
