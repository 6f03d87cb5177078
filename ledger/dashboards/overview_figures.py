"""The strip of headline figures: each with its change on a year before, and which way it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ledger.dashboards.behind import address
from ledger.dashboards.charts.parts import Caption, Figure, Table
from ledger.dashboards.charts.sparkline import Sparkline, sparkline
from ledger.dashboards.formats import per_cent, short_month, written
from ledger.dashboards.labels import label
from ledger.dashboards.office_words import FIGURES

LESS_IS_BETTER = ("days_to_confirm", "disputed_share")
RELATIVE = ("jobs", "hours")
PLACES = {"days": 1}
POINTS, TENTH = 100, 0.05


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure as the strip shows it; `direction` is 1, 0, -1, or none where a year before is not known."""

    name: str
    value: str
    unit: str
    href: str
    direction: int | None
    change: str
    look: str
    picture: Markup


def strip(found: Mapping[str, Any]) -> list[Headline]:
    """Return all figures in their order."""
    return [_headline(found, figure) for figure in found["figures"]]


def monthly(found: Mapping[str, Any]) -> Table:
    """Return the figures month by month, as their small pictures show them."""
    names = tuple(label(FIGURES, figure["code"]) for figure in found["figures"])
    columns = [[_value(figure["unit"], value) for value in figure["monthly"]] for figure in found["figures"]]
    months = [short_month(month) for month in found["sparkline_months"]]
    return Table((_("Month"), *names), tuple(zip(months, *columns, strict=True)))


def _headline(found: Mapping[str, Any], figure: Mapping[str, Any]) -> Headline:
    name = label(FIGURES, figure["code"])
    direction, change = _change(figure)
    better = -1 if figure["code"] in LESS_IS_BETTER else 1
    return Headline(
        name=name,
        value=_value(figure["unit"], figure["value"]),
        unit=_unit(figure),
        href=address(figure["list"], figure["query"]),
        direction=direction,
        change=change,
        look="good" if direction == better else "bad" if direction == -better else "",
        picture=sparkline(_line(found, figure, name)),
    )


def _line(found: Mapping[str, Any], figure: Mapping[str, Any], name: str) -> Sparkline:
    pairs = zip(found["sparkline_months"], figure["monthly"], strict=True)
    known = [(month, value) for month, value in pairs if value is not None]
    figures = tuple(Figure(short_month(month), value, _value(figure["unit"], value)) for month, value in known)
    told = ", ".join(f"{one.label} {one.text}" for one in (figures[:1] + figures[-1:]))
    return Sparkline(Caption(f"s-{figure['code'].split('_')[0]}", _("%(name)s by month", name=name), told), figures)


def _value(unit: str, value: float | None) -> str:
    if value is None:
        return "–"
    if unit == "share":
        return per_cent(value, 1 if value < TENTH else 0)
    return written(value, PLACES.get(unit, 0))


def _unit(figure: Mapping[str, Any]) -> str:
    if figure["unit"] == "firms":
        return str(_("of %(all)s", all=written(figure["of"], 0)))
    return str(_("days, median")) if figure["unit"] == "days" else ""


def _change(figure: Mapping[str, Any]) -> tuple[int | None, str]:
    change, before = figure["change"], figure["before"]
    if change is None or (figure["unit"] in RELATIVE and not before):
        return None, ""
    shown = _difference(figure["unit"], abs(change), before)
    same = not any(digit in shown for digit in "123456789")
    return (0, "") if same else (1 if change > 0 else -1, shown)


def _difference(unit: str, change: float, before: float) -> str:
    if unit in RELATIVE:
        return per_cent(change / before)
    if unit == "share":
        return str(_("%(points)s points", points=written(change * POINTS, 1)))
    return str(_("%(days)s days", days=written(change, 1))) if unit == "days" else written(change, 0)
