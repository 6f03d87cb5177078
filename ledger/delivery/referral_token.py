"""The referral as an SD-JWT (RFC 9901): signed, and its holder may show a part of it without breaking the signature.

Everything about it follows from the referral and the key: asked for again, it is the same to the byte.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ledger.delivery.disclosures import EVERY, HASH, NAMED_HASH, Disclosure, Hiding, Place, reveal
from ledger.delivery.log_proofs import check
from ledger.delivery.signing import Claims, Refused, Verdict, secret, sign, verify
from ledger.delivery.status_list import pointer
from ledger.store.signing_keys import SigningKey

Shown = Mapping[str, Any]

TYPE = "dc+sd-jwt"
MEDIA_TYPES = ("application/dc+sd-jwt", "application/vc+sd-jwt")  # the second is what drafts called the first
CONTENT = "urn:collaboration-ledger:referral:1"
SALT = 16  # bytes, as RFC 9901 recommends
CHANGING = ("state",)  # what the status list says and no signature could

# What the holder may keep back, by the names that a presentation asks for it.
PARTS: Mapping[str, tuple[Place, ...]] = {
    "bank": (("bank",),),
    "purpose": (("purpose",),),
    "identifiers": (("firm", "identifiers"), ("firm", "verifications")),
    "jobs": (("jobs",), ("roles",)),
    "partners": (("partners", EVERY),),
    "concentration": (("concentration",), ("spread",), ("cross_border_share",)),
    "record": (("record", "on_time"), ("record", "accepted"), ("record", "rating")),
    "payments": (("record", "paid"), ("payment",)),
    "credit_references": (("credit_references", EVERY),),
    "disputes": (("disputes",),),
    "score": (("trust",),),
    "factors": (("trust", "factors"), ("trust", "waterfall")),
    "facts": (("trust", "facts"),),
    "events": (("events",),),
}
PLACES = frozenset(place for places in PARTS.values() for place in places)


def issue(
    document: Shown,
    key: SigningKey,
    issuer: str,
    index: int,
    parts: Iterable[str] = PARTS,
    pinning: tuple[Shown, Shown] | None = None,
) -> str:
    """Return a referral's document signed, with these parts disclosed; `index` is its place in the status lists.

    `pinning` is what it says of the log, and of the events behind it; None while there is nothing to say.
    """
    hiding = Hiding(PLACES, _salting(key, document["id"]))
    said = {name: value for name, value in document.items() if name not in CHANGING}
    log, events = pinning or (None, None)
    content = hiding.hide({**said, **({"events": events} if events else {})})
    claims = {
        "iss": issuer,
        "iat": int(datetime.fromisoformat(document["issued_at"]).timestamp()),
        "exp": _end(date.fromisoformat(document["valid_until"])),
        "vct": CONTENT,
        "status": pointer(issuer, index),
        NAMED_HASH: HASH,
        **content,
        **({"log": log} if log else {}),
    }
    return "~".join([sign(key, TYPE, claims), *_chosen(hiding.made, set(parts)), ""])


def read(token: str, keys: Iterable[SigningKey], *, issuer: str | None, now: datetime) -> tuple[Claims, list[str]]:
    """Return what a token discloses, and which parts these are; raise `Refused`, with its claims where it is ours."""
    signed, *texts = token.split("~")
    if not texts or texts.pop() != "":  # what would stand there binds a token to a key of its holder: ours have none
        raise Refused(Verdict.TAMPERED, "It is no referral: one ends with a tilde.")
    try:
        return _disclosed(verify(signed, keys, typ=TYPE, issuer=issuer, now=now), texts)
    except Refused as refused:
        if refused.claims is not None:
            refused.claims, refused.disclosed = _disclosed(refused.claims, texts)
        raise


def _disclosed(claims: Claims, texts: list[str]) -> tuple[Claims, list[str]]:
    if claims.get("vct") != CONTENT:
        raise Refused(Verdict.TAMPERED, "It is another document than a referral.")
    try:
        shown, places = reveal(claims, texts)
    except (ValueError, RecursionError) as error:
        raise Refused(Verdict.TAMPERED, "What is disclosed does not belong to it, or is there twice.") from error
    try:
        check(shown)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Refused(Verdict.TAMPERED, "Its proofs do not lead to the head of the log that it names.") from error
    found = {_any(place) for place in places}
    return shown, [name for name, wanted in PARTS.items() if found.intersection(wanted)]


def _chosen(made: Iterable[Disclosure], parts: set[str]) -> list[str]:
    """Return the disclosures of these parts; a claim within another one brings that one along."""
    wanted = {place for name in parts for place in PARTS[name]}
    wanted |= {place[:length] for place in wanted for length in range(1, len(place))}
    return [one.text for one in made if _any(one.place) in wanted]


def _any(place: Place) -> Place:
    """Return the place that stands for it: that of every entry for one of a list."""
    return (*place[:-1], EVERY) if place[-1].isdecimal() else place


def _salting(key: SigningKey, referral: str) -> Callable[[Place], bytes]:
    """Return salts that cannot be guessed without the private key, and are the same again with it."""
    seed = secret(key, f"salts of referral {referral}")
    return lambda place: hmac.digest(seed, "/".join(place).encode(), "sha256")[:SALT]


def _end(last: date) -> int:
    """Return the first second after the last day."""
    return int(datetime.combine(last + timedelta(days=1), time(), UTC).timestamp())
