"""Signing in at an issuer of OpenID Connect: authorization code with PKCE, and an ID token that is checked in full.

State, nonce and verifier are worked out of one secret that the browser holds for the way there and back: nothing is
kept here, and an answer that another browser began opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

from ledger.domain.errors import SignInRefused
from ledger.sessions.tokens import PATIENCE, Silent, Tokens

logger = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]
REFUSED = "The sign-in was not completed; begin again."


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at an issuer; the e-mail address is there only where the issuer has verified it."""

    issuer: str
    subject: str
    verified_email: str | None


class Issuer:
    """One issuer, found by its discovery document."""

    def __init__(self, url: str, client_id: str, client_secret: str) -> None:
        self._client = (client_id, client_secret or None)
        self._tokens = Tokens(url, ALGORITHMS)

    def begin(self, secret: str, back: str) -> str:
        """Return the address at the issuer to send a browser to that holds this secret and comes back to `back`."""
        where = self._about()["authorization_endpoint"]
        nonce, verifier = _derived(secret, "nonce"), _derived(secret, "verifier")
        with self._session(back) as session:
            url, _ = session.create_authorization_url(
                where, state=_derived(secret, "state"), nonce=nonce, code_verifier=verifier
            )
        return str(url)

    def finish(self, secret: str, back: str, arguments: Mapping[str, str]) -> Identity:
        """Return who came back with these arguments; raise `SignInRefused`."""
        if not hmac.compare_digest(arguments.get("state", "").encode(), _derived(secret, "state").encode()):
            raise SignInRefused(REFUSED)
        if "code" not in arguments:  # the person has changed their mind, or the issuer refuses
            raise SignInRefused(REFUSED)
        try:
            claims = self._checked(self._exchanged(secret, back, arguments["code"]), _derived(secret, "nonce"))
        except (AuthlibBaseError, requests.RequestException, KeyError, ValueError, TypeError) as error:
            logger.warning("an issuer's answer was refused: %s", type(error).__name__)
            raise SignInRefused(REFUSED) from error
        email = claims.get("email") if claims.get("email_verified") is True else None
        return Identity(str(claims["iss"]), str(claims["sub"]), email if isinstance(email, str) else None)

    def _exchanged(self, secret: str, back: str, code: str) -> str:
        with self._session(back) as session:
            token = session.fetch_token(
                self._about()["token_endpoint"], code=code, code_verifier=_derived(secret, "verifier")
            )
        return str(token["id_token"])

    def _checked(self, token: str, nonce: str) -> dict[str, Any]:
        """Return the claims of an ID token after every check of OpenID Connect Core, 3.1.3.7."""
        client_id = self._client[0]
        claims = self._tokens.checked(
            token,
            iss=self._about()["issuer"],
            aud=client_id,
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        if claims.get("azp", client_id) != client_id or (isinstance(claims["aud"], list) and len(claims["aud"]) > 1):
            raise ValueError("the token is for others as well")
        return claims

    def _about(self) -> Mapping[str, Any]:
        try:
            return self._tokens.about()
        except Silent as error:
            logger.warning("the issuer of OpenID Connect cannot be asked: %s", error)
            raise SignInRefused("The issuer does not answer; try again, or sign in by password.") from error

    def _session(self, back: str) -> Any:
        client_id, client_secret = self._client
        return OAuth2Session(
            client_id,
            client_secret,
            scope="openid email",
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
            token_endpoint_auth_method="client_secret_basic" if client_secret else "none",
        )


def new_secret() -> str:
    """Return what a browser holds between leaving for the issuer and coming back."""
    return secrets.token_urlsafe(32)


def _derived(secret: str, what: str) -> str:
    digest = hmac.digest(secret.encode(), what.encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
