"""Tokens that an issuer of OpenID Connect has signed: its keys, and claims that nobody sees before every check.

joserfc's own decoding returns the claims of an expired or a foreign token; nothing else opens other people's tokens.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

import requests
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import import_key
from urllib3.exceptions import HTTPError

logger = logging.getLogger(__name__)

SKEW = 60  # seconds that the clocks of two machines may differ
PATIENCE = 5.0  # seconds for each answer of the issuer
LARGEST = 1_000_000  # bytes of it
DISCOVERED_FOR = 3600.0  # seconds for which what it says of itself is taken as said
KEYS_FOR = 600.0  # seconds after which its keys are looked at again: it may have withdrawn one
KEYS_EVERY = 60.0  # seconds between two looks, whether or not it answers
COMPACT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
SIGNING = ("RSA", "EC", "OKP")  # kinds of keys that have a public half


class BadToken(ValueError):
    """The token is not to be relied on."""


class Silent(ValueError):
    """The issuer does not answer, or not as an issuer does."""


class Tokens:
    """The tokens of one issuer, whose keys lie at `jwks` or where its discovery document says."""

    def __init__(self, issuer: str, algorithms: Collection[str], jwks: str = "") -> None:
        self._issuer, self._jwks = issuer, jwks
        # What else its header says is the issuer's business; what is marked critical is not passed over.
        self._registry = jws.JWSRegistry(algorithms=algorithms, strict_check_header=False)
        self._lock = Lock()
        self._told: tuple[float, Mapping[str, Any]] | None = None
        self._keys: Mapping[str, Any] = {}
        self._looked = -KEYS_FOR

    def checked(self, token: str, *, iss: str, aud: str, now: int | None = None, **required: Any) -> dict[str, Any]:
        """Return the claims of a token of this issuer that is for `aud` and in force; raise `BadToken`."""
        if not COMPACT.fullmatch(token):
            raise BadToken("it is no signed token")
        try:
            claims = jwt.decode(token, self._key_of, registry=self._registry).claims
            jwt.JWTClaimsRegistry(
                now,
                SKEW,
                iss={"essential": True, "value": iss},
                aud={"essential": True, "value": aud},
                exp={"essential": True},
                sub={"essential": True},
                **required,
            ).validate(claims)
        except (JoseError, LookupError, ValueError, TypeError, RecursionError) as error:
            raise BadToken(type(error).__name__) from error
        return dict(claims)

    def about(self) -> Mapping[str, Any]:
        """Return the issuer's discovery document; raise `Silent`."""
        now = time.monotonic()
        if self._told is None or now > self._told[0] + DISCOVERED_FOR:
            told = _asked(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if str(told.get("issuer")).rstrip("/") != self._issuer.rstrip("/"):
                raise Silent("the issuer calls itself by another address")
            self._told = (now, told)
        return self._told[1]

    def _key_of(self, token: Any) -> Any:
        """Return the key that a token names; whoever comes while one looks for an unknown key waits, and need not."""
        kid = token.headers().get("kid")
        if not isinstance(kid, str):
            raise BadToken("it names no key")
        if kid not in self._keys:
            with self._lock:
                if kid not in self._keys:
                    self._look(KEYS_EVERY)
        elif self._lock.acquire(blocking=False):
            try:
                self._look(KEYS_FOR)
            finally:
                self._lock.release()
        return self._keys[kid]

    def _look(self, every: float) -> None:
        """Look at the issuer's keys, unless the last look is not so long ago; without an answer the known ones stay."""
        now = time.monotonic()
        if now < self._looked + every:
            return
        self._looked = now
        try:
            self._keys = _usable(_asked(self._jwks or str(self.about()["jwks_uri"])))
        except (Silent, LookupError, TypeError) as error:
            logger.warning("the keys of the issuer %s cannot be had: %s", self._issuer, error)


def issuer_of(token: str) -> str:
    """Return which issuer a token says it is of, which nobody has checked yet; raise `BadToken`."""
    if not COMPACT.fullmatch(token):
        raise BadToken("it is no signed token")
    try:
        return str(json.loads(jws.extract_compact(token.encode()).payload or b"")["iss"])
    except (JoseError, LookupError, ValueError, TypeError, RecursionError) as error:
        raise BadToken("it names no issuer") from error


def _asked(url: str) -> Mapping[str, Any]:
    """Return the JSON object at an address of the issuer's; raise `Silent` when it takes long, or is none."""
    ends, body = time.monotonic() + PATIENCE, b""
    try:
        with requests.get(url, timeout=PATIENCE, allow_redirects=False, stream=True) as answer:
            answer.raise_for_status()
            while part := answer.raw.read1(LARGEST, decode_content=True):
                body += part
                if len(body) > LARGEST or time.monotonic() > ends:
                    raise Silent("the answer is too long, or takes too long")
        told = json.loads(body)
    except (requests.RequestException, HTTPError, OSError, ValueError, RecursionError) as error:
        raise Silent(str(error)) from error
    if not isinstance(told, dict):
        raise Silent("the answer is no JSON object")
    return told


def _usable(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys that sign, by their names; others do no harm."""
    found = {}
    for one in told["keys"]:
        with suppress(JoseError, LookupError, ValueError, TypeError):
            if one["kty"] in SIGNING and one.get("use", "sig") == "sig":
                found[str(one["kid"])] = import_key(one)
    return found
