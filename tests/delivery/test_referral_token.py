"""What a signed referral says in its signed part, and what its holder may keep back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ledger.delivery.encoding import decoded
from ledger.delivery.referral_token import PARTS, PLACES, issue, read
from ledger.delivery.signing import Refused
from ledger.store.signing_keys import SigningKeys
from tests.delivery.tokens import DOCUMENT, EVENTS, ISSUER, LATER, LOG, NOW, header, keys, published, signing, token


@pytest.fixture
def ring() -> SigningKeys:
    """The ledger's keys."""
    return keys()


def signed_part(token: str) -> Any:
    """What stands in the payload."""
    return json.loads(decoded(token.split(".")[1]))


def shown(ring: SigningKeys, text: str) -> dict[str, Any]:
    """The claims that a token discloses."""
    return read(text, published(ring), issuer=ISSUER, now=NOW)[0]


def test_the_header_says_three_things(ring: SigningKeys) -> None:
    """Algorithm, type and the key's name."""
    assert header(token(ring)) == {"alg": "ES256", "typ": "dc+sd-jwt", "kid": signing(ring).kid}


def test_the_frame_is_always_there(ring: SigningKeys) -> None:
    """Issuer, times, type and status are signed in clear; the state, which changes, is not."""
    claims = signed_part(token(ring))
    assert {name: claims[name] for name in ("iss", "vct", "_sd_alg")} == {
        "iss": ISSUER,
        "vct": "urn:collaboration-ledger:referral:1",
        "_sd_alg": "sha-256",
    }
    assert (claims["iat"], claims["exp"]) == (1772442000, int(LATER.timestamp()))
    assert claims["status"] == {"status_list": {"idx": 7, "uri": f"{ISSUER}/v1/status-lists/1"}}
    assert "state" not in claims


def test_nothing_that_can_be_kept_back_stands_in_the_signed_part(ring: SigningKeys) -> None:
    """Neither its values nor, for a claim, its name."""
    text = json.dumps(signed_part(token(ring)))
    kept = (
        "machine loan",
        DOCUMENT["bank"],
        "13585628",
        "9000000",
        "subcontractor",
        '"DK"',
        "days_beyond_terms",
        "67.2",
    )
    assert [one for one in kept if one in text] == []
    names = {place[-1] for place in PLACES} - {"*"}
    assert [name for name in names if f'"{name}"' in text] == []


def test_every_part_is_in_a_referral() -> None:
    """No place leads nowhere."""
    for place in PLACES:
        found: Any = {**DOCUMENT, "events": EVENTS}
        for name in place:
            found = found[0] if name == "*" else found[name]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_shows_its_places_and_no_others(ring: SigningKeys, name: str) -> None:
    """Beside what is always there."""
    claims, parts = read(token(ring, name), published(ring), issuer=ISSUER, now=NOW)
    brought = {"factors": ["score", "factors"], "facts": ["score", "facts"]}
    assert parts == brought.get(name, [name])
    assert ("trust" in claims) == (name in ("score", "factors", "facts"))
    assert (claims["partners"] != []) == (name == "partners")


def test_the_head_is_never_kept_back_and_the_events_behind_it_may_be(ring: SigningKeys) -> None:
    """The head is signed in clear; the proof of the events is a part like any other; without seals neither is there."""
    bare = issue(DOCUMENT, signing(ring), ISSUER, 7, [], (LOG, EVENTS))
    assert shown(ring, bare)["log"] == LOG == signed_part(bare)["log"]
    assert "events" not in {**shown(ring, bare), **signed_part(bare)}
    assert shown(ring, token(ring, "events"))["events"] == EVENTS
    unsealed = shown(ring, issue(DOCUMENT, signing(ring), ISSUER, 7))
    assert {"log", "events"} & unsealed.keys() == set()


def test_an_expired_one_still_says_what_it_was(ring: SigningKeys) -> None:
    """Its claims come with the refusal; those of a tampered one do not."""
    with pytest.raises(Refused) as refused:
        read(token(ring, "score"), published(ring), issuer=ISSUER, now=LATER)
    assert refused.value.claims is not None
    assert (refused.value.claims["position"], refused.value.disclosed) == (110, ["score"])
    with pytest.raises(Refused) as refused:
        read(token(ring) + "~", published(ring), issuer=ISSUER, now=LATER)
    assert refused.value.claims is None
