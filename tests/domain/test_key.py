"""Keys: issued once, recognised without a database, closed for good."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.actor import OPERATOR, Actor, Role, Scope
from ledger.domain.errors import InvalidDate, StateConflict
from ledger.domain.key import ALPHABET, Client, Key, key_id, name_of, new_secret, well_formed
from tests.domain.given import ALPHA, BANK, NETWORK, NOON, happened, last, now, refused

HOLDERS = [
    OPERATOR,
    Actor(Role.COORDINATOR, NETWORK, NETWORK),
    Actor(Role.BANK, BANK),
    Actor(Role.FIRM, ALPHA, NETWORK),
]


def issued(holder: Actor = HOLDERS[-1], **changes: object) -> Key:
    """A key was issued, to the firm Alpha unless stated."""
    said = {"label": "accounting", "expires_at": None, **changes}
    return Key.issue(new_secret(), now(), holder, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: holder.role)
def test_a_key_stands_for_its_holder(holder: Actor) -> None:
    """Whoever presents the key is the holder it was issued to, whoever issued it."""
    key = issued(holder)
    assert key.holder == holder
    assert last(key).network_id == holder.network


def test_the_secret_is_nowhere_in_the_event() -> None:
    """Only a digest of the secret is recorded, as the key's id."""
    secret = new_secret()
    key = Key.issue(secret, now(), HOLDERS[-1], label=None, expires_at=None)
    assert key.id == key_id(secret)
    assert secret not in repr(last(key))


def test_a_key_without_end_opens_until_revoked() -> None:
    """Revoking closes it at once and for ever."""
    key = issued()
    assert key.opens(NOON)
    key.revoke(now())
    assert not key.opens(NOON)
    assert happened(key) == ["Issued", "Revoked"]


def test_a_key_closes_at_its_end() -> None:
    """It opens before the moment it expires, and not at that moment."""
    end = now().at + timedelta(days=1)
    key = issued(expires_at=end)
    assert key.opens(end - timedelta(microseconds=1))
    assert not key.opens(end)


def test_a_key_that_never_opens_is_refused() -> None:
    """An end that has passed is a slip of whoever typed it."""
    with refused(InvalidDate, pointer="/expires_at"):
        issued(expires_at=now().at)


def test_a_key_is_revoked_once() -> None:
    """Revoking again is refused and records nothing."""
    key = issued()
    key.revoke(now())
    with refused(StateConflict, key):
        key.revoke(now())


def test_a_key_is_narrowed_to_scopes() -> None:
    """In one order, each once; without them it may do whatever its holder may."""
    assert issued().actor.scopes is None
    key = issued(scopes=[Scope.RECORD, Scope.READ, Scope.READ])
    assert last(key).scopes == ["read", "record"]
    assert key.actor.scopes == frozenset({Scope.READ, Scope.RECORD})
    assert key.actor == key.holder


def test_a_key_gives_way_to_another() -> None:
    """It opens for as long as is said, and never longer than it would have."""
    until, by = now().at + timedelta(hours=24), key_id("cl_b")
    key, ending = issued(), issued(expires_at=now().at + timedelta(hours=1))
    key.replace(now(), by, until)
    ending.replace(now(), by, until)
    assert (last(key).by, last(key).until) == (by, until)
    assert key.opens(until - timedelta(microseconds=1))
    assert not key.opens(until)
    assert last(ending).until == now().at + timedelta(hours=1)


def test_a_key_gives_way_once_and_while_it_opens() -> None:
    """What opens no more has no place to take."""
    replaced, revoked, ended = issued(), issued(), issued(expires_at=now().at + timedelta(hours=1))
    replaced.replace(now(), key_id("cl_b"), now().at)
    assert not replaced.opens(NOON)
    revoked.revoke(now())
    for key in (replaced, revoked):
        with refused(StateConflict, key):
            key.replace(now(), key_id("cl_c"), now().at)
    with refused(StateConflict, ended):
        ended.replace(now(NOON + timedelta(hours=2)), key_id("cl_c"), now().at)
    replaced.revoke(now())  # while it still opens somebody may have found it


def test_a_client_has_a_key_without_a_secret() -> None:
    """Found by what its issuer calls it, which no secret looks like; its issuer is where it is changed."""
    client = Client(issuer="https://id.example.org", subject="erp")
    key = Key.issue(name_of(client), now(), HOLDERS[-1], label=None, expires_at=None, client=client)
    assert not well_formed(name_of(client))
    assert key.id == key_id(name_of(client)) != key_id(name_of(Client(issuer="https://id.example.org", subject="er")))
    assert key.holder == HOLDERS[-1]
    with refused(StateConflict, key):
        key.replace(now(), key_id("cl_b"), now().at)


def test_secrets_are_recognisable_and_different() -> None:
    """A secret begins with its prefix and is made of letters that nobody mixes up."""
    secrets = {new_secret() for _ in range(200)}
    assert len(secrets) == 200
    assert all(re.fullmatch(f"cl_[{ALPHABET}]{{40}}", secret) and well_formed(secret) for secret in secrets)


@given(st.data())
def test_a_mistyped_secret_is_found_without_a_database(data: st.DataObject) -> None:
    """A checksum of 32 bits finds every single wrong letter."""
    secret = new_secret()
    place = data.draw(st.integers(0, len(secret) - 1))
    letter = data.draw(st.characters().filter(lambda typed: typed != secret[place]))
    assert not well_formed(secret[:place] + letter + secret[place + 1 :])


@given(st.text(max_size=60))
def test_any_other_text_is_no_key(text: str) -> None:
    """Whatever is presented, the check answers."""
    assert not well_formed(text)


def test_the_same_secret_has_the_same_id() -> None:
    """So a presented key is found in the log itself."""
    assert key_id("cl_a") == key_id("cl_a") != key_id("cl_b")
