"""Who calls: the API key in the Authorization header, looked up in the log itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from ledger.application import keys
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
        detail = "Send a valid API key: “Authorization: Bearer cl_…”."
        raise Refusal(401, "unauthenticated", detail, {"WWW-Authenticate": 'Bearer realm="ledger"'})
    g.caller = actor


def caller() -> Actor:
    """Return who calls."""
    actor: Actor = g.caller
    return actor


def still_caller() -> Callable[[], Actor | None]:
    """Return what tells who calls whenever it is asked, None once the key opens no more."""
    built, secret = house(), _secret()
    return lambda: keys.holder_of(built.ledger, secret)


def _secret() -> str:
    return request.headers.get("Authorization", "").partition(" ")[2].strip()
