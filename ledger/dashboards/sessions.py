"""Who is signed in: the session that a browser's cookie names, and forms that only it may send."""

from __future__ import annotations

import binascii
import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, after_this_request, g, request

from ledger.application import accounts
from ledger.sessions.sessions import AGE
from ledger.web import limits
from ledger.web.house import house

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Response

    from ledger.domain.account import Account
    from ledger.domain.actor import Actor
    from ledger.services import House

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person, and for whom they act."""

    actor: Actor
    account: UUID
    name: str
    email: str
    position: str
    csrf: str
    language: str


def current() -> Session | None:
    """Return who is signed in; asked once a request, of the log itself."""
    if "session" not in g:
        g.session = _found(token(), house())
        if g.session is not None:
            limits.recognised(token(), str(g.session.account))
        elif token():
            limits.unknown(token())
    found: Session | None = g.session
    return found


def begin(account: Account) -> None:
    """Sign a person in, under a token that nobody has seen before; whoever was signed in here no longer is."""
    end()
    token = house().sessions.begin(account.id)
    g.pop("session", None)
    g.session_token = token
    keep(cookie("session"), token, int(AGE.total_seconds()))


def end() -> None:
    """Sign out whoever is signed in."""
    if token():
        house().sessions.end(token())
        keep(cookie("session"), "", 0)
    g.session, g.session_token = None, ""


def still_in() -> Callable[[], Actor | None]:
    """Return what tells for whom the reader acts whenever it is asked, None once they are signed out."""
    presented, built = token(), house()

    def acting() -> Actor | None:
        found = _found(presented, built)
        return found.actor if found else None

    return acting


def check_csrf() -> None:
    """Refuse a form that another site has sent, or that was not made for this session."""
    if not _from_here():
        abort(403)
    session = current()
    if session is not None and not hmac.compare_digest(_unmasked(request.form.get("csrf", "")), _secret(token())):
        abort(403)


def cookie(name: str) -> str:
    """Return a cookie's name: over TLS one that no other host and no plain connection can have set."""
    return f"__Host-{name}" if secure() else name


def secure() -> bool:
    """Tell whether people reach the pages over TLS."""
    return house().settings.public_url.startswith("https://")


def keep(name: str, value: str, seconds: int) -> None:
    """Have the browser keep a cookie for so long; 0 takes it away."""

    @after_this_request
    def keeping(response: Response) -> Response:
        response.set_cookie(name, value, max_age=seconds, secure=secure(), httponly=True, samesite="Lax")
        return response


def masked(secret: bytes) -> str:
    """Return a secret as a page may hold it: another text each time, so that its compressed length tells nothing."""
    mask = secrets.token_bytes(SECRET_BYTES)
    return urlsafe_b64encode(mask + _mixed(mask, secret)).decode()


def _found(token: str, built: House) -> Session | None:
    found = built.sessions.find(token) if token else None
    account = accounts.in_use(built.ledger, found.account) if found else None
    if found is None or account is None or not account.holds(found.began_at):
        return None
    person = account.person
    return Session(
        actor=account.actor,
        account=account.id,
        name=person["name"],
        email=person["email"],
        position=account.position.value,
        csrf=masked(_secret(token)),
        language=person["language"],
    )


def token() -> str:
    """Return what the browser holds, or was given by this very request."""
    if "session_token" not in g:
        g.session_token = request.cookies.get(cookie("session"), "")
    token: str = g.session_token
    return token


def _from_here() -> bool:
    """Tell whether a page of ours sent the form; browsers say so, programs need not."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site in ("same-origin", "none")
    ours = (house().settings.public_url, request.host_url.rstrip("/"))
    return origin is None or any(hmac.compare_digest(origin.encode(), one.encode()) for one in ours)


def _secret(token: str) -> bytes:
    """Return what only this session's forms hold; the token cannot be found from it."""
    return hashlib.sha256(f"csrf {token}".encode()).digest()


def _unmasked(text: str) -> bytes:
    try:
        given = urlsafe_b64decode(text.encode())
    except (binascii.Error, ValueError):
        return b""
    return _mixed(given[:SECRET_BYTES], given[SECRET_BYTES:])


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))
