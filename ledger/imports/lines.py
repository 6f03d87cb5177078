"""Lines of a file of any size: UTF-8, with a byte order mark or without, none longer than a request may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 1_000_000  # bytes; as the body of a request
MOST_LINES = 2_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TooLong(Exception):
    """A line is longer, or a file has more of them, than any record needs."""

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(detail)
        self.line, self.detail = line, detail


def lines_of(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each line with its number, from 1; raise `TooLong` where reading on makes no sense."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise TooLong(number, f"A line has at most {LONGEST_LINE} bytes; is this a file of text?")
        if number > MOST_LINES:
            raise TooLong(number, f"A file has at most {MOST_LINES} lines; split it.")
        yield number, line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
