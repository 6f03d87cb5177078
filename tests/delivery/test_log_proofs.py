"""A referral whose proofs of the log do not hold is refused, though its signature is good: by either check."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.delivery.referral_token import PARTS, issue
from ledger.store.notes import vkey
from ledger.store.signing_keys import SigningKeys
from tests.delivery.checks import CHECKS, Check
from tests.delivery.tokens import DOCUMENT, EVENTS, ISSUER, LOG, NOW, SEED, jwks, keys, offline, signing, token

Claims = dict[str, Any]
Change = Callable[[Claims, Claims], Any]


@pytest.fixture(scope="module")
def ring() -> SigningKeys:
    """The ledger's keys."""
    return keys()


@pytest.fixture(params=CHECKS)
def check(request: pytest.FixtureRequest, ring: SigningKeys) -> Check:
    """Either check."""
    return CHECKS[request.param](ring)


def pinned(ring: SigningKeys, log: Claims | None, events: Claims | None) -> str:
    """A referral that the ledger signed, saying this of the log."""
    return issue(DOCUMENT, signing(ring), ISSUER, 7, PARTS, (log or {}, events or {}) if log or events else None)


def flipped(text: str, bit: int = 0) -> str:
    """The hash with a bit turned."""
    return b64encode((int.from_bytes(b64decode(text)) ^ 1 << bit).to_bytes(32)).decode()


def test_old_and_bare_ones_pass(check: Check, ring: SigningKeys) -> None:
    """Without any proof, with its own event's alone as they were issued before, with all of them."""
    assert {check(pinned(ring, *which)) for which in ((None, None), (LOG, None), (LOG, EVENTS))} == {"genuine"}


def _swap(items: list[Any], one: int, other: int) -> None:
    items[one], items[other] = items[other], items[one]


CHANGES: dict[str, Change] = {
    "a hash of the own proof": lambda log, _: log["proofs"][0].update(hashes=[*log["proofs"][0]["hashes"][1:]]),
    "the own event": lambda log, _: log["proofs"][0].update(leaf_hash=flipped(log["proofs"][0]["leaf_hash"])),
    "the own place": lambda log, _: log["proofs"][0].update(leaf_index=108),
    "a head before its event": lambda log, _: log.update(checkpoint=log["checkpoint"].replace("\n120\n", "\n109\n")),
    "the head's root": lambda log, _: log.update(checkpoint="ledger.example\n120\n" + "A" * 43 + "=\n\n"),
    "no head": lambda log, _: log.pop("checkpoint"),
    "a head that is none": lambda log, _: log.update(checkpoint=7),
    "a hash flipped": lambda _, events: events["nodes"].__setitem__(3, flipped(events["nodes"][3], 77)),
    "a hash dropped": lambda _, events: events["nodes"].pop(),
    "the first hash dropped": lambda _, events: events["nodes"].pop(0),
    "a hash added": lambda _, events: events["nodes"].append(events["nodes"][0]),
    "hashes swapped": lambda _, events: _swap(events["nodes"], 1, 2),
    "a short hash": lambda _, events: events["nodes"].__setitem__(0, "AAAA"),
    "an event flipped": lambda _, events: events["leaves"][4].__setitem__(2, flipped(events["leaves"][4][2])),
    "an event dropped": lambda _, events: events["leaves"].pop(2),
    "an event added": lambda _, events: events["leaves"].insert(4, [43, 42, events["leaves"][0][2]]),
    "an event moved": lambda _, events: events["leaves"][3].__setitem__(1, 39),
    "events swapped": lambda _, events: _swap(events["leaves"], 0, 1),
    "an event twice": lambda _, events: events["leaves"].insert(1, events["leaves"][0]),
    "positions against their order": lambda _, events: events["leaves"][1].__setitem__(0, 1),
    "another end than its own": lambda _, events: events["leaves"].pop(),
    "another position at its end": lambda _, events: events["leaves"][-1].__setitem__(0, 111),
    "no events": lambda _, events: events.update(leaves=[]),
    "events that are none": lambda _, events: events.update(leaves=7),
    "an event of text": lambda _, events: events["leaves"].insert(0, ["a", "b", "c"]),
    "a place below the first": lambda _, events: events["leaves"][0].__setitem__(1, -1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_proof_that_does_not_hold_is_found(check: Check, ring: SigningKeys, name: str) -> None:
    """Flipped, dropped, added, swapped, moved: whatever was signed, it must lead to the head."""
    log, events = deepcopy(LOG), deepcopy(EVENTS)
    CHANGES[name](log, events)
    assert check(pinned(ring, log, events)) == "tampered"


def test_events_need_a_head(check: Check, ring: SigningKeys) -> None:
    """They prove nothing by themselves."""
    assert check(pinned(ring, None, EVENTS)) == "tampered"


def test_the_log_s_own_key_is_held_against_its_head(ring: SigningKeys) -> None:
    """Who keeps it need not take the referral's signature for the log's."""
    verifier = offline()
    mine, other = (Ed25519PrivateKey.from_private_bytes(seed).public_key() for seed in (SEED, b"1" * 32))
    for known in ((vkey("ledger.example", mine),), (vkey("ledger.example", other), vkey("ledger.example", mine))):
        found = verifier.verify(token(ring), jwks(ring), log_keys=known, now=NOW.timestamp())
        assert found["events"] == EVENTS
    for unknown in (vkey("ledger.example", other), vkey("other.example", mine), "nonsense", "a+b+c"):
        with pytest.raises(verifier.Refused) as refused:
            verifier.verify(token(ring), jwks(ring), log_keys=(unknown,), now=NOW.timestamp())
        assert refused.value.verdict == "tampered"
