"""Erasing a firm's personal data, and handing out all that is held of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.application.access import may_erase, may_have_personal_data, may_revoke, require
from ledger.application.accounts import released
from ledger.domain.account import Account
from ledger.domain.actor import OPERATOR, Role
from ledger.domain.event import personal_fields
from ledger.domain.firm import Firm
from ledger.domain.retention import retention_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from ledger.application.ledger import Ledger
    from ledger.domain.actor import Actor
    from ledger.domain.firm import Erasure

BATCH = 500
WITHHELD = "withheld"  # what signs for the firm is shown once, and to nobody after it


def erase(ledger: Ledger, actor: Actor, firm: UUID, rule: str | None = None) -> tuple[Erasure, int]:
    """Destroy the key of a firm's personal data, then certify it; for the operator and the firm's coordinator.

    Returns the certificate, and the position up to which read models must get. In this order: whoever reads the
    certificate finds nothing that it says is gone. Repeated, it goes on where it was interrupted; a key that came back
    with a backup is destroyed and certified again. The certificate names the rule where nobody asked for it.
    """
    require(actor, Role.OPERATOR, Role.COORDINATOR)
    before = ledger.load(Firm, firm)
    may_erase(actor, before.network_id)
    if before.trade["sole_proprietor"]:  # who has an account there is that person, or works for it and is told
        for account in _accounts_of(ledger, firm):
            _erase_account(ledger, actor, account)
    destroyed = ledger.store.destroy_key(firm)
    aggregate = ledger.load(Firm, firm)
    if aggregate.erasure is None or destroyed.now:
        aggregate.erase(ledger.stamp(actor), destroyed.fingerprint, rule)
        return aggregate.certificate(), ledger.record(aggregate).position
    return aggregate.certificate(), ledger.head()


def erase_account(ledger: Ledger, actor: Actor, account: UUID) -> tuple[Erasure, int]:
    """Destroy the key of a person's data, then certify it; for who administers the account.

    What the person did stays, under an id that leads to nobody. As for a firm, it may be repeated at any time.
    """
    may_revoke(actor, ledger.load(Account, account))
    return _erase_account(ledger, actor, account)


def erase_again(ledger: Ledger) -> list[UUID]:
    """Erase once more all of whom the log says that they are erased: their keys may have come back with a backup."""
    found = [event for _, event in _log(ledger) if isinstance(event, Firm.Erased | Account.Erased)]
    for event in found:
        once_more = erase if isinstance(event, Firm.Erased) else erase_account
        once_more(ledger, OPERATOR, event.originator_id)
    return [event.originator_id for event in found]


def held_of_account(ledger: Ledger, actor: Actor, account: UUID) -> tuple[Account, list[dict[str, Any]]]:
    """Return an account and every personal field about its person, for the person and who administers it."""
    aggregate = ledger.load(Account, account)
    if actor.account != account:
        may_revoke(actor, aggregate)
    return aggregate, [item for position, event in _log(ledger) for item in _about(account, position, event)]


def held(ledger: Ledger, actor: Actor, firm: UUID) -> tuple[Firm, list[dict[str, Any]]]:
    """Return the firm, and every personal field that is about it, in the order of the log.

    For the firm itself, its coordinator and the operator. Reads the whole log: it is asked rarely.
    """
    require(actor, Role.OPERATOR, Role.COORDINATOR, Role.FIRM)
    aggregate = ledger.load(Firm, firm)
    may_have_personal_data(actor, firm, aggregate.network_id)
    return aggregate, [item for position, event in _log(ledger) for item in _about(firm, position, event)]


def _erase_account(ledger: Ledger, actor: Actor, account: UUID) -> tuple[Erasure, int]:
    destroyed = ledger.store.destroy_key(account)
    aggregate, stamp = ledger.load(Account, account), ledger.stamp(actor)
    if aggregate.erasure is None or destroyed.now:
        aggregate.erase(stamp, destroyed.fingerprint)
        receipt = ledger.record(aggregate, *released(ledger, stamp, aggregate))
        return aggregate.certificate(), receipt.position
    return aggregate.certificate(), ledger.head()


def _accounts_of(ledger: Ledger, firm: UUID) -> list[UUID]:
    invited = (event for _, event in _log(ledger) if isinstance(event, Account.Invited))
    return [event.originator_id for event in invited if event.subject == firm]


def _log(ledger: Ledger) -> Iterator[tuple[int, Any]]:
    position, head = 0, ledger.head()
    while position < head:
        for position, event in ledger.store.read(position, BATCH):  # noqa: B020 - the next batch follows this event
            yield position, event


def _about(subject: UUID, position: int, event: Any) -> Iterator[dict[str, Any]]:
    for name, mark in personal_fields(type(event)).items():
        if getattr(event, mark.of) == subject:
            yield {
                "position": position,
                "type": event.TOPIC,
                "id": event.originator_id,
                "recorded_at": event.timestamp,
                "happened_on": event.happened_on,
                "field": name,
                "value": WITHHELD if mark.secret else getattr(event, name),
                "purpose": retention_of(event.TOPIC).purpose,
            }
