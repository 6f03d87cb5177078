"""CSV: a record a row, read into the JSON that the same record would be, with a name for the place of every cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import BinaryIO

from ledger.domain.errors import Fault, step
from ledger.domain.kinds.catalogue import BY_NAME
from ledger.imports.assembly import Cell, Heading, assemble
from ledger.imports.columns import Wrong, columns_of, known_columns, pattern_of
from ledger.imports.lines import TooLong, lines_of
from ledger.imports.records import Record
from ledger.web.json_body import unsafe_text

SEPARATORS = ";,\t"
MOST_COLUMNS = 2000
LONGEST_CELL = 10_000
NEEDED = ("key", "kind", "title")
NO_UTF8 = "This is not UTF-8; save the table as “CSV UTF-8”."


@dataclass(slots=True)
class Lines:
    """What the CSV reader reads: lines as text, and the number of the last one."""

    source: Iterator[tuple[int, bytes]]
    number: int = 0

    def __iter__(self) -> Iterator[str]:
        for number, line in self.source:
            self.number = number
            yield line.decode("utf-8", errors="surrogateescape")


def records_of(file: BinaryIO, decimal: str = "point") -> Iterator[Record]:
    """Yield the record of each row that is not empty; a heading that makes no sense is all there is to say."""
    lines = Lines(lines_of(file))
    try:
        first = next(iter(lines), "")
        separator = max(SEPARATORS, key=first.count)
        names = [cell.strip() for cell in next(csv.reader([first], delimiter=separator, strict=True), [])]
        headings = [_heading(place, name) for place, name in enumerate(names)]
        faults = tuple(_heading_faults(headings))
        if faults:
            yield Record(1, faults=faults)
            return
        yield from _rows(lines, separator, headings, decimal)
    except csv.Error as error:
        yield Record(max(1, lines.number), faults=(Fault("", f"The heading is no CSV: {error}."),))
    except TooLong as error:
        yield Record(error.line, faults=(Fault("", error.detail),))


def _rows(lines: Lines, separator: str, headings: Sequence[Heading], decimal: str) -> Iterator[Record]:
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    while True:
        begin = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(begin, faults=(Fault("", f"This is no CSV: {error}."),))
            continue
        if any(cell.strip() for cell in cells):
            yield _record(begin, cells, headings, decimal)


def _heading(place: int, name: str) -> Heading:
    pattern, number = pattern_of(name)
    return Heading(name, pattern, number, f"column {_letters(place)} ({name})")


def _letters(place: int) -> str:
    """Name a column as spreadsheets do: A to Z, then AA."""
    letters = ""
    while place >= 0:
        letters, place = chr(ord("A") + place % 26) + letters, place // 26 - 1
    return letters


def _heading_faults(headings: Sequence[Heading]) -> Iterator[Fault]:
    if len(headings) > MOST_COLUMNS:
        yield Fault("", f"A table has at most {MOST_COLUMNS} columns.")
        return
    known, names = known_columns(), [heading.name for heading in headings]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        yield Fault("", f"The first line names the columns; {', '.join(missing)} is missing.")
    for n, heading in enumerate(headings):
        if heading.name in names[:n]:
            yield Fault("", f"{_shown(heading)} is there twice.")
        elif heading.name and heading.pattern not in known:
            near = get_close_matches(heading.name, known, 1)
            hint = f"; is {near[0]} meant?" if near else "; docs/import.md lists all columns."
            yield Fault("", f"{_shown(heading)} is no column{hint}")


def _shown(heading: Heading) -> str:
    return f"“{heading.name[:60]}”" if unsafe_text(heading.name) is None else "One of the names"


def _record(line: int, cells: Sequence[str], headings: Sequence[Heading], decimal: str) -> Record:
    texts = [cell.strip() for cell in cells]
    if len(texts) > len(headings) and any(texts[len(headings) :]):
        detail = f"The row has {len(texts)} cells, the heading {len(headings)}; is a separator not quoted?"
        return Record(line, faults=(Fault("", detail),))
    filled = [(heading, cell) for heading, cell in zip(headings, texts, strict=False) if cell]
    unfit = [(heading, wrong) for heading, cell in filled if (wrong := _unfit(cell))]
    if unfit:
        return _unreadable(line, unfit)
    kind, shown = next(((cell, heading.shown) for heading, cell in filled if heading.name == "kind"), ("", ""))
    if kind not in BY_NAME:
        columns = {"/kind": shown or "column kind"}
        return Record(line, faults=(Fault("/kind", f"A kind is one of {', '.join(BY_NAME)}."),), columns=columns)
    return _read(line, kind, filled, decimal)


def _unfit(cell: str) -> str | None:
    if len(cell) > LONGEST_CELL:
        return f"A cell has at most {LONGEST_CELL} characters."
    if any("\udc80" <= c <= "\udcff" for c in cell):
        return NO_UTF8
    return unsafe_text(cell)


def _unreadable(line: int, unfit: Sequence[tuple[Heading, str]]) -> Record:
    """Say of each cell what is wrong with it: at its column, for it has no place in the JSON."""
    faults = tuple(Fault(step(heading.name), wrong) for heading, wrong in unfit)
    return Record(line, faults=faults, columns={step(heading.name): heading.shown for heading, _ in unfit})


def _read(line: int, kind: str, filled: Sequence[tuple[Heading, str]], decimal: str) -> Record:
    known, unfit, cells = columns_of(kind), list[tuple[Heading, str]](), list[Cell]()
    for heading, text in filled:
        column = known.get(heading.pattern)
        try:
            if column is None:
                raise Wrong(f"A {kind} has no such column.")
            cells.append(Cell(heading, column, column.read(text, decimal)))
        except Wrong as wrong:
            unfit.append((heading, str(wrong)))
    if unfit:
        return _unreadable(line, unfit)
    body, columns = assemble(kind, cells)
    return Record(line, body, columns=columns)
