"""Banks: registered by the operator, beside the networks."""

from __future__ import annotations

from ledger.domain.actor import OPERATOR
from ledger.domain.bank import Bank
from ledger.domain.event import stamp
from tests.domain.given import BANK, NOON, happened, last


def test_a_bank_belongs_to_no_network() -> None:
    """Firms of any network may give it their consent."""
    bank = Bank.register(BANK, stamp(OPERATOR, NOON), "Example Bank", country="DE", bic="AGRIFRPP882", digest="d")
    assert happened(bank) == ["Registered"]
    assert last(bank).network_id is None
    assert (bank.name, bank.country, bank.bic, bank.lei, bank.digest) == (
        "Example Bank",
        "DE",
        "AGRIFRPP882",
        None,
        "d",
    )
