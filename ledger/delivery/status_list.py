"""Which referrals are revoked, as a signed list of bits (IETF Token Status List): one bit a referral, 1 is revoked."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.delivery.encoding import decoded, encoded
from ledger.delivery.signing import Claims, Refused, sign, verify
from ledger.store.signing_keys import SigningKey

TYPE = "statuslist+jwt"
MEDIA_TYPE = "application/statuslist+jwt"
SIZE = 1 << 17  # referrals on one list: so many that asking for it does not tell which one is meant
FRESH = 300  # seconds until it is worth asking again
LASTS = timedelta(days=1)


def address(issuer: str, number: int) -> str:
    """Return where a list is served."""
    return f"{issuer}/v1/status-lists/{number}"


def pointer(issuer: str, index: int) -> dict[str, Any]:
    """Return the claim that points at a referral's bit."""
    return {"status_list": {"idx": index % SIZE, "uri": address(issuer, index // SIZE + 1)}}


def issue(number: int, revoked: Iterable[int], key: SigningKey, issuer: str, now: datetime) -> str:
    """Return a list signed as of now."""
    claims = {
        "iss": issuer,
        "sub": address(issuer, number),
        "iat": int(now.timestamp()),
        "exp": int((now + LASTS).timestamp()),
        "ttl": FRESH,
        "status_list": {"bits": 1, "lst": encoded(zlib.compress(_bits(number, revoked), 9))},
    }
    return sign(key, TYPE, claims)


def first_of(number: int) -> int:
    """Return the index that a list begins with."""
    return (number - 1) * SIZE


def told(token: str, keys: Iterable[SigningKey], referral: Claims, now: datetime) -> tuple[bool, datetime]:
    """Tell whether a list says that a referral is revoked, and as of when; raise `LookupError` when it cannot."""
    place = referral["status"]["status_list"]
    try:
        claims = verify(token, keys, typ=TYPE, issuer=referral["iss"], now=now)
        bits = zlib.decompressobj().decompress(decoded(claims["status_list"]["lst"]), SIZE // 8)
    except (Refused, ValueError, zlib.error) as error:
        raise LookupError(f"the status list is of no use: {error}") from error
    if claims["sub"] != place["uri"] or place["idx"] >= len(bits) * 8:
        raise LookupError(f"the status list is that of {claims['sub']}, the referral names {place['uri']}")
    return bool(bits[place["idx"] // 8] >> place["idx"] % 8 & 1), datetime.fromtimestamp(claims["iat"], UTC)


def _bits(number: int, revoked: Iterable[int]) -> bytes:
    """Return the bits, the lowest of each byte first."""
    bits = bytearray(SIZE // 8)
    for index in revoked:
        place = index - first_of(number)
        bits[place // 8] |= 1 << place % 8
    return bytes(bits)
