"""Webhooks as both faces serve them: registered, shown with how it goes with each, and asked to be told again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.application import webhooks as commands
from ledger.delivery.cloud_events import PREFIX
from ledger.domain.errors import NotFound, StateConflict
from ledger.outbox import attempts, states
from ledger.projections.webhooks import queries
from ledger.subscriptions.database import reading, writing
from ledger.subscriptions.paging import Page
from ledger.subscriptions.plain import plain
from ledger.web.house import house

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.application.ledger import Receipt
    from ledger.domain.actor import Actor
    from ledger.outbox.states import Standing
    from ledger.subscriptions.reading import Reading

MOST = 20  # of one holder: each is an address that the courier sends everything to


def register(viewer: Actor, url: str, types: Iterable[str]) -> tuple[str, Receipt]:
    """Register a webhook for events of these CloudEvents types, of all where none is named; return its secret, once."""
    with house().views.read("webhooks") as opening:
        if queries.count(opening, viewer) >= MOST:
            raise StateConflict(f"A caller has at most {MOST} webhooks; remove one first.")
    topics = [type_.removeprefix(PREFIX) for type_ in types]
    return commands.register(house().ledger, viewer, url=url, types=topics, local=house().settings.webhooks_local)


def page(opening: Reading, viewer: Actor, *, limit: int, cursor: str | None = None) -> Page:
    """Return the viewer's webhooks, and how it goes with each."""
    found = queries.page(opening, viewer, limit=limit, cursor=cursor)
    return Page(_with_standings(found.items), found.next)


def one(opening: Reading, viewer: Actor, webhook: UUID) -> dict[str, Any]:
    """Return a webhook without its secret, and how it goes with it; raise `NotFound`."""
    (found,) = _with_standings([queries.one(opening, viewer, webhook)])
    return found


def deliveries(opening: Reading, viewer: Actor, webhook: UUID, *, limit: int, cursor: str | None = None) -> Page:
    """Return the last attempts to send something, the newest first; raise `NotFound`."""
    queries.one(opening, viewer, webhook)
    with reading(house().log_engine) as connection:
        found = attempts.page(connection, webhook, limit=limit, cursor=cursor)
    return Page([{**item, "type": PREFIX + item["type"]} for item in found.items], found.next)


def ask_again(viewer: Actor, webhook: UUID, number: int) -> None:
    """Ask for the event of a delivery to be sent once more; a webhook that was given up is taken up again."""
    commands.own(house().ledger, viewer, webhook)
    with writing(house().log_engine) as connection:
        if not attempts.ask_again(connection, webhook, number):
            raise NotFound("There is no such delivery.")
        states.take_up(connection, webhook)


def _with_standings(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    with reading(house().log_engine) as connection:
        found = states.standings(connection, [UUID(item["id"]) for item in items])
    return [
        {**item, "types": [PREFIX + type_ for type_ in item["types"]], **_told(found.get(UUID(item["id"])))}
        for item in items
    ]


def _told(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {"state": states.State.ACTIVE, "delivered_position": None, "failing_since": None, "next_at": None}
    shown = {"failing_since": standing.failing_since, "next_at": standing.next_at}
    return {"state": standing.state, "delivered_position": standing.position, **plain(shown)}
