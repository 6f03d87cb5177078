"""Who calls: the key in the Authorization header, or the key of the client whose access token stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import g, request

from ledger.application import keys
from ledger.application.access import in_scope
from ledger.domain.key import key_id, name_of, well_formed
from ledger.web import limits
from ledger.web.house import house
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ledger.domain.actor import Actor, Scope
    from ledger.services import House


def authenticate(needed: Collection[Scope]) -> None:
    """Find out who calls; raise a 401 `Refusal` without a valid key, `ScopeMissing` with one that is for other things.

    The key is looked up in the log itself, for a token as for a secret.
    """
    scheme, credential = request.headers.get("Authorization", "").partition(" ")[0], sent()
    key = _key_of(house(), credential) if scheme.lower() == "bearer" else None
    actor = keys.holder_of(house().ledger, key) if key else None
    if key is None or actor is None:
        limits.unknown(credential)
        detail = "Send a valid API key: “Authorization: Bearer cl_…”; or, in its place, an access token."
        raise Refusal(401, "unauthenticated", detail, {"WWW-Authenticate": 'Bearer realm="ledger"'})
    g.caller = actor
    limits.recognised(credential, str(key))
    house().uses.note(key)
    in_scope(actor, needed)


def caller() -> Actor:
    """Return who calls."""
    actor: Actor = g.caller
    return actor


def still_caller() -> Callable[[], Actor | None]:
    """Return what tells who calls whenever it is asked, None once the key or the token opens no more."""
    built, credential = house(), sent()

    def asked() -> Actor | None:
        key = _key_of(built, credential)
        return keys.holder_of(built.ledger, key) if key else None

    return asked


def sent() -> str:
    """Return the key or token that was sent, right or wrong."""
    return request.headers.get("Authorization", "").partition(" ")[2].strip()


def _key_of(built: House, credential: str) -> UUID | None:
    """Return which key this must be, whether there is one or not; None for what is neither secret nor token."""
    if well_formed(credential):
        return key_id(credential)
    client = built.access_tokens.client_of(credential) if built.access_tokens else None
    return None if client is None else key_id(name_of(client))
