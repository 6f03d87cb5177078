"""Opening the read models as a request asks, and stating what the answer is true for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, jsonify, request, url_for

from ledger.api.credentials import caller
from ledger.web.reading import note_look_of, note_looks_of, opened_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager
    from uuid import UUID

    from ledger.subscriptions.paging import Page
    from ledger.subscriptions.reading import Reading


def opened(query: Mapping[str, Any], *rooms: str) -> AbstractContextManager[Reading]:
    """Open these rooms for the caller as `query` asks; see `ledger.web.reading`."""
    return opened_for(caller(), query, *rooms)


def answered(body: Mapping[str, Any], reading: Reading) -> Response:
    """Answer with a read model's row or document, and the position it is true for."""
    response = jsonify(body)
    response.headers["Ledger-Position"] = str(reading.position)
    if "version" in body:
        response.headers["ETag"] = f'"{body["version"]}"'
    return response


def listed(page: Page, reading: Reading) -> Response:
    """Answer with one page of a list."""
    return linked(answered({"items": page.items, "next": page.next}, reading), page.next)


def linked(response: Response, cursor: str | None) -> Response:
    """Add the link to the next page."""
    if cursor is not None:
        arguments = {**(request.view_args or {}), **request.args.to_dict(), "cursor": cursor}
        response.headers["Link"] = f'<{url_for(str(request.endpoint), **arguments)}>; rel="next"'
    return response


def paging(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return the paging arguments of a query."""
    return {"limit": query["limit"], "cursor": query.get("cursor")}


def filters(query: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return the named filters of a query that were given."""
    return {name: query[name] for name in names if name in query}


def note_look(reading: Reading, firm: UUID, what: str) -> None:
    """Record that the caller, if a bank, looked at a firm."""
    note_look_of(caller(), reading, firm, what)


def note_looks(reading: Reading, jobs: Iterable[Mapping[str, Any]], what: str, *firms: UUID) -> None:
    """Record that the caller, if a bank, looked at these firms and at parties of these jobs."""
    note_looks_of(caller(), reading, jobs, what, *firms)
