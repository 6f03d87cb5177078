"""Networks for those in them; banks for every caller, since a firm chooses one for its consent."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, Table, select

from ledger.domain.actor import Actor
from ledger.domain.errors import NotFound
from ledger.projections.consents.disclosure import network_visible
from ledger.projections.networks.tables import BANKS, NETWORKS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of, position_columns

PLACE = {column.name for column in position_columns()}


def networks(reading: Reading, viewer: Actor, *, limit: int, cursor: str | None = None) -> Page:
    """Return the networks that the viewer belongs to, all for the operator."""
    return _page(reading, NETWORKS, _networks(reading, viewer), limit, cursor)


def network(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:
    """Return a network; raise `NotFound`."""
    return _one(reading, _networks(reading, viewer).where(NETWORKS.c.id == id), "network")


def every_network(reading: Reading) -> list[UUID]:
    """Return the ids of all networks; for the ledger's own work, no caller is asked for."""
    return list(reading.connection.scalars(select(NETWORKS.c.id).where(as_of(NETWORKS, reading.position))))


def banks(reading: Reading, viewer: Actor, *, limit: int, cursor: str | None = None) -> Page:  # noqa: ARG001 - every caller may
    """Return all banks."""
    return _page(reading, BANKS, _banks(reading), limit, cursor)


def bank(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:  # noqa: ARG001 - every caller may
    """Return a bank; raise `NotFound`."""
    return _one(reading, _banks(reading).where(BANKS.c.id == id), "bank")


def bank_names(reading: Reading, ids: Collection[UUID]) -> dict[str, str]:
    """Return what these banks are called, by id; every caller may know."""
    query = select(BANKS.c.id, BANKS.c.name).where(BANKS.c.id.in_(ids), BANKS.c.position <= reading.position)
    return {str(row.id): row.name for row in reading.connection.execute(query)}


def _networks(reading: Reading, viewer: Actor) -> Select[Any]:
    return select(NETWORKS).where(as_of(NETWORKS, reading.position), network_visible(viewer, NETWORKS.c.id))


def _banks(reading: Reading) -> Select[Any]:
    return select(BANKS).where(BANKS.c.position <= reading.position)


def _page(reading: Reading, table: Table, query: Select[Any], limit: int, cursor: str | None) -> Page:
    keys = (table.c.name, table.c.id)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor)
    return Page([_shape(row) for row in rows], after)


def _one(reading: Reading, query: Select[Any], noun: str) -> dict[str, Any]:
    row = reading.connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no such {noun}.")
    return _shape(row)


def _shape(row: RowMapping) -> dict[str, Any]:
    shown = {name: plain(value) for name, value in row.items() if name not in PLACE}
    return {**shown, "position": row.get("position", row.get("since_position"))}
