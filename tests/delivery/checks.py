"""The server's check and the standalone one, asked alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ledger.delivery.referral_token import read
from ledger.delivery.signing import Refused
from ledger.store.signing_keys import SigningKeys
from tests.delivery.tokens import ISSUER, NOW, jwks, offline, published

Check = Callable[[str], str]  # from a token to a verdict


def by_server(ring: SigningKeys, now: datetime = NOW, issuer: str = ISSUER) -> Check:
    """The check that the ledger makes."""
    known = published(ring)

    def check(token: str) -> str:
        try:
            read(token, known, issuer=issuer, now=now)
        except Refused as refused:
            return refused.verdict.value
        return "genuine"

    return check


def by_anybody(ring: SigningKeys, now: datetime = NOW, issuer: str = ISSUER) -> Check:
    """The check that needs the public keys alone."""
    known, verifier = jwks(ring), offline()

    def check(token: str) -> str:
        try:
            verifier.verify(token, known, issuer=issuer, now=now.timestamp())
        except verifier.Refused as refused:
            return str(refused.verdict)
        return "genuine"

    return check


CHECKS = {"the ledger's": by_server, "the standalone": by_anybody}
