"""Firms that have left, and of whom nothing was recorded for the longest period: nobody has to keep their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.application import personal_data
from ledger.domain.actor import OPERATOR, Role
from ledger.domain.firm import Firm
from ledger.domain.key import Key
from ledger.domain.retention import RETENTION
from ledger.upkeep.retention import BATCH

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.application.ledger import Ledger

LONGEST = max(entry.years for entry in RETENTION)
RULE = f"{LONGEST} years since its last record, and no key left"


@dataclass(frozen=True, slots=True)
class Leaver:
    """A firm whose data are due as a whole; `last` is the day of the last event that says anything of it."""

    firm: UUID
    name: str
    last: date


def leavers(ledger: Ledger) -> list[Leaver]:
    """Read the whole log, and return the firms that have left for so long, the longest first."""
    now, seen = ledger.clock(), _Seen()
    position = 0
    while batch := ledger.store.read(position, BATCH):
        position = batch[-1][0]
        for _, event in batch:
            seen.take(event)
    found = [Leaver(firm, name, seen.last[firm]) for firm, name in seen.names.items() if seen.gone(firm, now)]
    return sorted(found, key=lambda one: (one.last, one.firm))


def erase(ledger: Ledger, leaver: Leaver) -> int:
    """Erase a firm as the operator, by the rule; return the position that read models must get to."""
    return personal_data.erase(ledger, OPERATOR, leaver.firm, RULE)[1]


@dataclass(slots=True)
class _Seen:
    """What the log says so far: firms that are kept, when they were last spoken of, whose keys open."""

    names: dict[UUID, str] = field(default_factory=dict)
    last: dict[UUID, date] = field(default_factory=dict)
    about: dict[UUID, set[UUID]] = field(default_factory=dict)  # firms by aggregate: later events need not name them
    keys: dict[UUID, tuple[UUID, datetime | None]] = field(default_factory=dict)  # open ones, and until when

    def take(self, event: Any) -> None:
        """Go on by one event."""
        match event:
            case Firm.Admitted() | Firm.Updated():
                self.names[event.originator_id] = event.identity["name"]
            case Firm.Erased():
                self.names.pop(event.originator_id, None)
            case Key.Issued() if event.subject is not None:
                self.keys[event.originator_id] = (event.subject, event.expires_at)
            case Key.Replaced() if event.originator_id in self.keys:
                self.keys[event.originator_id] = (self.keys[event.originator_id][0], event.until)
            case Key.Revoked():
                self.keys.pop(event.originator_id, None)
        firms = self.about.setdefault(event.originator_id, set())
        firms.update(firm for firm in (*_ids(vars(event)), *_caller(event.actor)) if firm in self.names)
        day = max(event.happened_on, event.timestamp.date())
        self.last.update({firm: max(day, self.last.get(firm, day)) for firm in firms})

    def gone(self, firm: UUID, now: datetime) -> bool:
        """Tell whether nothing was recorded of a firm for the longest period, and no key of it opens."""
        opening = {subject for subject, until in self.keys.values() if until is None or until > now}
        return firm not in opening and now.year > self.last[firm].year + LONGEST


def _ids(said: Any) -> Iterator[UUID]:
    """Yield every id in what an event says, at any depth."""
    match said:
        case UUID():
            yield said
        case Mapping():
            for inner in said.values():
                yield from _ids(inner)
        case Sequence() if not isinstance(said, str):
            for inner in said:
                yield from _ids(inner)


def _caller(actor: str) -> list[UUID]:
    """Return the firm whose key was used, nothing for another caller."""
    role, _, subject = actor.partition(":")
    return [UUID(subject)] if role == Role.FIRM else []
