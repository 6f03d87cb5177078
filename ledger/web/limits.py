"""How many requests a caller may send in a minute, and what every answer says of it."""

from __future__ import annotations

import logging
from ipaddress import IPv6Address, IPv6Network
from typing import TYPE_CHECKING

from flask import g, request

from ledger.sessions.quotas import WINDOW
from ledger.store.errors import StoreError
from ledger.web.house import house
from ledger.web.kept import kept
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from flask import Response

    from ledger.sessions.quotas import Allowance

logger = logging.getLogger(__name__)
CODE = "too-many-requests"
TENTH = 10  # of what a caller may send who is known
ADDRESSES = 10_000
NETWORK = 64  # bits of an IPv6 address; whoever has one such address has all of them


def admit(credential: str) -> None:
    """Count a request before anything is looked up: under who last presented this credential, else the address.

    Raise `Refusal` when the requests of this minute are spent.
    """
    most = house().settings.requests_per_minute
    if not most:
        return
    g.counted_as, g.allowance = "", None
    known = house().familiar.of(credential) if credential else None
    if known is not None:
        _spend(known, most)
    else:
        _spend(_address(), max(1, most // TENTH))


def recognised(credential: str, caller: str) -> None:
    """Count the request under who sends it, now that they are known, and no longer under the address."""
    if "counted_as" not in g or g.counted_as == caller:
        return
    if g.allowance is not None:
        house().quotas.give_back(g.counted_as, g.allowance)
    house().familiar.note(credential, caller)
    _spend(caller, house().settings.requests_per_minute)


def unknown(credential: str) -> None:
    """Count requests with this credential under the address from now on: it opens nothing, or no longer."""
    house().familiar.forget(credential)


def tell(response: Response) -> None:
    """Say in the answer's headers what is left, as the draft of RateLimit fields for HTTP has it."""
    allowance: Allowance | None = g.get("allowance")
    if allowance is not None:
        response.headers["RateLimit-Policy"] = f'"caller";q={allowance.limit};w={WINDOW}'
        response.headers["RateLimit"] = f'"caller";r={allowance.left};t={allowance.seconds}'


def _spend(caller: str | None, limit: int) -> None:
    g.counted_as = caller
    g.allowance = allowance = house().quotas.take(caller, limit) if caller else None
    if allowance is not None and not allowance.admitted:
        detail = f"At most {limit} requests are answered in a minute. Try again in {allowance.seconds} seconds."
        raise Refusal(429, CODE, detail, {"Retry-After": str(allowance.seconds)})


def _address() -> str | None:
    """Return what stands for the address in the database; None when the digests' key cannot be had."""
    address = _block(request.remote_addr or "")
    try:
        return kept("addresses", ADDRESSES, address, lambda: house().store.keyed_digest(f"asks from {address}"))
    except StoreError as error:  # no reason to be down
        logger.error("requests without credentials are not counted", exc_info=error)  # noqa: TRY400
        return None


def _block(address: str) -> str:
    if ":" not in address:
        return address
    try:
        return str(IPv6Network((IPv6Address(address.partition("%")[0]), NETWORK), strict=False))
    except ValueError:
        return address
