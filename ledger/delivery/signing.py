"""Signing and verifying: the only place that makes or opens a JWS (RFC 7515), by ES256 and nothing else.

joserfc's own reading of a token returns the claims of an expired or a foreign one; here nothing is returned unchecked.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from ledger.delivery.encoding import decoded, written
from ledger.store.signing_keys import Purpose, SigningKey

Claims = dict[str, Any]

ALGORITHM = "ES256"
SKEW = 60  # seconds that the clocks of two machines may differ
COMPACT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
SCALAR = 32  # bytes of a number of P-256


class Verdict(StrEnum):
    """What a token turned out to be."""

    GENUINE = "genuine"
    TAMPERED = "tampered"
    UNKNOWN_KEY = "unknown_key"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_IN_FORCE = "not_in_force"


class Refused(Exception):
    """A token is not to be relied on; `claims` are there when its signature is good all the same."""

    def __init__(self, verdict: Verdict, detail: str, claims: Claims | None = None) -> None:
        super().__init__(detail)
        self.verdict, self.detail, self.claims = verdict, detail, claims
        self.disclosed: list[str] = []


class _Deterministic:
    """ES256 as RFC 6979 signs it: the same content under the same key has the same signature, so it can be compared."""

    name = ALGORITHM
    description = "ECDSA using P-256 and SHA-256, deterministic"
    recommended = True
    security_warning = None

    def check_key(self, key: Any) -> None:
        """Raise `JoseError` for a key of another kind or curve."""
        jws.JWSRegistry.algorithms[ALGORITHM].check_key(key)

    def sign(self, msg: bytes, key: Any) -> bytes:
        """Return the two numbers of the signature, as RFC 7518 writes them."""
        made = key.get_op_key("sign").sign(msg, ec.ECDSA(SHA256(), deterministic_signing=True))
        return b"".join(number.to_bytes(SCALAR, "big") for number in decode_dss_signature(made))

    def verify(self, msg: bytes, sig: bytes, key: Any) -> bool:
        """Tell whether a signature is good."""
        return bool(jws.JWSRegistry.algorithms[ALGORITHM].verify(msg, sig, key))


class _Only(jws.JWSRegistry):
    """A registry in which there is no other algorithm to be talked into."""

    algorithms = cast("dict[str, Any]", {ALGORITHM: _Deterministic()})
    recommended = cast("list[str]", [ALGORITHM])


REGISTRY = _Only(algorithms=[ALGORITHM])


def sign(key: SigningKey, typ: str, claims: Mapping[str, Any]) -> str:
    """Return these claims as a compact JWS."""
    return jws.serialize_compact(_header(key, typ), written(claims), key.key, registry=REGISTRY)


def verify(token: str, keys: Iterable[SigningKey], *, typ: str, issuer: str | None, now: datetime) -> Claims:
    """Return the claims of a token of this type that one of the keys signed and that is in force; raise `Refused`.

    Without an issuer whoever holds the keys is meant.
    """
    claims = _proven(token, keys, typ)
    seconds, begins, ends = now.timestamp(), claims.get("iat"), claims.get("exp")
    if issuer is not None and claims.get("iss") != issuer:
        raise Refused(Verdict.NOT_IN_FORCE, "It was issued under another address than this ledger's.", claims)
    if not isinstance(begins, int) or not isinstance(ends, int) or begins > seconds + SKEW:
        raise Refused(Verdict.NOT_IN_FORCE, "It is not in force yet.", claims)
    if ends <= seconds:
        raise Refused(Verdict.EXPIRED, "It was genuine, and has expired.", claims)
    return claims


def key_set(text: str) -> list[SigningKey]:
    """Return the public keys of a JSON Web Key Set (RFC 7517) as they are published; raise `ValueError` for none."""
    try:
        given = json.loads(text)["keys"]
        keys = [ECKey.import_key(key) for key in given if (key.get("kty"), key.get("crv")) == ("EC", "P-256")]
    except (ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
        raise ValueError("this is no JSON Web Key Set, as /.well-known/jwks.json serves it") from error
    return [SigningKey(Purpose.REFERRAL, number, key) for number, key in enumerate(keys, 1)]


def secret(key: SigningKey, purpose: str) -> bytes:
    """Return a secret for this purpose that whoever holds the private key can find again, and nobody else."""
    numbers = cast("ec.EllipticCurvePrivateKey", cast("ECKey", key.key).private_key).private_numbers()
    return hmac.digest(numbers.private_value.to_bytes(SCALAR, "big"), purpose.encode(), "sha256")


def _header(key: SigningKey, typ: str) -> dict[str, Any]:
    return {"alg": ALGORITHM, "typ": typ, "kid": key.kid}


def _proven(token: str, keys: Iterable[SigningKey], typ: str) -> Claims:
    """Return what was signed; the header must be to the letter the one that `sign` writes."""
    if not COMPACT.fullmatch(token):
        raise Refused(Verdict.TAMPERED, "It is no token as the ledger signs them.")
    try:
        header, payload, _ = (decoded(part) for part in token.split("."))
        told = json.loads(header)
        kid = told.get("kid") if isinstance(told, dict) else None
        key = next((one for one in keys if one.kid == kid), None)
        if key is None and isinstance(kid, str) and told == {"alg": ALGORITHM, "typ": typ, "kid": kid}:
            raise Refused(Verdict.UNKNOWN_KEY, "It names a key that this ledger never had.")
        if key is None or header != written(_header(key, typ)):
            raise Refused(Verdict.TAMPERED, "Its header is not one that the ledger writes.")
        jws.deserialize_compact(token, key.key, registry=REGISTRY)
        return cast("Claims", json.loads(payload))
    except (JoseError, ValueError, RecursionError) as error:
        raise Refused(Verdict.TAMPERED, "Its signature does not fit its content.") from error
