"""Commands on accounts: inviting people, their passwords, and whose an e-mail address or an identity is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from ledger.application import holders, passwords
from ledger.application.access import may_hold, may_revoke, passes_on
from ledger.domain.account import Account, Person, State, account_of, new_token, positions
from ledger.domain.actor import OPERATOR, Role
from ledger.domain.errors import (
    AddressTaken,
    Fault,
    InvalidRequest,
    NotFound,
    NotPermitted,
    SignInRefused,
    StateConflict,
    VersionConflict,
)
from ledger.domain.login import Login, login_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor, Position
    from ledger.domain.event import Stamp

EMAIL = re.compile(r"[^@\s\x00-\x1f<>,;\"]{1,64}@[^@\s\x00-\x1f<>,;\"]{1,185}")
REFUSED = "E-mail address and password do not open an account."


def invite(
    ledger: Ledger,
    actor: Actor,
    role: Role,
    subject: UUID | None,
    person: Person,
    position: Position | None = None,
) -> tuple[str, Receipt]:
    """Invite a person to act for the holder that `role` and `subject` name; return the invitation's token, once.

    Raises `AddressTaken` when the e-mail address has an account already.
    """
    holder = holders.named(ledger, role, subject)
    may_hold(actor, holder)
    passes_on(actor, None)  # a person may do everything
    holders.check_known(ledger, holder)
    _check_email(person["email"])
    id_, stamp = uuid4(), ledger.stamp(actor)  # an id made of the address would outlive its erasure
    token, login = new_token(id_), email_login(ledger, person["email"])
    account = Account.invite(id_, stamp, holder, position or positions(role)[0], person, login=login, token=token)
    return token, _record(ledger, account, _assigned(ledger, stamp, login, id_))


def invite_by_command(
    ledger: Ledger, role: Role, subject: UUID | None, person: Person, position: Position | None = None
) -> tuple[str, Receipt]:
    """Invite from the command line; who has an account there already gets a new invitation to it."""
    known = _by_login(ledger, email_login(ledger, person["email"]))
    if known is None:
        return invite(ledger, OPERATOR, role, subject, person, position)
    if known.holder != holders.named(ledger, role, subject):
        raise AddressTaken(f"This address acts for {known.holder} already; one person has one account.")
    return renew_invitation(ledger, OPERATOR, known.id)


def renew_invitation(ledger: Ledger, actor: Actor, account: UUID) -> tuple[str, Receipt]:
    """Invite a person again, whose link was lost or who has lost the password; return the new token, once."""
    passes_on(actor, None)
    aggregate, token = _administered(ledger, actor, account), new_token(account)
    if not holders.in_office(ledger, aggregate.holder):
        raise StateConflict("This account is of an office that the network was handed over from.")
    aggregate.renew_invitation(ledger.stamp(actor), token)
    return token, ledger.record(aggregate)


def invited(ledger: Ledger, token: str) -> Account:
    """Return whose invitation this is; raise `NotFound` when it is used, renewed, or past."""
    account = ledger.load(Account, account_of(token))
    if not (account.invited(token, ledger.clock()) and holders.in_office(ledger, account.holder)):
        raise NotFound("This invitation is used, or its 14 days have passed; ask for a new one.")
    return account


def activate(ledger: Ledger, token: str, password: str) -> Account:
    """Set the password that the invited person has chosen; the invitation is used by it."""
    account = invited(ledger, token)
    kept = passwords.hashed(password, account.person["name"], account.person["email"])
    account.activate(ledger.stamp(account.actor), kept)
    ledger.record(account)
    return account


def sign_in(ledger: Ledger, email: str, password: str) -> Account:
    """Return whose account this is; raise `SignInRefused`, in the same time whatever is wrong."""
    account = _by_login(ledger, email_login(ledger, email))
    kept = account.password if account is not None and account.state is State.ACTIVE else None
    if not passwords.fits(password, kept) or account is None or kept is None:
        raise SignInRefused(REFUSED)
    if passwords.outdated(kept):
        _rehash(ledger, account, password)
    return account


def change_password(ledger: Ledger, actor: Actor, old: str, new: str) -> Account:
    """Change one's own password; every session from before has ended by it."""
    account = _own(ledger, actor)
    if not passwords.fits(old, account.password):
        detail = "This is not your present password."
        raise SignInRefused(detail, faults=[Fault("/old", detail)])
    kept = passwords.hashed(new, account.person["name"], account.person["email"])
    account.change_password(ledger.stamp(actor), kept)
    ledger.record(account)
    return account


