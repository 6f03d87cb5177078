"""What a network's office reads more than others: figures, kinds of news, sectors, and the way to a firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from ledger.dashboards import sectors

if TYPE_CHECKING:
    from collections.abc import Mapping

FIGURES = {
    "confirmed_jobs": _("Confirmed work"),
    "firms_with_partner": _("Firms with a partner"),
    "crossing_share": _("Across the border"),
    "days_to_confirm": _("Time to confirm"),
    "disputed_share": _("Disputed"),
    "training_hours": _("Training hours"),
}
WHAT = {
    "recorded": _("Recorded"),
    "confirmed": _("Confirmed"),
    "disputed": _("Disputed"),
    "settled": _("Dispute settled"),
    "admitted": _("Joined the network"),
    "verified": _("Verified"),
}
ICONS = {
    "recorded": "plus",
    "confirmed": "check",
    "disputed": "warning",
    "settled": "seal",
    "admitted": "network",
    "verified": "search",
}
COLOURS = 7  # sectors with a colour of their own; the eighth is for all others


def firm_path(firm: str) -> str:
    """Return where a firm's page is."""
    return f"/firms/{firm}"


def firm_name(firm: Mapping[str, Any]) -> str:
    """Return what a firm is called; whoever left no name reads as a firm."""
    return str(firm["name"] or gettext("A firm"))


def sector_name(division: str | None) -> str:
    """Return what a sector is called, or that nobody has told."""
    return sectors.sector_name(division) or gettext("Sector not told")


def sector_colours(counted: Mapping[str | None, int]) -> dict[str | None, int]:
    """Return the number of each sector's colour, the largest first; the smallest share the last."""
    order = sorted(counted, key=lambda one: (-counted[one], one or "~"))
    return {one: min(at, COLOURS) for at, one in enumerate(order)}


def group_names(colours: Mapping[str | None, int]) -> dict[int, str]:
    """Return what each colour stands for."""
    several = sum(colour == COLOURS for colour in colours.values()) > 1
    names = {colour: sector_name(one) for one, colour in colours.items()}
    return {**names, COLOURS: gettext("Other sectors")} if several else names
