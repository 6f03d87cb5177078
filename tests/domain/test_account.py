"""Accounts: invited, taken up once, closed for good; found by logins that belong to one account at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.account import NOBODY, Account, Person, State, account_of, new_token
from ledger.domain.actor import OPERATOR, Actor, Position, Role, without_account
from ledger.domain.errors import AddressTaken, InvalidRequest, NotFound, StateConflict
from ledger.domain.event import stamp
from ledger.domain.login import Login, login_id
from tests.domain.given import ALPHA, BANK, NETWORK, NOON, happened, last, now, refused

FIRM = Actor(Role.FIRM, ALPHA, NETWORK)
PERSON = Person(name="Office", email="office@alpha.example", language="da")
LOGIN = login_id("ab" * 32)
HASH = "$argon2id$made-up"
LATER = stamp(FIRM, NOON + timedelta(days=14))


def invited(holder: Actor = FIRM, position: Position = Position.OWNER) -> tuple[str, Account]:
    """Somebody was invited, as owner of the firm Alpha unless stated."""
    id_ = uuid4()
    token = new_token(id_)
    return token, Account.invite(id_, now(), holder, position, PERSON, login=LOGIN, token=token)


def active() -> Account:
    """Somebody has taken up the invitation."""
    account = invited()[1]
    account.activate(now(), HASH)
    return account


@pytest.mark.parametrize(
    ("holder", "position"),
    [
        (OPERATOR, Position.MEMBER),
        (Actor(Role.COORDINATOR, NETWORK, NETWORK), Position.MEMBER),
        (Actor(Role.BANK, BANK), Position.MEMBER),
        (FIRM, Position.CLERK),
        (FIRM, Position.OWNER),
    ],
)
def test_a_person_acts_for_its_holder(holder: Actor, position: Position) -> None:
    """As a caller it equals the holder, and says besides which account it is."""
    account = invited(holder, position)[1]
    assert account.actor == account.holder == holder
    assert (account.actor.account, account.actor.position) == (account.id, position)
    assert str(account.actor) == f"{holder} account:{account.id}"
    assert without_account(str(account.actor)) == str(holder) == account.actor.on_behalf
    assert last(account).network_id == holder.network


@pytest.mark.parametrize(("holder", "position"), [(FIRM, Position.MEMBER), (OPERATOR, Position.OWNER)])
def test_a_position_that_the_holder_does_not_have_is_refused(holder: Actor, position: Position) -> None:
    """Firms have owners and clerks, everybody else has members."""
    with refused(InvalidRequest, pointer="/position"):
        invited(holder, position)


def test_an_invitation_opens_for_fourteen_days() -> None:
    """And not at the moment they have passed; another token opens nothing."""
    token, account = invited()
    assert token not in repr(last(account))
    assert account_of(token) == account.id
    assert account.invited(token, NOON)
    assert account.invited(token, LATER.at - timedelta(microseconds=1))
    assert not account.invited(token, LATER.at)
    assert not account.invited(new_token(account.id), NOON)
    with refused(StateConflict, account):
        account.activate(LATER, HASH)


def test_an_invitation_is_used_once() -> None:
    """Whoever finds the link later cannot take the account over."""
    token, account = invited()
    account.activate(now(), HASH)
    assert (account.state, account.invited(token, NOON)) == (State.ACTIVE, False)
    with refused(StateConflict, account):
        account.activate(now(), HASH)


def test_a_renewed_invitation_replaces_the_one_before() -> None:
    """Also for a person who has lost the password; until it is taken up, everything stays as it was."""
    token, account = invited()
    newer = new_token(account.id)
    account.renew_invitation(now(), newer)
    assert (account.invited(token, NOON), account.invited(newer, NOON)) == (False, True)
    account.activate(now(), HASH)
    account.renew_invitation(LATER, newer)
    assert (account.state, account.password) == (State.ACTIVE, HASH)
    account.activate(LATER, "another")
    assert account.password == "another"


def test_a_new_password_ends_the_sessions_before_it() -> None:
    """What began before the change is no longer the account's."""
    account = active()
    assert account.holds(NOON)
    account.change_password(LATER, "another")
    assert (account.holds(NOON), account.holds(LATER.at)) == (False, True)
    account.rehash_password(stamp(FIRM, LATER.at + timedelta(days=1)), "stronger")
    assert account.holds(LATER.at)


def test_a_second_identity_at_an_issuer_is_refused() -> None:
    """An issuer may give an address to somebody else one day."""
    account = active()
    account.link(now(), "https://issuer.example", uuid4())
    with refused(AddressTaken, account):
        account.link(now(), "https://issuer.example", uuid4())


def test_a_closed_account_stays_closed() -> None:
    """It opens nothing, and nothing can be done with it."""
    account = active()
    account.close(now())
    assert (account.state, account.password, account.holds(LATER.at)) == (State.CLOSED, None, False)
    token = new_token(account.id)
    steps: tuple[Callable[[], None], ...] = (
        lambda: account.close(now()),
        lambda: account.activate(now(), HASH),
        lambda: account.renew_invitation(now(), token),
        lambda: account.change_password(now(), HASH),
        lambda: account.link(now(), "https://issuer.example", LOGIN),
    )
    for step in steps:
        with refused(StateConflict, account):
            step()


def test_an_erased_account_is_nobodys() -> None:
    """The certificate closes it as well."""
    account = active()
    account.erase(now(), "ab" * 32)
    assert (account.state, account.person, account.password) == (State.CLOSED, NOBODY, None)
    assert account.certificate().fingerprint == "ab" * 32
    with pytest.raises(StateConflict):
        active().certificate()


def test_a_login_belongs_to_one_account_at_a_time() -> None:
    """Released, it may be assigned anew; releasing what is free records nothing."""
    one, other = UUID(int=1), UUID(int=2)
    login = Login.assign(LOGIN, now(), one)
    assert last(login).network_id is None
    with refused(AddressTaken, login):
        login.reassign(now(), other)
    login.release(now())
    login.release(now())
    login.reassign(now(), other)
    assert login.account == other
    assert happened(login) == ["Assigned", "Released", "Reassigned"]


@given(st.text(max_size=80) | st.from_regex(r"[A-Za-z0-9_-]{60,68}", fullmatch=True))
def test_any_text_is_a_token_or_none(text: str) -> None:
    """Whatever stands in the address, the check answers."""
    try:
        assert isinstance(account_of(text), UUID)
        assert len(text) == 64
    except NotFound:
        assert len(text) != 64 or not text.isascii() or not text.replace("-", "").replace("_", "").isalnum()


@given(st.uuids())
def test_tokens_name_their_account_and_differ(account: UUID) -> None:
    """Two invitations of one account have nothing in common but whose they are."""
    one, other = new_token(account), new_token(account)
    assert account_of(one) == account_of(other) == account
    assert one != other


def test_callers_are_equal_whoever_the_person_is() -> None:
    """Rules compare for whom somebody acts."""
    assert replace(FIRM, account=uuid4(), position=Position.CLERK) == FIRM
    assert without_account("firm:1") == "firm:1"
