"""Access tokens of programs: which client of which configured issuer presents one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from ledger.domain.key import Client
from ledger.sessions.tokens import BadToken, Tokens, issuer_of

logger = logging.getLogger(__name__)

LONGEST = 8_000  # characters; more than a header may have on most servers
LONGEST_SUBJECT = 255  # as OpenID Connect has it


class AccessTokens:
    """The issuers whose tokens are taken, each with a fixed address of its keys or "", and for whom tokens must be."""

    def __init__(
        self,
        issuers: Mapping[str, str],
        audience: str,
        algorithms: Collection[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._tokens = {issuer: Tokens(issuer, algorithms, jwks) for issuer, jwks in issuers.items()}
        self._audience = audience
        self._clock = clock

    @property
    def issuers(self) -> Collection[str]:
        """The issuers whose tokens are taken."""
        return self._tokens.keys()

    def client_of(self, token: str) -> Client | None:
        """Return who presents this token; None when it is no token, not for us, or not in force."""
        if len(token) > LONGEST:
            return None
        try:
            return self._checked(token)
        except BadToken as error:
            logger.info("an access token was refused: %s", error)
            return None

    def _checked(self, token: str) -> Client:
        issuer = issuer_of(token)
        if issuer not in self._tokens:
            raise BadToken("it is of another issuer")
        now = int(self._clock().timestamp())
        claims = self._tokens[issuer].checked(token, iss=issuer, aud=self._audience, now=now)
        if len(claims["sub"]) > LONGEST_SUBJECT or not claims["sub"].isprintable():
            raise BadToken("its subject is too long, or cannot be written")
        return Client(issuer=issuer, subject=claims["sub"])
