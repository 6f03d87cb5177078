"""The news of a network as its feed shows them: who did what, with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from ledger.dashboards.labels import KINDS, OUTCOMES, label
from ledger.dashboards.office_words import ICONS, firm_name, firm_path


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news; `by` and `other` are firms' names and paths, `more` counts those beside them."""

    what: str
    by_office: bool
    icon: str
    by: tuple[str, str] | None
    other: tuple[str, str] | None
    more: int
    kind: str
    href: str | None
    position: int
    recorded_at: str


def lines(told: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Return the news in the order given."""
    return [_line(one) for one in told]


def _line(told: Mapping[str, Any]) -> Line:
    by = next((one for one in told["firms"] if one["firm"] == told["by"]), told["firms"][0] if told["firms"] else None)
    others = [one for one in told["firms"] if one is not by]
    known = [label(KINDS, told["kind"])] if told["kind"] else []
    known += [label(OUTCOMES, told["outcome"])] if told["outcome"] else []
    return Line(
        what=told["what"],
        by_office=told["by"] is None,
        icon=ICONS[told["what"]],
        by=_named(by) if by else None,
        other=_named(others[0]) if others else None,
        more=max(len(others) - 1, 0),
        kind=" · ".join(known),
        href=url_for("work.one", id_=told["collaboration"]) if told["collaboration"] else None,
        position=told["position"],
        recorded_at=told["recorded_at"],
    )


def _named(firm: Mapping[str, Any]) -> tuple[str, str]:
    return firm_name(firm), firm_path(firm["firm"])
