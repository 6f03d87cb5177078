"""Jobs of one kind in a year, as the pages of shared training and shared capacity list them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import request

from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import viewer
from ledger.domain.errors import NotFound
from ledger.projections.activity.behind import Counted
from ledger.projections.activity.yearly import YEARS
from ledger.web.counted import counted_work

if TYPE_CHECKING:
    from ledger.subscriptions.reading import Reading

A_READ, MOST = 200, 1000


def jobs_of_year(reading: Reading, kind: str, year: int) -> list[dict[str, Any]]:
    """Return the jobs of a kind that count in a year, the latest first, at most `MOST`."""
    counted = Counted(kind=kind, since=date(year, 1, 1), until=date(year, 12, 31))
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while len(found) < MOST:
        listed = counted_work(reading, viewer().actor, network_of_office(), counted, limit=A_READ, cursor=cursor)
        found += listed.items
        cursor = listed.next
        if cursor is None:
            break
    return found


def quarter(job: dict[str, Any]) -> int:
    """Return the quarter of a job's business date, 1 to 4."""
    return (int(job["business_date"][5:7]) + 2) // 3


def in_role(job: dict[str, Any], role: str) -> list[str]:
    """Return the names of the firms in a role that have confirmed."""
    return [str(party["name"]) for party in job["parties"] if party["role"] == role and party["confirmed"]]


def year_asked(reading: Reading) -> int:
    """Return the year that the address names, by default the running one; raise `NotFound` for none that can be."""
    asked = request.args.get("year", "")
    if not asked:
        return reading.time.year
    if not (asked.isascii() and asked.isdecimal() and len(asked) == 4) or int(asked) not in YEARS:  # noqa: PLR2004
        raise NotFound("There is no such year.")
    return int(asked)
