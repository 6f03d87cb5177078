"""Every error code with its status and when it happens: the vocabulary behind `code` in a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.api.titles import TITLES
from ledger.domain.errors import LedgerError
from ledger.web.refusal import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator

# Codes that no error of the domain stands behind.
OF_HTTP = {
    "unauthenticated": (401, "No key or token was sent, or one that is unknown, has expired or was revoked."),
    "precondition-required": (428, "A change was sent without If-Match, so it may rest on an old state."),
    "idempotency-key-missing": (400, "A collaboration was sent without an Idempotency-Key."),
    "malformed": (400, "The body is no JSON, no UTF-8 or too deep, or a header does not have its form."),
    "body-too-large": (413, "The body is larger than any request needs to be."),
    "unsupported-media-type": (415, "The body is of another media type than the endpoint reads."),
    "method-not-allowed": (405, "The address exists but does not take this method; Allow names those it takes."),
    "not-acceptable": (406, "None of the media types in Accept is served here."),
    "not-yet": (504, "The read models did not reach the position that was asked for, within the wait granted."),
    "too-many-requests": (429, "The caller's requests of this minute are spent: wait for Retry-After seconds."),
    "outcome-unknown": (503, "The connection to the database broke while recording: repeat it with the same key."),
    "unavailable": (503, "The database does not answer; nothing was recorded. Try again after Retry-After seconds."),
    "internal": (500, "Something broke on our side. It is logged under the request id of the problem."),
}


@dataclass(frozen=True, slots=True)
class Code:
    """An error code; `status` is None for the root, which stands behind all and is not answered itself."""

    code: str
    status: int | None
    title: str
    happens: str


def codes() -> list[Code]:
    """Return every code that has a title, in the order of the titles."""
    known = {error.code: error for error in _family(LedgerError)}
    return [_code(code, title, known.get(code)) for code, (title, *_) in TITLES.items()]


def _code(code: str, title: str, error: type[LedgerError] | None) -> Code:
    if error is None:
        status, happens = OF_HTTP[code]
        return Code(code, status, title, happens)
    found = next((status for family, status in STATUS if issubclass(error, family)), None)
    return Code(code, found, title, (error.__doc__ or "").strip().replace("`", ""))


def _family(error: type[LedgerError]) -> Iterator[type[LedgerError]]:
    yield error
    for child in error.__subclasses__():
        yield from _family(child)
