"""A webhook: registered once, told until it is removed."""

from __future__ import annotations

from base64 import b64decode
from uuid import uuid4

import pytest

from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.errors import StateConflict
from ledger.domain.event import ERASED, personal_fields
from ledger.domain.webhook import Webhook, new_secret
from tests.domain.given import ALPHA, BANK, NETWORK, last, now

OFFICE, LENDER = Actor(Role.COORDINATOR, NETWORK, NETWORK), Actor(Role.BANK, BANK)
HOLDERS = (OPERATOR, OFFICE, LENDER, Actor(Role.FIRM, ALPHA, NETWORK))
SECRET = "whsec_AA=="


def registered(holder: Actor, secret: str = SECRET) -> Webhook:
    """A webhook of this holder."""
    url = "https://hooks.example.org/"
    return Webhook.register(uuid4(), now(), holder, url=url, types=["b", "a", "b"], secret=secret)


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: holder.role)
def test_it_is_its_holders(holder: Actor) -> None:
    """Who is told is who registered it, and what is chosen is kept once each."""
    webhook = registered(holder)
    assert webhook.holder == holder
    assert webhook.types == ["a", "b"]
    assert last(webhook).network_id == holder.network


def test_it_is_removed_once() -> None:
    """For good."""
    webhook = registered(OPERATOR)
    before = webhook.active
    webhook.remove(now())
    assert (before, webhook.active) == (True, False)
    with pytest.raises(StateConflict):
        webhook.remove(now())


def test_without_its_secret_nothing_is_sent() -> None:
    """It was erased with the personal data of its holder; address and secret are among them."""
    assert not registered(HOLDERS[-1], ERASED).active
    assert {name: mark.of for name, mark in personal_fields(Webhook.Registered).items()} == {
        "url": "subject",
        "secret": "subject",
    }


def test_secrets_are_random() -> None:
    """256 bits, as Standard Webhooks writes them."""
    one, other = new_secret(), new_secret()
    assert one != other
    assert one.startswith("whsec_")
    assert len(b64decode(one.removeprefix("whsec_"))) == 32
