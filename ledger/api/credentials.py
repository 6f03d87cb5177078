"""Who calls: the API key in the Authorization header, looked up in the log itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from ledger.application import keys
from ledger.domain.key import key_id
from ledger.web import limits
from ledger.web.house import house
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.domain.actor import Actor


def authenticate() -> None:
    """Find out who calls; raise a 401 `Refusal` without a valid key."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    actor = keys.holder_of(house().ledger, secret.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        limits.unknown(secret.strip())
        detail = "Send a valid API key: “Authorization: Bearer cl_…”."
        raise Refusal(401, "unauthenticated", detail, {"WWW-Authenticate": 'Bearer realm="ledger"'})
    g.caller = actor
    limits.recognised(secret.strip(), str(key_id(secret.strip())))


def caller() -> Actor:
    """Return who calls."""
    actor: Actor = g.caller
    return actor


def still_caller() -> Callable[[], Actor | None]:
    """Return what tells who calls whenever it is asked, None once the key opens no more."""
    built, secret = house(), sent()
    return lambda: keys.holder_of(built.ledger, secret)


def sent() -> str:
    """Return the key that was sent, right or wrong."""
    return request.headers.get("Authorization", "").partition(" ")[2].strip()
