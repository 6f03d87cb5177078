"""Opening the read models as a request asks, and stating what the answer is true for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response, jsonify, request, url_for

from ledger.api.credentials import caller, house
from ledger.application import referrals
from ledger.domain.actor import Role
from ledger.projections.consents import queries as consents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.subscriptions.paging import Page
    from ledger.subscriptions.reading import Reading

BANK_PATIENCE = 2.0  # seconds; a bank's look waits for the newest consents, or is not answered


@contextmanager
def opened(query: Mapping[str, Any], *rooms: str) -> Iterator[Reading]:
    """Open these rooms, and the consents that decide who may see, as `query` asks.

    A bank never reads from before a withdrawal: it waits for the head of the log.
    """
    asked = {name: query.get(name) for name in ("as_of", "as_of_position", "min_position")}
    wait = query.get("wait", 0.0)
    if caller().role is Role.BANK:
        head = house().ledger.head()
        if (asked["min_position"] or 0) <= head:  # one ahead of the log is waited for as long as the caller asks
            asked["min_position"], wait = head, max(wait, BANK_PATIENCE)
    with house().views.read(*rooms, "consents", wait=wait, **asked) as reading:
        yield reading


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
    """Record that the caller, if a bank, looked at a firm; for everybody else nothing happens."""
    actor = caller()
    if actor.role is not Role.BANK or actor.subject is None:
        return
    purposes = consents.purposes(reading, actor.subject, firm)
    if purposes:
        referrals.note_access(house().ledger, actor, firm=firm, what=what, purpose="; ".join(purposes))


def note_looks(reading: Reading, jobs: Iterable[Mapping[str, Any]], what: str, *firms: UUID) -> None:
    """Record a look at these firms and at every party of these jobs that lets the calling bank look."""
    if caller().role is Role.BANK:
        parties = (UUID(party["firm"]) for job in jobs for party in job["parties"])
        for firm in dict.fromkeys((*firms, *parties)):
            note_look(reading, firm, what)
