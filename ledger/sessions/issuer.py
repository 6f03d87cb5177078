"""Signing in at an issuer of OpenID Connect: authorization code with PKCE, and an ID token that is checked in full.

State, nonce and verifier are worked out of one secret that the browser holds for the way there and back: nothing is
kept here, and an answer that another browser began opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ledger.domain.errors import SignInRefused

logger = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]
SKEW = 60  # seconds that the clocks of two machines may differ
PATIENCE = 5.0  # seconds for each answer of the issuer
DISCOVERED_FOR = 3600.0  # seconds for which what it says of itself is taken as said
KEYS_EVERY = 60.0  # seconds between two looks for a key that is not known yet
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
        self._url = url
        self._client = (client_id, client_secret or None)
        self._lock = Lock()
        self._told: tuple[float, Mapping[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

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
        except (AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError, TypeError) as error:
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
        opened = jwt.decode(token, self._key_of, algorithms=ALGORITHMS)
        client_id, claims = self._client[0], opened.claims
        jwt.JWTClaimsRegistry(
            leeway=SKEW,
            iss={"essential": True, "value": self._about()["issuer"]},
            aud={"essential": True, "value": client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        if claims.get("azp", client_id) != client_id or (isinstance(claims["aud"], list) and len(claims["aud"]) > 1):
            raise ValueError("the token is for others as well")
        return dict(claims)

    def _key_of(self, token: Any) -> Any:
        """Return the issuer's key that a token names; look for new ones once a minute at most."""
        kid = token.headers().get("kid")
        with self._lock:
            now = time.monotonic()
            known = self._keys is not None and any(key.kid == kid for key in self._keys[1].keys)
            if self._keys is None or (not known and now > self._keys[0] + KEYS_EVERY):
                self._keys = (now, KeySet.import_key_set(self._asked(self._about()["jwks_uri"])))
            keys = self._keys[1]
        return keys.get_by_kid(kid)

    def _about(self) -> Mapping[str, Any]:
        now = time.monotonic()
        if self._told is None or now > self._told[0] + DISCOVERED_FOR:
            try:
                told = self._asked(f"{self._url}/.well-known/openid-configuration")
                if str(told["issuer"]).rstrip("/") != self._url:
                    raise ValueError("the issuer calls itself by another address")
            except (requests.RequestException, ValueError, KeyError, TypeError) as error:
                logger.warning("the issuer of OpenID Connect cannot be asked: %s", error)
                raise SignInRefused("The issuer does not answer; try again, or sign in by password.") from error
            self._told = (now, told)
        return self._told[1]

    def _asked(self, url: str) -> Any:
        answer = requests.get(url, timeout=PATIENCE, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()

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
