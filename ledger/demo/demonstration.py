"""What a filled demonstration hands back: who is who, whose key is which, and where to begin reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Keys:
    """API keys in the clear; they are shown this once."""

    operator: str
    coordinator: str
    banks: dict[UUID, str]
    firms: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A made-up person who can sign in, and how."""

    role: str
    position: str
    subject: UUID
    name: str
    email: str
    password: str

    def as_json(self, base_url: str) -> dict[str, str]:
        """Return it with the address of the sign-in page, already filled in."""
        told = {name: str(getattr(self, name)) for name in SignIn.__slots__}
        return {**told, "url": sign_in_address(base_url, self.email)}


@dataclass(frozen=True, slots=True)
class Example:
    """Whom an introduction is about: a contractor, one that worked for it, and a bank that may look at the latter.

    `purpose` is what the subcontractor's consent to the bank says; it is in force on the last day.
    """

    contractor: UUID
    subcontractor: UUID
    bank: UUID
    purpose: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A network with its banks and firms (names by id), their keys, and what is special in it."""

    network: UUID
    banks: dict[UUID, str]
    firms: dict[UUID, str]
    keys: Keys
    story: Example
    ring: tuple[UUID, ...]
    logins: tuple[SignIn, ...]

    def as_json(self, base_url: str) -> dict[str, Any]:
        """Return the content of demo.json."""
        return {
            "base_url": base_url,
            "network": str(self.network),
            "keys": {
                "operator": self.keys.operator,
                "coordinator": self.keys.coordinator,
                "banks": {str(bank): key for bank, key in self.keys.banks.items()},
                "firms": {str(firm): key for firm, key in self.keys.firms.items()},
            },
            "logins": [login.as_json(base_url) for login in self.logins],
            "story": {name: str(getattr(self.story, name)) for name in Example.__slots__},
            "ring": [str(firm) for firm in self.ring],
        }


def sign_in_address(base_url: str, email: str) -> str:
    """Return the sign-in page with this e-mail address filled in."""
    return f"{base_url}/login?{urlencode({'email': email})}"
