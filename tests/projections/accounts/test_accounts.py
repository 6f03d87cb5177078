"""Accounts as rows."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from ledger.domain.account import Account, Person, new_token
from ledger.domain.actor import OPERATOR, Actor, Position, Role
from ledger.domain.errors import NotFound
from ledger.projections.accounts.projector import PROJECTION
from ledger.projections.accounts.queries import one, page
from tests.stories import COORDINATOR, NETWORK, Story, as_bank, as_firm, by

PERSON = Person(name="Front desk", email="desk@example.org", language="da")


def invited(holder: Actor, day: float = 0) -> Account:
    """Somebody is invited to act for this holder."""
    id_ = uuid4()
    position = Position.OWNER if holder.role is Role.FIRM else Position.MEMBER
    token = new_token(id_)
    return Account.invite(id_, by(OPERATOR, day), holder, position, PERSON, login=uuid4(), token=token)


def test_an_account_is_shown_to_its_house_and_its_administrators(begin: Callable[..., Story]) -> None:
    """Operator all, coordinator those of the network, everybody else their own; the newest invitation first."""
    story, firm, bank = begin(PROJECTION), as_firm(uuid4()), as_bank(uuid4())
    accounts = [invited(holder, day) for day, holder in enumerate((OPERATOR, COORDINATOR, firm, bank))]
    story.tell(*accounts)
    ids = [str(account.id) for account in accounts]
    with story.reading() as reading:

        def seen(viewer: Actor) -> list[str]:
            return [item["id"] for item in page(reading, viewer, limit=9).items]

        assert seen(OPERATOR) == ids[::-1]
        assert seen(COORDINATOR) == [ids[2], ids[1]]
        assert seen(firm) == [ids[2]]
        assert seen(bank) == [ids[3]]
        assert seen(as_firm(uuid4())) == []
        assert [item["id"] for item in page(reading, OPERATOR, limit=9, subject=bank.subject).items] == [ids[3]]
        with pytest.raises(NotFound):
            one(reading, bank, accounts[2].id)


def test_an_account_says_where_it_stands(begin: Callable[..., Story]) -> None:
    """Invited, active, closed, each since when; before each step it is as it was."""
    story, firm = begin(PROJECTION), as_firm(uuid4())
    account = invited(firm)
    positions = [story.tell(account)]
    account.activate(by(firm, 1), "a hash")
    positions.append(story.tell(account))
    account.change_password(by(firm, 2), "another")
    account.rehash_password(by(firm, 2), "stronger")
    account.link(by(firm, 2), "https://issuer.example", uuid4())
    story.tell(account)
    account.renew_invitation(by(firm, 3), new_token(account.id))
    positions.append(story.tell(account))
    account.close(by(firm, 4))
    positions.append(story.tell(account))
    found = []
    for position in positions:
        with story.reading(as_of_position=position) as reading:
            found.append(one(reading, firm, account.id))
    assert [(shown["state"], shown["since"][:10], (shown["invited_until"] or "")[:10]) for shown in found] == [
        ("invited", "2026-03-02", "2026-03-16"),
        ("active", "2026-03-03", ""),
        ("active", "2026-03-03", "2026-03-19"),
        ("closed", "2026-03-06", ""),
    ]
    assert found[0] == {
        "id": str(account.id),
        "role": "firm",
        "subject": str(firm.subject),
        "network": str(NETWORK),
        "position": "owner",
        **PERSON,
        "state": "invited",
        "since": "2026-03-02T09:00:00Z",
        "invited_until": "2026-03-16T09:00:00Z",
        "version": 1,
    }


def test_an_erased_person_is_in_no_row(begin: Callable[..., Story]) -> None:
    """Neither now nor as of before."""
    story, firm = begin(PROJECTION), as_firm(uuid4())
    account = invited(firm)
    before = story.tell(account)
    account.erase(by(firm, 1), "ab" * 32)
    story.tell(account)
    for position in (None, before):
        with story.reading(as_of_position=position) as reading:
            shown = one(reading, firm, account.id)
        assert (shown["name"], shown["email"], shown["language"]) == ("erased", "erased", "en")
    assert shown["state"] == "invited"
