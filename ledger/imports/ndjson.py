"""NDJSON: one collaboration a line, as strictly read as the body of a request."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING, BinaryIO

from ledger.domain.errors import Fault, InvalidRequest
from ledger.imports.lines import TooLong, lines_of
from ledger.imports.records import Record
from ledger.web.json_body import parse
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator


def records_of(file: BinaryIO) -> Iterator[Record]:
    """Yield the record of each line that is not blank."""
    try:
        for number, line in lines_of(file):
            if line.strip():
                yield _record(number, line)
    except TooLong as error:
        yield Record(error.line, faults=(Fault("", error.detail),))


def _record(number: int, line: bytes) -> Record:
    try:
        return Record(number, parse(line))
    except InvalidRequest as error:
        return Record(number, faults=error.faults)
    except Refusal as error:
        return Record(number, faults=(Fault("", _said(error)),))


def _said(error: Refusal) -> str:
    """Say where in the line it is no JSON: Python counts lines of its own."""
    cause = error.__cause__
    return (
        f"character {cause.colno}: {cause.msg}, this is not JSON." if isinstance(cause, JSONDecodeError) else str(error)
    )
