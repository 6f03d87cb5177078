"""What a kind of collaboration declares: its roles, its terms, who must accept, and what is assessed afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from ledger.domain.errors import Fault, InvalidParties, InvalidTerms
from ledger.domain.kinds.terms import Field, firms_named, read_fields
from ledger.domain.money import MINOR_UNITS, Money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_PARTIES = 100


class Party(TypedDict):
    """A firm in its role, as it stands in events."""

    firm: UUID
    role: str


class Acceptance(StrEnum):
    """Who must accept before a collaboration counts as confirmed."""

    ALL = "all"  # every other party
    EACH = "each"  # each participant for itself: it counts among those who have accepted
    NONE = "none"  # nobody: a statement of one's own, which its subject may contest


class Measure(StrEnum):
    """What one party may say of another after completion."""

    ON_TIME = "on_time"
    ACCEPTED = "accepted"
    DEFECTS = "defects"
    PAID_ON_TIME = "paid_on_time"
    RATING = "rating"


EVERY_MEASURE = tuple(Measure)


@dataclass(frozen=True, slots=True)
class Role:
    """A part in a collaboration, with how many firms may take it."""

    name: str
    most: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """Two parties that worked for each other, and what of the value lies between them."""

    leading: UUID
    following: UUID
    value: Money | None


def no_rules(terms: Mapping[str, Any]) -> Sequence[Fault]:  # noqa: ARG001 - the signature of a rule
    """State no rule beyond the fields."""
    return ()


def whole_value(terms: Mapping[str, Any], following: Sequence[UUID]) -> dict[UUID, Money]:
    """Divide the agreed value evenly among the following parties; a remainder of cents is left out."""
    if terms.get("value") is None:
        return {}
    value = Money.parse(terms["value"])
    part = Money(_rounded_down(value.amount / len(following), value.currency), value.currency)
    return dict.fromkeys(following, part)


def portion(value: Money, share: Decimal) -> Money:
    """Return a share (0 to 1) of a value, rounded down to the currency's decimal places."""
    return Money(_rounded_down(value.amount * share, value.currency), value.currency)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of joint work as declared data; its schema, form and documentation are read from it.

    `leading` and `following` are its two roles; links run between a leading and a following party.
    `divide` says how much of the value falls to each following party, `rules` what no single field can say.
    """

    name: str
    summary: str
    leading: Role
    following: Role
    fields: tuple[Field, ...]
    evidence: str
    acceptance: Acceptance = Acceptance.ALL
    measures: tuple[Measure, ...] = EVERY_MEASURE
    proposers: tuple[str, ...] = ()  # roles that may record it; empty: any party
    rules: Callable[[Mapping[str, Any]], Sequence[Fault]] = no_rules
    divide: Callable[[Mapping[str, Any], Sequence[UUID]], dict[UUID, Money]] = whole_value

    @property
    def roles(self) -> tuple[Role, Role]:
        """Both roles, the leading one first."""
        return (self.leading, self.following)

    @property
    def is_statement(self) -> bool:
        """Whether it is one firm's word on another instead of work that both agree on."""
        return self.acceptance is Acceptance.NONE

    def check_parties(self, parties: Sequence[Party]) -> None:
        """Raise `InvalidParties` unless these firms fill the kind's roles, each firm once."""
        faults = [*self._unknown_roles(parties), *_repeated(parties)]
        counts = Counter(party["role"] for party in parties)
        faults += [
            Fault("/parties", f"{role.name}: 1 to {role.most} firms are expected, {counts[role.name]} given.")
            for role in self.roles
            if not 1 <= counts[role.name] <= role.most
        ]
        if faults:
            raise InvalidParties(faults[0].detail, faults=faults)

    def read_terms(self, terms: object, parties: Sequence[Party]) -> dict[str, Any]:
        """Return the terms in their normal form; raise `InvalidTerms` with every fault found."""
        faults: list[Fault] = []
        read = read_fields(self.fields, terms, "/terms", faults)
        if not faults:
            faults += [*_outsiders(read, {str(party["firm"]) for party in parties}), *self.rules(read)]
        if faults:
            raise InvalidTerms(faults[0].detail, faults=faults)
        return read

    def links(self, parties: Sequence[Party], terms: Mapping[str, Any]) -> list[Link]:
        """Return who worked with whom among these parties, with the value between them."""
        leading = [party["firm"] for party in parties if party["role"] == self.leading.name]
        following = [party["firm"] for party in parties if party["role"] == self.following.name]
        values = self.divide(terms, following) if following else {}
        return [Link(one, other, values.get(other)) for one, other in product(leading, following)]

    def ends_with(self, left: Sequence[Party], terms: Mapping[str, Any]) -> bool:
        """Tell whether a decline that leaves only these parties ends it: nobody is left to confirm it with."""
        return self.acceptance is not Acceptance.EACH or not self.links(left, terms)

    def _unknown_roles(self, parties: Sequence[Party]) -> list[Fault]:
        names = [role.name for role in self.roles]
        return [
            Fault(f"/parties/{n}/role", f"The roles of a {self.name} are {' and '.join(names)}.")
            for n, party in enumerate(parties)
            if party["role"] not in names
        ]


def _rounded_down(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-MINOR_UNITS[currency]), ROUND_DOWN)


def _repeated(parties: Sequence[Party]) -> list[Fault]:
    first = {party["firm"]: n for n, party in reversed(list(enumerate(parties)))}
    return [
        Fault(f"/parties/{n}/firm", "A firm takes part once.")
        for n, party in enumerate(parties)
        if first[party["firm"]] != n
    ]


def _outsiders(terms: Mapping[str, Any], firms: set[str]) -> list[Fault]:
    return [
        Fault(f"/terms/{name}/{n}/firm", "Only a party of this collaboration can be named here.")
        for name, rows in terms.items()
        if isinstance(rows, list)
        for n, firm in enumerate(firms_named(rows))
        if firm not in firms
    ]
