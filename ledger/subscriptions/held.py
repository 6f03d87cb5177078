"""One table's rows while a batch of events is applied: what was read of it, and what is to be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Delete, Select, Table, Update, and_, bindparam, select

from ledger.subscriptions.statements import increasing, insert, replacing

Row = dict[str, Any]
Key = tuple[Any, ...]

VERSIONING = ("since_position", "until_position", "since_time")
OWN = {"held": True}  # an option of our own statements: they are no reason to write


@dataclass(slots=True)
class Group:
    """The rows under one part of the key; None stands for one that is gone."""

    rows: dict[Key, Row | None] = field(default_factory=dict)
    loaded: bool = False


class Index(NamedTuple):
    """Groups by the values of some columns of the key."""

    places: Sequence[int]  # of these columns within the key
    groups: dict[Key, Group]


class Shape(NamedTuple):
    """The columns of a table: its key, without the position; a row of nothing; what can be added up."""

    key_names: Sequence[str]
    blank: Mapping[str, None]
    amount_names: Sequence[str]


@cache
def _shape(table: Table) -> Shape:
    """Look at a table once: a batch of one event asks as often as one of a thousand."""
    return Shape(
        [column.name for column in table.primary_key if column.name not in VERSIONING],
        dict.fromkeys(column.name for column in table.columns),
        [column.name for column in table.columns if not column.primary_key],
    )


class HeldRows:
    """What handlers read shows what they have written, though none of it is in the database yet."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.key_names, self.blank, self.amount_names = _shape(table)
        self.indexes: dict[tuple[str, ...], Index] = {}
        self.begin()

    def begin(self) -> None:
        """Hold nothing to be written."""
        self.closings: list[Row] = []
        self.added: list[Row] = []
        self.open: dict[Key, Row] = {}  # those of `added` that are not closed
        self.put: dict[Key, Row | None] = {}
        self.amounts: dict[Key, Row] = {}

    def key_of(self, row: Mapping[str, Any]) -> Key:
        """Return the row's key; of a versioned table without the position."""
        return tuple([row[name] for name in self.key_names])

    def find(self, connection: Connection, key: Mapping[str, Any]) -> list[Row]:
        """Return the present rows under a part of the key."""
        group = self._group(connection, key)
        if not group.loaded:
            bound = {f"key_{name}": value for name, value in key.items()}
            for one in connection.execute(_selecting(self.table, tuple(key)), bound):
                row: Row = dict(zip(self.blank, one, strict=True))
                group.rows.setdefault(self.key_of(row), row)
            group.loaded = True
        return [row for row in group.rows.values() if row is not None]

    def begin_under(self, connection: Connection, key: Mapping[str, Any]) -> None:
        """Know that there is no row under this part of the key yet."""
        self._group(connection, key).loaded = True

    def add(self, row: Mapping[str, Any]) -> None:
        """Insert a row whose key was never used before."""
        added = {**self.blank, **row}
        key = self.key_of(added)
        self.added.append(added)
        self.open[key] = added
        self._note(key, added)

    def close(self, key: Mapping[str, Any], position: int) -> None:
        """End the present row of a key, if there is one, in a versioned table."""
        its = self.key_of(key)
        row = self.open.pop(its, None)
        if row is None:
            self.closings.append({f"key_{name}": value for name, value in key.items()} | {"closed_at": position})
        else:
            row["until_position"] = position
        self._note(its, None)

    def replace(self, row: Mapping[str, Any]) -> None:
        """Let this be the row of its key."""
        whole = {**self.blank, **row}
        key = self.key_of(whole)
        self.put[key] = whole
        self._note(key, whole)

    def remove(self, key: Mapping[str, Any]) -> None:
        """Let there be no row of this key."""
        its = self.key_of(key)
        self.put[its] = None
        self._note(its, None)

    def increase(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add to each row of these keys what is given beside its key; such rows are not read here."""
        for row in rows:
            key = self.key_of(row)
            into = self.amounts.get(key)
            if into is None:
                self.amounts[key] = dict(row)
            else:
                for name in self.amount_names:
                    into[name] += row[name]

    def write(self, connection: Connection) -> None:
        """Write all of it, a statement for each kind of change; what was read stays."""
        closings, added, put, amounts = self.closings, self.added, self.put, self.amounts
        if not (closings or added or put or amounts):
            return
        self.begin()
        dialect = connection.dialect.name
        if closings:  # before the rows that take their place
            connection.execute(_closing(self.table, tuple(self.key_names)), closings)
        if added:
            insert(connection, self.table, added)
        if rows := [row for row in put.values() if row is not None]:
            connection.execute(replacing(self.table, dialect).execution_options(**OWN), rows)
        if gone := [dict(zip(self.key_names, key, strict=True)) for key, row in put.items() if row is None]:
            bound = [{f"key_{name}": value for name, value in key.items()} for key in gone]
            connection.execute(_removing(self.table, tuple(self.key_names)), bound)
        if amounts:
            connection.execute(increasing(self.table, dialect).execution_options(**OWN), list(amounts.values()))

    def _group(self, connection: Connection, key: Mapping[str, Any]) -> Group:
        return self._index(connection, tuple(key)).groups.setdefault(tuple(key.values()), Group())

    def _index(self, connection: Connection, names: tuple[str, ...]) -> Index:
        index = self.indexes.get(names)
        if index is None:
            self.write(connection)  # what was written so far stands in no group of these
            index = self.indexes[names] = Index([self.key_names.index(name) for name in names], {})
        return index

    def _note(self, key: Key, row: Row | None) -> None:
        for index in self.indexes.values():
            group = index.groups.setdefault(tuple([key[place] for place in index.places]), Group())
            group.rows[key] = row
            group.loaded |= len(index.places) == len(key)  # there is no other of the whole key


# Statements are built once: building one costs more than running it.


@cache
def _selecting(table: Table, names: tuple[str, ...]) -> Select[Any]:
    return select(table).where(_is_present(table, names)).execution_options(**OWN)


@cache
def _closing(table: Table, names: tuple[str, ...]) -> Update:
    closing = table.update().where(_is_present(table, names)).values(until_position=bindparam("closed_at"))
    return closing.execution_options(**OWN)


@cache
def _removing(table: Table, names: tuple[str, ...]) -> Delete:
    return table.delete().where(_is_present(table, names)).execution_options(**OWN)


def _is_present(table: Table, names: tuple[str, ...]) -> ColumnElement[bool]:
    same = [table.c[name] == bindparam(f"key_{name}", type_=table.c[name].type) for name in names]
    return and_(*same, *([table.c.until_position.is_(None)] if "until_position" in table.c else []))
