"""Networks: founded by the operator, and their own tenant."""

from __future__ import annotations

from ledger.domain.actor import OPERATOR
from ledger.domain.event import stamp
from ledger.domain.network import Network
from tests.domain.given import NETWORK, NOON, happened, last


def founded() -> Network:
    """A network of the town hall."""
    return Network.found(NETWORK, stamp(OPERATOR, NOON), "Example Network", office="Town hall", digest="d")


def test_a_network_carries_its_own_id() -> None:
    """Everything of a network is found under its id, its founding included."""
    network = founded()
    assert happened(network) == ["Founded"]
    assert last(network).network_id == network.id == NETWORK
    assert (network.name, network.office, network.digest) == ("Example Network", "Town hall", "d")


def test_the_office_may_be_unknown() -> None:
    """A network can be founded before its office is."""
    assert Network.found(NETWORK, stamp(OPERATOR, NOON), "Example Network").office is None


def test_it_is_handed_over_to_another_office() -> None:
    """The first office has the network's id, every later one an id of its own, also who comes back."""
    network = founded()
    assert network.office_id == NETWORK
    network.hand_over(stamp(OPERATOR, NOON), "Agency")
    assert happened(network)[-1] == "HandedOver"
    assert last(network).network_id == NETWORK
    assert (network.office, network.office_id) == ("Agency", last(network).office_id)
    agency = network.office_id
    network.hand_over(stamp(OPERATOR, NOON), "Town hall")
    assert len({NETWORK, agency, network.office_id}) == 3
