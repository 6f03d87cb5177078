"""A member firm: who it is, who verified it, what it can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self, TypedDict
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.errors import Fault, InvalidHeadcount, StateConflict
from ledger.domain.event import ERASED, MEMBERS_TIME, Fact, FirstFact, Personal
from ledger.domain.identifiers import Identifiers, check_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.event import Stamp


FIRST_YEAR, MOST_EMPLOYEES = 1990, 100_000


class ToBanks(StrEnum):
    """How a firm is shown to banks that look at a partner of it."""

    NAMED = "named"
    DESCRIBED = "described"  # by sector and country; what holds until the firm has decided


class Identity(TypedDict):
    """Who a firm is: personal data where it is a sole proprietor."""

    name: str
    town: str | None
    identifiers: Identifiers
    capabilities: list[str]


class Trade(TypedDict):
    """What remains sayable of a firm whose identity is erased."""

    legal_form: str | None
    country: str
    nace: str | None
    sole_proprietor: bool


# Who a firm is once its personal data are erased.
NOBODY = Identity(name=ERASED, town=None, identifiers={}, capabilities=[])


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a firm's personal data are erased: when, by whom, which key by its fingerprint, and by which rule if any."""

    at: datetime
    actor: str
    fingerprint: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people a firm employed in a year, and how many of them were apprentices."""

    employees: int
    apprentices: int


def registered(identity: Identity, trade: Trade) -> tuple[object, ...]:
    """Return what a register says of a firm, and a verification is about."""
    return (identity["name"], trade["legal_form"], trade["country"], identity["identifiers"])


@dataclass(frozen=True)
class Profile:
    """What a firm says of itself; `country` is ISO 3166-1 alpha-2, `nace` a code such as "25.62"."""

    name: str
    country: str
    legal_form: str | None = None
    town: str | None = None
    nace: str | None = None
    identifiers: Mapping[str, str | None] = field(default_factory=dict)
    capabilities: tuple[str, ...] = ()
    sole_proprietor: bool = False

    def identity(self) -> Identity:
        """Return the personal part; raise `InvalidIdentifier` when a register number is wrong."""
        return Identity(
            name=self.name.strip(),
            town=self.town,
            identifiers=check_all(self.identifiers),
            capabilities=list(self.capabilities),
        )

    def trade(self) -> Trade:
        """Return the part that is no personal data."""
        return Trade(
            legal_form=self.legal_form,
            country=self.country,
            nace=self.nace,
            sole_proprietor=self.sole_proprietor,
        )


class Firm(BaseAggregate[UUID]):
    """A member of a network."""

    TOPIC = "firm"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "firm.event"

    class Admitted(Event, FirstFact):
        """The coordinator admitted a firm to the network."""

        TOPIC = "firm.admitted"
        identity: Annotated[Identity, Personal(erased=NOBODY)]
        trade: Trade
        digest: Annotated[str, Personal()]

    class Updated(Event):
        """The firm's profile changed; the event holds the whole new one. Another name or number is unverified.

        `reidentified` says so: readers need not compare identities, which an erasure may have taken from them.
        """

        TOPIC = "firm.updated"
        class_version = 2
        identity: Annotated[Identity, Personal(erased=NOBODY)]
        trade: Trade
        reidentified: bool

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Take a firm as unverified after any change that was recorded before changes said what they touch."""
            state["reidentified"] = True

    class Verified(Event):
        """The coordinator compared the firm with an extract of a register; `happened_on` is the extract's date."""

        TOPIC = "firm.verified"
        register: str
        extract: Annotated[str, Personal()]

    class DisclosureSet(Event):
        """The firm decided how it is shown to banks in what belongs to others: `named` or `described`."""

        TOPIC = "firm.disclosure-set"
        to_banks: str

    class HeadcountReported(Event):
        """How many people the firm employed in `year`, apprentices among them; of the same year the last one holds.

        Numbers name nobody: they belong to the trade, which stays sayable when the identity is erased, and without
        them the sums that the council was told could not be worked out again.
        """

        TOPIC = "firm.headcount-reported"
        year: int
        employees: int
        apprentices: int

    class Erased(Event):
        """The key that encrypts the firm's personal data was destroyed: a certificate, without personal data itself.

        `rule` names what it followed from; none when somebody asked for it.
        """

        TOPIC = "firm.erased"
        class_version = 2
        fingerprint: str
        rule: str | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Take an erasure as asked for that was recorded before any followed from a rule."""
            state["rule"] = None

    @event(Admitted)
    def __init__(self, network_id: UUID, identity: Identity, trade: Trade, digest: str) -> None:
        self.network_id = network_id
        self.identity = identity
        self.trade = trade
        self.digest = digest
        self.verified_on: date | None = None
        self.to_banks = ToBanks.DESCRIBED
        self.headcounts: dict[int, Headcount] = {}
        self.erasure: Erasure | None = None

    @event(Updated)
    def _updated(self, identity: Identity, trade: Trade, reidentified: bool) -> None:  # noqa: FBT001 - an event's field
        if reidentified:
            self.verified_on = None  # what was compared with the register is no longer what is said
        self.identity, self.trade = identity, trade

    @event(Verified)
    def _verified(self, happened_on: date) -> None:
        self.verified_on = happened_on

    @event(DisclosureSet)
    def _disclosure_set(self, to_banks: str) -> None:
        self.to_banks = ToBanks(to_banks)

    @event(HeadcountReported)
    def _headcount_reported(self, year: int, employees: int, apprentices: int) -> None:
        self.headcounts[year] = Headcount(employees, apprentices)

    @event(Erased)
    def _erased(self, timestamp: datetime, actor: str, fingerprint: str, rule: str | None) -> None:
        self.identity = NOBODY
        self.erasure = Erasure(timestamp, actor, fingerprint, rule)

    @classmethod
    def admit(cls, id_: UUID, stamp: Stamp, profile: Profile, digest: str = "") -> Self:
        """Admit a firm to the stamp's network."""
        return cls._create(
            cls.Admitted,
            id=id_,
            identity=profile.identity(),
            trade=profile.trade(),
            digest=digest,
            **stamp.fields(),
        )

    def profile(self) -> Profile:
        """Return what the firm says of itself now."""
        numbers: dict[str, str | None] = {
            scheme: str(number) for scheme, number in self.identity["identifiers"].items()
        }
        return Profile(
            **self.trade,
            name=self.identity["name"],
            town=self.identity["town"],
            identifiers=numbers,
            capabilities=tuple(self.identity["capabilities"]),
        )

    def update(self, stamp: Stamp, profile: Profile) -> None:
        """Replace the profile; a profile that says the same records nothing."""
        self._check_kept()
        identity, trade = profile.identity(), profile.trade()
        if (identity, trade) != (self.identity, self.trade):
            fields = {**self._stamped(stamp), "identity": identity, "trade": trade}
            reidentified = registered(identity, trade) != registered(self.identity, self.trade)
            self.trigger_event(self.Updated, **fields, reidentified=reidentified)

    def verify(self, stamp: Stamp, register: str, extract: str) -> None:
        """State that the firm agrees with this extract of this register."""
        self._check_kept()
        self.trigger_event(self.Verified, **self._stamped(stamp), register=register, extract=extract)

    def show_to_banks(self, stamp: Stamp, to_banks: ToBanks) -> None:
        """Decide how banks see it in the histories of its partners; what holds already records nothing."""
        if to_banks != self.to_banks:
            self.trigger_event(self.DisclosureSet, **self._stamped(stamp), to_banks=to_banks.value)

    def report_headcount(self, stamp: Stamp, year: int, *, employees: int, apprentices: int) -> None:
        """Say how many people it employed in a year, or correct it; what holds already records nothing."""
        self._check_kept()
        _check_headcount(stamp.at.astimezone(MEMBERS_TIME).year, year, employees, apprentices)
        if self.headcounts.get(year) != Headcount(employees, apprentices):
            figures = {"year": year, "employees": employees, "apprentices": apprentices}
            self.trigger_event(self.HeadcountReported, **self._stamped(stamp), **figures)

    def erase(self, stamp: Stamp, fingerprint: str, rule: str | None = None) -> None:
        """Certify that the key of this fingerprint, which encrypts its personal data, is destroyed."""
        self.trigger_event(self.Erased, **self._stamped(stamp), fingerprint=fingerprint, rule=rule)

    def certificate(self) -> Erasure:
        """Return what is certified of its erasure; raise `StateConflict` when there was none."""
        if self.erasure is None:
            raise StateConflict("The personal data of this firm are not erased.")
        return self.erasure

    def _check_kept(self) -> None:
        if self.erasure is not None:
            raise StateConflict("The personal data of this firm are erased; what it was is no longer said.")

    def _stamped(self, stamp: Stamp) -> dict[str, Any]:
        return {**stamp.fields(), "network_id": self.network_id}


def _check_headcount(latest: int, year: int, employees: int, apprentices: int) -> None:
    """Raise `InvalidHeadcount` with every figure that cannot be."""
    limits = {
        "/year": (year, FIRST_YEAR, latest),
        "/employees": (employees, 0, MOST_EMPLOYEES),
        "/apprentices": (apprentices, 0, min(employees, MOST_EMPLOYEES)),
    }
    faults = [
        Fault(pointer, f"A whole number from {least} to {most} is expected.")
        for pointer, (value, least, most) in limits.items()
        if not least <= value <= most
    ]
    if faults:
        raise InvalidHeadcount("Such a headcount cannot be.", faults=faults)
