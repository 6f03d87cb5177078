"""The cells of a row put together to the JSON that the same record would be, with a name for each place in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ledger.domain.errors import step
from ledger.domain.kinds.catalogue import kind_named
from ledger.imports.columns import Column


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as it stands in a table: its name, the declared one, the number of its entry, and how it is shown."""

    name: str
    pattern: str
    number: int | None
    shown: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty, read as its column says."""

    heading: Heading
    column: Column
    value: Any


def assemble(kind: str, cells: Sequence[Cell]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the body of a row of this kind, and the columns of its JSON pointers."""
    body: dict[str, Any] = {"terms": {}}
    columns: dict[str, str] = {}
    _put_parties(kind, cells, body, columns)
    places = _places(cells)
    for cell in cells:
        if cell.column.role is None:
            steps = _steps(cell, places)
            _put(body, steps, cell.value)
            columns["".join(step(str(one)) for one in steps)] = cell.heading.shown
    return body, columns


def _put_parties(kind: str, cells: Sequence[Cell], body: dict[str, Any], columns: dict[str, str]) -> None:
    """Enter the parties, the leading one first, whatever the order of the columns."""
    roles = [role.name for role in kind_named(kind).roles]
    filled = sorted((cell for cell in cells if cell.column.role), key=lambda cell: roles.index(str(cell.column.role)))
    parties = body["parties"] = []
    for cell in filled:
        for firm in cell.value:
            columns[f"/parties/{len(parties)}"] = cell.heading.shown
            parties.append({"firm": firm, "role": cell.column.role})


def _places(cells: Sequence[Cell]) -> dict[tuple[str, ...], list[int]]:
    """Return the numbers that the entries of each list have in the table; one that is left out leaves no gap."""
    numbers: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for cell in cells:
        if cell.heading.number is not None:
            numbers[_list_of(cell)].add(cell.heading.number)
    return {path: sorted(found) for path, found in numbers.items()}


def _list_of(cell: Cell) -> tuple[str, ...]:
    return cell.column.path[: cell.column.path.index("#")]


def _steps(cell: Cell, places: dict[tuple[str, ...], list[int]]) -> list[str | int]:
    if cell.heading.number is None:
        return list(cell.column.path)
    index = places[_list_of(cell)].index(cell.heading.number)
    return [index if name == "#" else name for name in cell.column.path]


def _put(body: dict[str, Any], steps: Sequence[str | int], value: Any) -> None:
    where: Any = body
    for this, following in pairwise(steps):
        if isinstance(this, int):
            while len(where) <= this:
                where.append({})
            where = where[this]
        else:
            where = where.setdefault(this, [] if isinstance(following, int) else {})
    where[steps[-1]] = value
