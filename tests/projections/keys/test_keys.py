"""API keys as rows."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from ledger.domain.actor import OPERATOR, Actor, Scope
from ledger.domain.errors import NotFound
from ledger.domain.key import Client, Key, name_of, new_secret
from ledger.projections.keys.projector import PROJECTION
from ledger.projections.keys.queries import one, page
from tests import stories
from tests.stories import COORDINATOR, NETWORK, Story, as_bank, as_firm, by, on


def issued(holder: Actor, day: float = 0) -> Key:
    """A key for this holder that ends after a year."""
    return Key.issue(new_secret(), by(OPERATOR, day), holder, label="office", expires_at=on(365))


def test_a_key_is_shown_to_its_holder_and_its_administrators(begin: Callable[..., Story]) -> None:
    """Operator all, coordinator those of the network, everybody else their own."""
    story, firm, bank = begin(PROJECTION), as_firm(uuid4()), as_bank(uuid4())
    keys = [issued(holder, day) for day, holder in enumerate((OPERATOR, COORDINATOR, firm, bank))]
    story.tell(*keys)
    ids = [str(key.id) for key in keys]
    with story.reading() as reading:

        def seen(viewer: Actor) -> list[str]:
            return [item["id"] for item in page(reading, viewer, limit=9).items]

        assert seen(OPERATOR) == ids[::-1]
        assert seen(COORDINATOR) == [ids[2], ids[1]]
        assert seen(firm) == [ids[2]]
        assert seen(bank) == [ids[3]]
        assert seen(as_firm(uuid4())) == []
        with pytest.raises(NotFound):
            one(reading, bank, keys[2].id)


def test_a_revoked_key_says_since_when(begin: Callable[..., Story]) -> None:
    """The revocation is a new version of the row; before it the key is as it was issued."""
    story, firm = begin(PROJECTION), as_firm(uuid4())
    key = issued(firm)
    before = story.tell(key)
    key.revoke(by(COORDINATOR, 2))
    story.tell(key)
    shown = {
        "id": str(key.id),
        "role": "firm",
        "subject": str(firm.subject),
        "network": str(NETWORK),
        "label": "office",
        "issued_at": "2026-03-02T09:00:00Z",
        "expires_at": "2027-03-02T09:00:00Z",
        "replaced_by": None,
        "scopes": None,
        "client": None,
    }
    with story.reading(as_of_position=before) as reading:
        assert one(reading, firm, key.id) == {**shown, "revoked_at": None, "version": 1}
    with story.reading() as reading:
        assert one(reading, firm, key.id) == {**shown, "revoked_at": "2026-03-04T09:00:00Z", "version": 2}


def test_a_replaced_key_says_by_which(begin: Callable[..., Story]) -> None:
    """It ends when it was said to; the new one has its label, which only the first event of the old one holds."""
    story, firm = begin(PROJECTION), as_firm(uuid4())
    old, secret = issued(firm), new_secret()
    new = Key.issue(secret, by(COORDINATOR, 2), firm, label=None, expires_at=None, scopes=[Scope.READ])
    story.tell(old)
    old.replace(by(COORDINATOR, 2), new.id, on(3))
    story.tell(new, old)
    with story.reading() as reading:
        shown = one(reading, firm, old.id)
        assert (shown["replaced_by"], shown["expires_at"]) == (str(new.id), "2026-03-05T09:00:00Z")
        shown = one(reading, firm, new.id)
        assert (shown["label"], shown["scopes"], shown["replaced_by"]) == ("office", ["read"], None)


def test_of_an_erased_firm_neither_labels_nor_programs_are_named(begin: Callable[..., Story]) -> None:
    """The issuer is no word of the firm's."""
    story, firm = begin(PROJECTION), stories.firm("Alpha")
    holder, client = as_firm(firm.id), Client(issuer="https://id.example.org", subject="erp")
    key = Key.issue(name_of(client), by(COORDINATOR), holder, label="office", expires_at=None, client=client)
    story.tell(firm, key)
    firm.erase(by(COORDINATOR, 1), "00" * 32)
    story.tell(firm)
    with story.reading() as reading:
        shown = one(reading, holder, key.id)
        assert (shown["label"], shown["client"]) == ("erased", {**client, "subject": "erased"})
