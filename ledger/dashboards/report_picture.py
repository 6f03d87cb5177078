"""Who worked with whom in a year, as the yearly report draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards.network_picture import Drawing, drawing
from ledger.dashboards.office import network_of_office
from ledger.dashboards.office_words import firm_path
from ledger.dashboards.page import viewer
from ledger.projections.network_map import queries

if TYPE_CHECKING:
    from ledger.dashboards.charts.svg import Medium
    from ledger.subscriptions.reading import Reading

HEIGHT = 420


def picture(reading: Reading, year: int, medium: Medium) -> Drawing | None:
    """Return the map of a year; None where the network is too large to be drawn, or nothing was."""
    found = queries.network_map(reading, viewer().actor, network_of_office(), year=year, most=0)
    if found["drawn"] != "firms" or not found["edges"]:
        return None
    return drawing(found, HEIGHT, medium=medium, href=firm_path)
