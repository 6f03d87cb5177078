"""Tables beside the live ones: a read model that is built anew stands under other names until it is whole."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import Connection, Engine, MetaData, Table, inspect

from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import migrating, writing
from ledger.subscriptions.projection import Projection

# What is being built, and what has given way to it and waits to be dropped.
BUILT, REPLACED = "rebuild_", "replaced_"


class Beside:
    """The same projections with tables and checkpoints of their own; handlers go on naming the live ones."""

    def __init__(self, engine: Engine, projections: Sequence[Projection]) -> None:
        tables = [table for projection in projections for table in projection.metadata.sorted_tables]
        # Indexes keep their names when their table takes its place, so each time they have others.
        mark = secrets.token_hex(3)
        indexes = [str(index.name) for table in tables for index in table.indexes]
        self._names = {table.name: BUILT + table.name for table in tables} | {
            name: f"{name}_{mark}" for name in indexes
        }
        self._word = re.compile(rf"\b(?:{'|'.join(map(re.escape, self._names))})\b")
        self._live = engine
        self.renamed = lru_cache(maxsize=4096)(self._rename)
        self.engine = engine.execution_options(renamed=self.renamed)
        self.projections = [replace(projection, name=BUILT + projection.name) for projection in projections]

    def begin(self) -> None:
        """Make the tables, empty, and checkpoints at 0; what an earlier attempt has left behind goes."""
        drop_remains(self._live, self.projections)
        with migrating(self.engine) as connection:
            for projection in self.projections:
                projection.metadata.create_all(connection, checkfirst=False)
                checkpoints.clear(connection, projection.key)

    def drop(self) -> None:
        """Leave nothing behind."""
        drop_remains(self._live, self.projections)

    def _rename(self, statement: str) -> str:
        return self._word.sub(lambda word: self._names[word[0]], statement)


def drop_remains(engine: Engine, projections: Sequence[Projection]) -> None:
    """Drop what was built or replaced of these projections, in any version; whoever is building begins anew."""
    names = "|".join(projection.name.removeprefix(BUILT) for projection in projections)
    remains = re.compile(rf"(?:{BUILT}|{REPLACED})(?:{names})_v\d+(?:_\w+)?")
    with writing(engine) as connection:
        for key in checkpoints.read_all(connection):
            if remains.fullmatch(key):
                checkpoints.remove(connection, key)
    for name in filter(remains.fullmatch, inspect(engine).get_table_names()):
        with writing(engine) as connection:
            Table(name, MetaData()).drop(connection, checkfirst=True)


def tables_of(engine: Engine, projection: Projection) -> list[str]:
    """Return the names of the tables that give way and of those that take their place."""
    names = [table.name for table in projection.metadata.sorted_tables]
    there = set(inspect(engine).get_table_names())
    return [name for name in (*names, *(BUILT + name for name in names)) if name in there]


def take_place(connection: Connection, projection: Projection, position: int) -> None:
    """Put what was built in the place of the live tables, in the transaction in which it has come to `position`."""
    there = set(inspect(connection).get_table_names())
    for table in projection.metadata.sorted_tables:
        if table.name in there:
            # nosemgrep: sql-of-text - tables of ours
            connection.exec_driver_sql(f"ALTER TABLE {table.name} RENAME TO {REPLACED}{table.name}")
        # nosemgrep: sql-of-text - tables of ours
        connection.exec_driver_sql(f"ALTER TABLE {BUILT}{table.name} RENAME TO {table.name}")
    checkpoints.remove(connection, BUILT + projection.key)
    checkpoints.set_to(connection, projection.key, position)
