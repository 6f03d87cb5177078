"""Where the list behind a figure stands, and what its heading says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import lazy_gettext

from ledger.dashboards.labels import COUNTRIES, KINDS, label
from ledger.dashboards.office_words import sector_name

if TYPE_CHECKING:
    from collections.abc import Mapping

PAST = ("as_of", "as_of_position")
PAGES = {"activity": "news.show", "collaborations": "work.show", "firms": "members.page"}
COUNTED = {
    "work": lazy_gettext("Confirmed work"),
    "crossing": lazy_gettext("Confirmed work across the border"),
    "domestic": lazy_gettext("Confirmed work within one country"),
    "disputed": lazy_gettext("Confirmed work that was ever disputed"),
}


def address(list_: str, query: str) -> str:
    """Return the address of a list as a figure names it, with its query string and of the same past as this page."""
    past = urlencode({name: request.args[name] for name in PAST if request.args.get(name)})
    return f"{url_for(PAGES[list_])}?{'&'.join(filter(None, (query, past)))}"


def selection(chosen: Mapping[str, Any]) -> list[str]:
    """Return which kind, sector and country a list is narrowed to, in words."""
    said = [label(KINDS, chosen["kind"])] if "kind" in chosen else []
    said += [sector_name(chosen["sector"])] if "sector" in chosen else []
    said += [label(COUNTRIES, chosen["country"])] if "country" in chosen else []
    return said + ([chosen["currency"]] if "currency" in chosen else [])
