"""Who acts: the caller behind a command, as it is written into every event."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller: `subject` is the firm, the bank or (for a coordinator) the network; an operator has none.

    `network` is set for firms and coordinators, the roles that belong to one.
    """

    role: Role
    subject: UUID | None = None
    network: UUID | None = None

    def __str__(self) -> str:
        return f"{self.role}:{self.subject or ''}"


OPERATOR = Actor(Role.OPERATOR)
