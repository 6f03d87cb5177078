"""Accesses: every look of a bank is a fact of its own."""

from __future__ import annotations

from uuid import UUID

from ledger.domain.access import Access
from ledger.domain.actor import Actor, Role
from ledger.domain.event import stamp
from tests.domain.given import ALPHA, BANK, NETWORK, NOON, happened, last


def test_a_look_says_who_what_when_and_for_which_purpose() -> None:
    """So the firm can see it in its access log."""
    look = stamp(Actor(Role.BANK, BANK), NOON, network=NETWORK)
    access = Access.make(UUID(int=700), look, firm=ALPHA, bank=BANK, what="history", purpose="loan")
    assert happened(access) == ["Made"]
    event = last(access)
    assert (event.firm, event.bank, event.what, event.purpose) == (ALPHA, BANK, "history", "loan")
    assert (event.network_id, event.timestamp) == (NETWORK, NOON)
    assert (access.firm, access.bank) == (ALPHA, BANK)
