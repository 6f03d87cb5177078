"""Opening the read models for whoever is signed in, as the address of the page asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from ledger.dashboards.page import viewer
from ledger.web.reading import opened_for
from ledger.web.schemas.loading import load
from ledger.web.schemas.queries import ReadQuery

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ledger.subscriptions.reading import Reading

ASKED = ReadQuery()


def opened(*rooms: str) -> AbstractContextManager[Reading]:
    """Open these rooms for the reader of the page, as of the time or position that its address names."""
    query: dict[str, Any] = load(ASKED, {name: text for name, text in request.args.items() if name in ASKED.fields})
    return opened_for(viewer().actor, query, *rooms)
