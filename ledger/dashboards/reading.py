"""Opening the read models for whoever is signed in, as the address of the page asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards.asked import asked
from ledger.dashboards.page import viewer
from ledger.web.reading import opened_for
from ledger.web.schemas.queries import ReadQuery

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ledger.subscriptions.reading import Reading

ASKED = ReadQuery()


def opened(*rooms: str) -> AbstractContextManager[Reading]:
    """Open these rooms for the reader of the page, as of the time or position that its address names."""
    return opened_for(viewer().actor, asked(ASKED), *rooms)
