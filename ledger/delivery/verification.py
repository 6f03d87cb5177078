"""What somebody holds: whether a token is a referral of this ledger, and whether it can still be relied on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from ledger.delivery.referral_token import read
from ledger.delivery.signing import Claims, Refused, Verdict
from ledger.projections.referrals import queries
from ledger.store.signing_keys import SigningKey
from ledger.subscriptions.plain import moment
from ledger.subscriptions.reading import Reading

GENUINE = "It is genuine and in force."
REVOKED = "It was genuine, and has been revoked."
UNKNOWN = "It is signed with this ledger's key, but this ledger has issued no such referral."


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict, and what the token itself discloses; nothing is known of one that is not ours."""

    verdict: Verdict
    detail: str
    claims: Claims | None = None
    disclosed: list[str] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        """Return what may be said: never more than stands in the token."""
        claims = self.claims or {}
        firm = claims.get("firm") or {}
        return {
            "verdict": self.verdict.value,
            "detail": self.detail,
            "referral": claims.get("id"),
            "firm": {name: firm.get(name) for name in ("id", "name")} if firm else None,
            "position": claims.get("position"),
            "issued_at": _time(claims["iat"]) if claims else None,
            "expires_at": _time(claims["exp"]) if claims else None,
            "disclosed": self.disclosed,
        }

    def last_day(self) -> str | None:
        """Return the last day that it is valid on; the token says when that day is over."""
        return _time(self.claims["exp"] - 1)[:10] if self.claims else None


def find(token: str, keys: Iterable[SigningKey], issuer: str, reading: Reading) -> Finding:
    """Return what a token is, now."""
    try:
        claims, disclosed = read(token.strip(), keys, issuer=issuer, now=reading.now)
    except Refused as refused:
        if refused.claims is not None and _state(reading, refused.claims) == "revoked":
            return Finding(Verdict.REVOKED, REVOKED, refused.claims, refused.disclosed)
        return Finding(refused.verdict, refused.detail, refused.claims, refused.disclosed)
    match _state(reading, claims):
        case "revoked":
            return Finding(Verdict.REVOKED, REVOKED, claims, disclosed)
        case None:
            return Finding(Verdict.NOT_IN_FORCE, UNKNOWN, claims, disclosed)
        case _:
            return Finding(Verdict.GENUINE, GENUINE, claims, disclosed)


def _state(reading: Reading, claims: Claims) -> str | None:
    standing = queries.standing(reading, UUID(claims["id"]))
    return standing.state if standing else None


def _time(seconds: int) -> str:
    return moment(datetime.fromtimestamp(seconds, UTC))
