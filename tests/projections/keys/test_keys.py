"""API keys as rows."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from ledger.domain.actor import OPERATOR, Actor
from ledger.domain.errors import NotFound
from ledger.domain.key import Key, new_secret
from ledger.projections.keys.projector import PROJECTION
from ledger.projections.keys.queries import one, page
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
    }
    with story.reading(as_of_position=before) as reading:
        assert one(reading, firm, key.id) == {**shown, "revoked_at": None, "version": 1}
    with story.reading() as reading:
        assert one(reading, firm, key.id) == {**shown, "revoked_at": "2026-03-04T09:00:00Z", "version": 2}
