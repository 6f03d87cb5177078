"""A log made longer by copies of its jobs under other ids, with their rows in the read models that a query reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy import BigInteger, Column, Table, Uuid

from ledger.services import House
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from ledger.subscriptions.projection import Projection

# Columns that hold a position, if they are numbers; all of a row are moved by as much.
PLACES = ("since_position", "position", "until_position", "registered_since")
LOG = """
INSERT INTO stored_events (originator_id, originator_version, topic, state, notification_id)
SELECT md5(originator_id::text || copy)::uuid, originator_version, topic, state, notification_id + copy
FROM stored_events, generate_series(%(first)s::bigint, %(last)s, %(size)s) AS copy
WHERE notification_id > %(after)s AND notification_id <= %(until)s
ORDER BY notification_id + copy
"""
NEXT = "SELECT setval('stored_events_notification_id_seq', (SELECT max(notification_id) FROM stored_events))"


def lengthen(house: House, projections: Sequence[Projection], after: int, size: int, head: int) -> None:
    """Copy the `size` events behind `after`, and what these projections made of them, until the log is at `head`.

    Every read model is then at the head; those that are not named know nothing of the copies.
    """
    first = house.store.head() - after
    of = {"after": after, "until": after + size, "size": size, "first": first, "last": head - after - size}
    tables = [table for one in projections for table in one.metadata.sorted_tables if _place(table)]
    with psycopg.connect(house.settings.database_url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for statement in (LOG, *(_copying(table) for table in tables)):
            connection.execute(statement.encode(), of)
        connection.execute(NEXT)
        connection.execute("VACUUM ANALYZE")
    with writing(house.engine) as connection:
        for key, stand in checkpoints.read_all(connection).items():
            checkpoints.move(connection, key, stand.position, house.store.head())


def _place(table: Table) -> str | None:
    return next((name for name in PLACES if name in table.c and _is_place(table.c[name])), None)


def _is_place(column: Column[Any]) -> bool:
    return column.name in PLACES and isinstance(column.type, BigInteger)


def _copying(table: Table) -> str:
    """Everything in a row stays but its place and its ids, of which the network's own is the same for all."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = [f'"{column.name}"' for column in table.columns]
    for number, column in enumerate(table.columns):
        if _is_place(column):
            values[number] += " + copy"
        elif isinstance(column.type, Uuid) and column.name != "network_id":
            values[number] = f"md5({values[number]}::text || copy)::uuid"
    place = _place(table)
    rows = f"{table.name}, generate_series(%(first)s::bigint, %(last)s, %(size)s) AS copy"
    where = f"{place} > %(after)s AND {place} <= %(until)s ORDER BY {place} + copy"
    return f"INSERT INTO {table.name} ({names}) SELECT {', '.join(values)} FROM {rows} WHERE {where}"  # nosec B608 # noqa: S608 - ours
