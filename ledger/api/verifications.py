"""What anybody needs to check a referral, without a key: the verdict, the public keys, the lists of the revoked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered
from ledger.delivery import status_list
from ledger.delivery.signing import ALGORITHM
from ledger.domain.errors import NotFound
from ledger.projections.referrals import queries
from ledger.web.house import house
from ledger.web.schemas.bodies import TokenBody
from ledger.web.signing import issuer, published_keys, signing_key
from ledger.web.verdicts import found, newest

PEM = "application/x-pem-file"
bp = Blueprint("verifications", __name__)
well_known = Blueprint("well_known", __name__)


@endpoint(
    bp,
    "/verifications",
    Contract(
        "POST",
        "Whether a referral is genuine and in force",
        "anyone",
        TokenBody(),
        answer="Verification",
        public=True,
        waits=True,
    ),
)
def verify(body: dict[str, Any]) -> Response:
    """Say what a token is: only what it discloses itself is repeated, and nothing is recorded."""
    with newest() as reading:
        return answered(found(body["token"], reading).shown(), reading)


@endpoint(
    bp,
    "/status-lists/<int:number>",
    Contract(
        "GET",
        "Which referrals are revoked",
        "anyone",
        public=True,
        waits=True,
        served=((status_list.MEDIA_TYPE, "StatusList"),),
    ),
)
def status(number: int) -> Response:
    """Show a list of bits, signed; a referral names its list and its place there."""
    first, beyond = status_list.first_of(number), status_list.first_of(number + 1)
    with newest() as reading:
        if number > 1 and queries.issued(reading) <= first:
            raise NotFound("There is no such status list.")
        revoked, now = queries.revoked(reading, first, beyond), reading.now
    token = status_list.issue(number, revoked, signing_key(), issuer(), now)
    return _kept(Response(token, content_type=status_list.MEDIA_TYPE))


@endpoint(
    well_known,
    "/.well-known/jwks.json",
    Contract("GET", "The public keys of the signatures", "anyone", answer="SigningKeys", public=True),
)
def keys() -> Response:
    """Show every public key that ever signed a referral: what was signed once can be checked for ever."""
    always = {"alg": ALGORITHM, "use": "sig"}
    shown = [{**one.key.as_dict(private=False), "kid": one.kid, **always} for one in published_keys()]
    return _kept(jsonify({"keys": shown}))


@endpoint(
    well_known,
    "/.well-known/referral-certificates.pem",
    Contract("GET", "The certificates of the seals on PDF files", "anyone", public=True, raw=PEM),
)
def certificates() -> Response:
    """Show every certificate that ever sealed a referral's PDF file, for the list of those that a PDF reader trusts."""
    return _kept(Response(b"".join(house().signing_keys.certificates()), content_type=PEM))


def _kept(response: Response) -> Response:
    """Let caches keep it for as long as nobody would miss what is new."""
    response.cache_control.public = True
    response.cache_control.max_age = status_list.FRESH
    return response
