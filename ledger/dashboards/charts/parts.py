"""What charts are made of: a caption, a figure with its label, a legend's key, and the table that says the same."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.dashboards.charts.palette import KINDS


@dataclass(frozen=True, slots=True)
class Caption:
    """What a chart is called and what it shows, for those who do not see it; the id is unique on its page."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: what it is of, how much it is, how it is written."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a legend: the classes that paint its swatch, what it stands for, and a figure beside it."""

    look: str
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The same figures in words; the first column names the row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def kind(number: int) -> str:
    """Return the classes of a colour, counted from 0: eight colours, then their tints, then the paler ones."""
    tint, colour = divmod(number % (3 * KINDS), KINDS)
    return f"k{colour + 1}" + ("", " t2", " t3")[tint]
