"""What is refused with which status: the one table of status codes, and what breaks a rule of HTTP itself."""

from __future__ import annotations

from ledger.domain.errors import (
    Conflict,
    DocumentTooLarge,
    Forbidden,
    Invalid,
    LedgerError,
    NotFound,
    TooManyAttempts,
    VersionConflict,
)

# The first class that fits decides, so the particular stands before the general.
STATUS: tuple[tuple[type[LedgerError], int], ...] = (
    (DocumentTooLarge, 413),
    (VersionConflict, 412),  # what If-Match is about, RFC 9110
    (TooManyAttempts, 429),
    (Invalid, 422),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
)


class Refusal(Exception):
    """The request breaks a rule of HTTP itself, before any command or query is reached."""

    def __init__(self, status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers or {}


def status_of(error: LedgerError) -> int:
    """Return the HTTP status of an error of the domain."""
    return next(status for family, status in STATUS if isinstance(error, family))
