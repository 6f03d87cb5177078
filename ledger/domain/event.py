"""What every event says, how it is stamped, and how personal fields are marked."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints
from uuid import UUID

from eventsourcing.domain import AggregateCreated, AggregateEvent

from ledger.domain.errors import Fault, InvalidDate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.domain.actor import Actor

    Replacing = Callable[[str, Any], Any]

# What every personal text reads as once the key that encrypts it is destroyed.
ERASED = "erased"

# Summer time of Germany and Denmark: after midnight there, today's work is not work of the future.
MEMBERS_TIME = timezone(timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class Personal:
    """Marks a field with personal data; `of` names the field that holds whose it is.

    Names, contacts and free text of sole proprietors are personal. The store encrypts them with a key of their subject
    each. `inside` names the entries that are personal where the rest of the field is not: amounts, hashes and marks
    outlive an erasure. `erased` is what a personal part reads as afterwards. A `secret` one is handed out to nobody.
    """

    of: str = "originator_id"
    inside: frozenset[str] | None = None
    erased: Any = ERASED
    secret: bool = False

    def replace(self, value: Any, by: Replacing, path: str) -> Any:
        """Return the field's value with `by(path, part)` in place of each personal part; nothing is not personal."""
        if self.inside is None:
            return None if value is None else by(path, value)
        if isinstance(value, dict):
            return {name: self._replaced(name, one, by, f"{path}/{name}") for name, one in value.items()}
        if isinstance(value, list):
            return [self.replace(one, by, f"{path}/{n}") for n, one in enumerate(value)]
        return value

    def erase(self, value: Any) -> Any:
        """Return the field's value as it reads once it is erased."""
        return self.replace(value, lambda *_: deepcopy(self.erased), "")

    def _replaced(self, name: str, value: Any, by: Replacing, path: str) -> Any:
        personal = self.inside is not None and name in self.inside and value is not None
        return by(path, value) if personal else self.replace(value, by, path)


_MARKS: dict[type[Any], Mapping[str, Personal]] = {}


class Fact(AggregateEvent):
    """A domain event: who did it (`actor`), in which network, and when it happened in business terms.

    `timestamp` is when it was recorded. `actor` is "role:id", and "role:id account:id" where a person has signed in.
    """

    network_id: UUID | None
    actor: str
    happened_on: date


class FirstFact(Fact, AggregateCreated):
    """The event that an aggregate begins with."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What all events of one command share: the actor, the recorded time (UTC) and the business date."""

    actor: Actor
    at: datetime
    happened_on: date
    network: UUID | None = None

    def fields(self) -> dict[str, Any]:
        """Return the fields of `Fact` that this stamp fills."""
        return {
            "network_id": self.network,
            "actor": str(self.actor),
            "timestamp": self.at,
            "happened_on": self.happened_on,
        }


def stamp(actor: Actor, at: datetime, *, happened_on: date | None = None, network: UUID | None = None) -> Stamp:
    """Stamp a command; raise `InvalidDate` when the business date lies after the day of recording."""
    check_past(happened_on, at, "/happened_on")
    return Stamp(actor, at, happened_on or at.astimezone(UTC).date(), network if network is not None else actor.network)


def check_past(on: date | None, at: datetime, pointer: str) -> None:
    """Raise `InvalidDate` when `on` lies after the day of `at`: the ledger records what has happened."""
    today = at.astimezone(MEMBERS_TIME).date()
    if on is not None and on > today:
        detail = f"{on.isoformat()} lies in the future; today is {today.isoformat()}."
        raise InvalidDate(detail, faults=[Fault(pointer, detail)])


def personal_fields(event_class: type[Any]) -> Mapping[str, Personal]:
    """Return the personal fields of an event class, by name."""
    if event_class not in _MARKS:  # worked out once: it is asked for every event that is written or read
        _MARKS[event_class] = _marks(event_class)
    return _MARKS[event_class]


def _marks(event_class: type[Any]) -> Mapping[str, Personal]:
    hints = get_type_hints(event_class, include_extras=True)
    marks = {name: _mark(hint) for name, hint in hints.items()}
    return {name: mark for name, mark in marks.items() if mark is not None}


def _mark(hint: object) -> Personal | None:
    if get_origin(hint) is not Annotated:
        return None
    return next((mark for mark in get_args(hint)[1:] if isinstance(mark, Personal)), None)
