"""Whatever is done to events behind the ledger's back is found, with its position, on both databases.

LEDGER_TAMPERINGS sets how many there are (12 by default; a campaign has 600), the same ones each time.
"""

from __future__ import annotations

import os
from random import Random

from ledger.services import House
from tests.seals.by_hand import ByHand, tamper
from tests.seals.conftest import record

TAMPERINGS = int(os.environ.get("LEDGER_TAMPERINGS", "12"))


def test_every_tampering_is_found(sealed: House) -> None:
    """Altered, removed, reordered or inserted: exactly the events that were touched are named."""
    hand = ByHand(sealed)
    hand.gap()
    record(sealed, 5)
    sealed.sealer.look()
    hand, random, done = ByHand(sealed), Random("seals"), 0  # noqa: S311 - a failure must be found again
    while done < TAMPERINGS:
        what, touched = tamper(hand, random)
        report = sealed.verification().run(lambda *_: None)
        assert {finding.position for finding in report.findings} == touched, what
        hand.mend()
        done += bool(touched)
    assert sealed.verification().run(lambda *_: None).intact
