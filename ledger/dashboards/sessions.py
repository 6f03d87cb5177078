"""Who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, g, request

from ledger.application import keys
from ledger.web.house import house

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person, and for whom they act."""

    actor: Actor
    account: UUID | None
    name: str
    email: str
    position: str
    csrf: str
    language: str | None


def current() -> Session | None:
    """Return who is signed in."""
    if "session" not in g:
        actor = keys.holder_of(house().ledger, request.cookies.get("session", ""))
        g.session = None if actor is None else Session(actor, None, "", "", "owner", "provisional", None)
    found: Session | None = g.session
    return found


def check_csrf() -> None:
    """Refuse a form that was not ours."""
    session = current()
    if session is not None and request.form.get("csrf") != session.csrf:
        abort(403)
