"""Who acts: the caller behind a command, as it is written into every event."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


class Role(StrEnum):
    """What a caller is; docs/glossary.md says what each may do."""

    OPERATOR = "operator"
    COORDINATOR = "coordinator"
    BANK = "bank"
    FIRM = "firm"


class Scope(StrEnum):
    """What a key may be narrowed to; ledger.api.scopes says what each endpoint needs."""

    READ = "read"
    RECORD = "record"
    CONSENTS = "consents"
    REFERRALS = "referrals"
    ADMINISTRATION = "administration"


class Position(StrEnum):
    """What a person is where its account belongs; a firm has owners and clerks, everybody else has members."""

    OWNER = "owner"
    CLERK = "clerk"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller: `subject` is the firm, the bank or (for a coordinator) the office; an operator has none.

    `network` is set for firms and coordinators, the roles that belong to one; the first office of a network has its id.
    `account` and `position` are set where a person has signed in, `scopes` where the key is narrowed to less than
    its role may do. Two callers are equal when they act for the same, whoever the person is and however narrow the
    key.
    """

    role: Role
    subject: UUID | None = None
    network: UUID | None = None
    account: UUID | None = field(default=None, compare=False)
    position: Position | None = field(default=None, compare=False)
    scopes: frozenset[Scope] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.on_behalf if self.account is None else f"{self.on_behalf}{OF_ACCOUNT}{self.account}"

    @property
    def on_behalf(self) -> str:
        """For whom it acts, as "role:id": the same for every key and every person of it."""
        return f"{self.role}:{self.subject or ''}"

    @property
    def named_by(self) -> UUID | None:
        """The id by which others name it: an office goes by its network, whose office it is."""
        return self.network if self.role is Role.COORDINATOR else self.subject


OPERATOR = Actor(Role.OPERATOR)
OF_ACCOUNT = " account:"


def without_account(actor: str) -> str:
    """Return an actor as it was written into an event, "role:id account:id", without the person."""
    return actor.partition(OF_ACCOUNT)[0]


def of_office(actor: str) -> bool:
    """Tell whether an actor, as it was written into an event, is the office of a network."""
    return actor.startswith(f"{Role.COORDINATOR}:")


def parts(actor: str) -> tuple[str, str]:
    """Return whose id stands in an actor as it was written into an event, and which account, "" where none does."""
    behalf, _, account = actor.partition(OF_ACCOUNT)
    return behalf.partition(":")[2], account
