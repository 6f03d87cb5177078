"""Lines of a CSV file, each with its number; an error is one line and says what right looks like."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class Unreadable(Exception):
    """A file cannot be used as it is."""


@dataclass(frozen=True)
class Line:
    """One line: where it stands, its fields, and what a right one looks like."""

    path: Path
    number: int
    fields: list[str]
    right: str

    def wrong(self, what: str) -> Unreadable:
        """Return the error to raise, with the file, the line and what right looks like."""
        return Unreadable(f"{self.path}, line {self.number}: {what}; right is {self.right}")

    def firm(self, place: int) -> str:
        """Return a firm's id; any text will do."""
        if not self.fields[place]:
            raise self.wrong("a firm without an id")
        return self.fields[place]

    def real(self, place: int, name: str) -> float:
        """Return a finite number."""
        found = number(self.fields[place])
        if found is None:
            raise self.wrong(f"{name} {self.fields[place]!r} is no number")
        return found


def number(text: str) -> float | None:
    """Return the finite number that the text says, if it says one."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def lines(path: Path, right: str, fields: range, numbers: tuple[int, ...]) -> Iterator[Line]:
    """Return the lines that are neither empty nor a header: a first line with names where numbers should be.

    `fields` is how many there may be. A file whose columns need no number has the names "firm" and "group".
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for read in reader:
                line = Line(path, reader.line_num, [field.strip() for field in read], right)
                if not any(line.fields):
                    continue
                if len(line.fields) not in fields:
                    raise line.wrong(f"{len(line.fields)} fields")
                if reader.line_num > 1 or not _names(line.fields, numbers):
                    yield line
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise Unreadable(f"{path}: {why}; right is a text file in UTF-8 with lines such as {right}") from error


def _names(fields: list[str], numbers: tuple[int, ...]) -> bool:
    if not numbers:
        return [field.casefold() for field in fields] == ["firm", "group"][: len(fields)]
    return all(fields[place][:1].isalpha() and number(fields[place]) is None for place in numbers)
