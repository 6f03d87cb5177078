"""Reading JSON strictly: what Python's reader lets through and a ledger must not."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from flask import request
from werkzeug.exceptions import HTTPException

from ledger.domain.errors import Fault, InvalidRequest, step
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 20
LARGEST = 2**53 - 1  # beyond it, JSON readers of other languages change the number
LONGEST_NUMBER = 40
MOST_FAULTS = 20
# Control characters, marks that turn text around and letters without width: they make one thing look like another on
# screen and paper. U+FFFD stands where bytes were no text and the original is lost.
UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
# A text ends at its quote or, unclosed, with the body; what was matched is never tried again (++), or a body of nothing
# but \" would be read once for each of its characters.
LONG_TEXT = re.compile(r'"[^"]{101}')  # or the name of a field, or what stands between two of them
TOKENS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def read_json(*, optional: bool = False) -> Any:
    """Return the request's JSON object; raise `Refusal` when it is no JSON, `InvalidRequest` when it is unsafe."""
    body = read_bytes()
    if optional and not body:
        return {}
    if request.mimetype != "application/json":
        raise Refusal(415, "unsupported-media-type", "Send JSON with Content-Type: application/json.")
    return parse(body)


def parse(body: bytes) -> Any:
    """Read JSON; raise `Refusal` when it is none, `InvalidRequest` when it is unsafe."""
    text = _decoded(body)
    document = _parse(text)
    faults = [] if _plainly_safe(text) else list(islice(_unsafe(document, ""), MOST_FAULTS))
    if faults:
        raise InvalidRequest(faults[0].detail, faults=faults)
    return document


def read_bytes() -> bytes:
    """Return the request's body; raise `Refusal` when it is not framed as HTTP says."""
    try:
        body = request.get_data(cache=False)
        # Werkzeug cuts a body without a length at the limit, and says so only to whoever reads on.
        request.stream.read(1)
        return body
    except HTTPException:
        raise
    except Exception as error:  # a server has errors of its own for chunks that are none, and nothing else is read here
        raise Refusal(400, "malformed", "The body broke off, or its chunks are none.") from error


def unsafe_text(text: str) -> str | None:
    """Return what is wrong with a text, None when it is safe to keep and to show."""
    found = UNSAFE.search(text)
    return f"The character U+{ord(found[0]):04X} is not allowed here." if found else None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "malformed", f"The body is not UTF-8 (byte {error.start}).") from error


def _plainly_safe(text: str) -> bool:
    """Tell by the text alone, for the most part of bodies: nothing is escaped, nothing unsafe, no name too long."""
    return "\\" not in text and UNSAFE.search(text) is None and LONG_TEXT.search(text) is None


def _parse(text: str) -> Any:
    if _too_deep(text):
        raise Refusal(400, "malformed", f"The body is nested deeper than {DEEPEST} levels.")
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_no_constant,
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refusal(400, "malformed", f"The body is not JSON: {error}.") from error


def _too_deep(text: str) -> bool:
    if text.count("[") + text.count("{") <= DEEPEST:  # so many that each of them may stand within the one before
        return False
    depth = 0
    for token in TOKENS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > DEEPEST:
            return True
    return False


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise Refusal(400, "malformed", "An object has the same name twice.")
    return names


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER or abs(int(digits)) > LARGEST:
        raise Refusal(400, "malformed", f"Whole numbers lie between -{LARGEST} and {LARGEST}.")
    return int(digits)


def _decimal(digits: str) -> float:
    number = float(digits)
    if len(digits) > LONGEST_NUMBER or abs(number) > LARGEST:
        raise Refusal(400, "malformed", "A number is longer than anything that is measured here.")
    return number


def _no_constant(name: str) -> NoReturn:
    raise Refusal(400, "malformed", f"{name} is not JSON.")


def _unsafe(value: Any, pointer: str) -> Iterator[Fault]:
    if isinstance(value, str) and (wrong := unsafe_text(value)):
        yield Fault(pointer, wrong)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if unsafe_text(name) or len(name) > 100:  # noqa: PLR2004 - longer than any field's name
                yield Fault(pointer, "The name of a field holds characters that are not allowed or is too long.")
            else:
                yield from _unsafe(inner, pointer + step(name))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _unsafe(inner, f"{pointer}/{n}")
