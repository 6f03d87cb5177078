"""Networks: founded by the operator, and their own tenant."""

from __future__ import annotations

from ledger.domain.actor import OPERATOR
from ledger.domain.event import stamp
from ledger.domain.network import Network
from tests.domain.given import NETWORK, NOON, happened, last


def test_a_network_carries_its_own_id() -> None:
    """Everything of a network is found under its id, its founding included."""
    network = Network.found(NETWORK, stamp(OPERATOR, NOON), "Example Network", office="Town hall", digest="d")
    assert happened(network) == ["Founded"]
    assert last(network).network_id == network.id == NETWORK
    assert (network.name, network.office, network.digest) == ("Example Network", "Town hall", "d")


def test_the_office_may_be_unknown() -> None:
    """A network can be founded before its office is."""
    assert Network.found(NETWORK, stamp(OPERATOR, NOON), "Example Network").office is None