def close(ledger: Ledger, actor: Actor, account: UUID) -> Receipt:
    """Close an account for good; its e-mail address may be invited anew."""
    aggregate = _administered(ledger, actor, account)
    stamp = ledger.stamp(actor)
    aggregate.close(stamp)
    return ledger.record(aggregate, *released(ledger, stamp, aggregate))


def sign_in_by_issuer(ledger: Ledger, issuer: str, subject: str, verified_email: str | None) -> Account:
    """Return whose identity at an issuer this is, the first time by an e-mail address that the issuer verified.

    An invitation to that address is taken up by it. Raises `SignInRefused` when there is no such account.
    """
    login = issuer_login(ledger, issuer, subject)
    account = _by_login(ledger, login)
    if account is None and verified_email is not None:
        account = _by_login(ledger, email_login(ledger, verified_email))
        if account is not None and account.state is not State.CLOSED:
            _link(ledger, account, issuer, login)
    if account is None or account.state is not State.ACTIVE:
        raise SignInRefused("Nobody here is invited under this identity.")
    return account


def in_use(ledger: Ledger, account: UUID) -> Account | None:
    """Return an account that a session or a login names, None when there is none, or its office is no longer one."""
    try:
        found = ledger.load(Account, account)
    except NotFound:
        return None
    return found if holders.in_office(ledger, found.holder) else None


def email_login(ledger: Ledger, email: str) -> UUID:
    """Return the id of the login that an e-mail address makes."""
    return login_id(ledger.store.keyed_digest(f"email {email.strip().casefold()}"))


def issuer_login(ledger: Ledger, issuer: str, subject: str) -> UUID:
    """Return the id of the login that an identity at an issuer makes."""
    return login_id(ledger.store.keyed_digest(f"issuer {issuer} {subject}"))


def released(ledger: Ledger, stamp: Stamp, account: Account) -> Sequence[Login]:
    """Give free what the account was found by."""
    logins = [ledger.load(Login, login) for login in account.logins]
    for login in (mine := [one for one in logins if one.account == account.id]):
        login.release(stamp)
    return mine


def _administered(ledger: Ledger, actor: Actor, account: UUID) -> Account:
    aggregate = ledger.load(Account, account)
    may_revoke(actor, aggregate)
    return aggregate


def _own(ledger: Ledger, actor: Actor) -> Account:
    if actor.account is None:
        raise NotPermitted("This is for a person who has signed in.")
    return ledger.load(Account, actor.account)


def _by_login(ledger: Ledger, login: UUID) -> Account | None:
    try:
        account = ledger.load(Login, login).account
    except NotFound:
        return None
    return None if account is None else in_use(ledger, account)


def _assigned(ledger: Ledger, stamp: Stamp, login: UUID, account: UUID) -> Login:
    try:
        known = ledger.load(Login, login)
    except NotFound:
        return Login.assign(login, stamp, account)
    if known.account is not None and in_use(ledger, known.account) is None:
        known.release(stamp)  # whoever acted for the office before may act for the next one
    known.reassign(stamp, account)
    return known


def _record(ledger: Ledger, account: Account, login: Login) -> Receipt:
    try:
        return ledger.record(account, login)
    except VersionConflict as error:  # somebody else was invited under this address at the same moment
        raise AddressTaken("This address belongs to an account already; one person has one account.") from error


def _link(ledger: Ledger, account: Account, issuer: str, login: UUID) -> None:
    stamp = ledger.stamp(account.actor)
    if account.state is State.INVITED:
        account.activate(stamp, None)
    account.link(stamp, issuer, login)
    _record(ledger, account, _assigned(ledger, stamp, login, account.id))


def _rehash(ledger: Ledger, account: Account, password: str) -> None:
    account.rehash_password(ledger.stamp(account.actor), passwords.rehashed(password))
    try:
        ledger.record(account)
    except VersionConflict:  # another sign-in did it
        account.collect_events()


def _check_email(email: str) -> None:
    if not EMAIL.fullmatch(email.strip()):
        detail = "An e-mail address such as office@example.org."
        raise InvalidRequest(detail, faults=[Fault("/email", detail)])
