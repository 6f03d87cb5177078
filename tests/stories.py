"""Small true stories for tests: aggregates with the fewest words, and a log in memory that they are told to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Engine

from ledger.domain.access import Access
from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.bank import Bank
from ledger.domain.collaboration import Collaboration, Proposal
from ledger.domain.consent import Consent
from ledger.domain.event import Stamp, stamp
from ledger.domain.firm import Firm, Profile
from ledger.domain.ids import identify
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.kind import Acceptance, Party
from ledger.domain.loan import read_loan
from ledger.domain.network import Network
from ledger.domain.referral import Referral
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.follower import Follower, migrate
from ledger.subscriptions.opening import open_database
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.reading import Reading, Views
from ledger.subscriptions.timeline import TIMELINE

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NETWORK = identify("network", "north")
COORDINATOR = Actor(Role.COORDINATOR, NETWORK, NETWORK)

TERMS: Mapping[str, Mapping[str, Any]] = {
    "joint_order": {"period": {"from": "2026-02-02", "to": "2026-02-27"}},
    "subcontract": {"period": {"from": "2026-02-02", "to": "2026-02-27"}, "process": "CNC turning"},
    "shared_training": {"topic": "Welding", "hours": 16},
    "credit_reference": {"since": "2019-05-01", "terms_days": 30, "days_beyond_terms": 5},
    "joint_purchase": {"goods": "Sheet metal"},
    "capacity_sharing": {"resource": "machine", "hours": 40},
    "joint_development": {"programme": "Interreg"},
    "exchange_visit": {"on": "2026-02-10"},
}


class Telling(Protocol):
    """An aggregate with events that are not recorded yet."""

    def collect_events(self) -> Sequence[Any]: ...


def on(day: float = 0) -> datetime:
    """The moment so many days after the story begins."""
    return START + timedelta(days=day)


def by(actor: Actor, day: float = 0, *, happened_on: date | None = None) -> Stamp:
    """The stamp of a command that this actor gives on this day."""
    return stamp(actor, on(day), happened_on=happened_on, network=actor.network or NETWORK)


def as_firm(firm: UUID, network: UUID = NETWORK) -> Actor:
    """The firm as a caller."""
    return Actor(Role.FIRM, firm, network)


def as_bank(bank: UUID) -> Actor:
    """The bank as a caller."""
    return Actor(Role.BANK, bank)


def firm_id(name: str) -> UUID:
    """The id of the firm of this name."""
    return identify("firm", name, NETWORK)


def network(name: str = "north", day: float = 0) -> Network:
    """A network."""
    return Network.found(identify("network", name), stamp(OPERATOR, on(day)), name, office="Agency")


def firm(name: str, day: float = 0, *, network: UUID = NETWORK, country: str = "DE", **profile: Any) -> Firm:
    """A member firm."""
    office = Actor(Role.COORDINATOR, network, network)
    return Firm.admit(firm_id(name), by(office, day), Profile(name=name, country=country, **profile))


def bank(name: str = "Harbour Bank", day: float = 0) -> Bank:
    """A bank."""
    return Bank.register(identify("bank", name), stamp(OPERATOR, on(day)), name, country="DE")


def consent(firm: UUID, bank: UUID, day: float = 0, *, days: int = 30, purpose: str = "loan") -> Consent:
    """A firm's leave for a bank to look, for so many days."""
    return Consent.grant(
        identify("consent", f"{firm} {bank} {day}", NETWORK),
        by(as_firm(firm), day),
        firm=firm,
        bank=bank,
        purpose=purpose,
        until=on(day + days).date(),
    )


def referral(consent: Consent, day: float = 0, *, position: int = 1) -> Referral:
    """A referral that the bank asked for under this consent."""
    id_ = identify("referral", f"{consent.id} {day}", NETWORK)
    return Referral.issue(id_, by(as_bank(consent.bank), day), consent, position)


def lent(referral: Referral, day: float = 0, *, granted: bool = True, band: str | None = None) -> Referral:
    """The same referral, of which the bank says what became of the loan."""
    loan = read_loan(granted=granted, amount_band=band, currency="EUR" if band else None)
    referral.report_outcome(by(as_bank(referral.bank), day), loan)
    return referral


def access(firm: UUID, bank: UUID, day: float = 0, *, what: str = "history", purpose: str = "loan") -> Access:
    """A look of a bank at a firm."""
    id_ = identify("access", f"{firm} {bank} {what} {day}", NETWORK)
    return Access.make(id_, by(as_bank(bank), day), firm=firm, bank=bank, what=what, purpose=purpose)


def job(
    leading: UUID,
    *following: UUID,
    kind: str = "subcontract",
    day: float = 0,
    value: str | None = "48200.00",
    currency: str = "EUR",
    recorded_by: UUID | None = None,
    key: str = "",
    terms: Mapping[str, Any] | None = None,
    **proposal: Any,
) -> Collaboration:
    """Joint work that is proposed, by the leading firm unless said otherwise."""
    roles, proposer = kind_named(kind), recorded_by or leading
    parties: list[Party] = [{"firm": leading, "role": roles.leading.name}]
    parties += [{"firm": firm, "role": roles.following.name} for firm in following]
    priced = value is not None and any(field.name == "value" for field in roles.fields)
    worth = {"value": {"amount": value, "currency": currency}} if priced else {}
    return Collaboration.propose(
        identify("collaboration", f"{kind} {leading} {following} {day} {key}", NETWORK),
        by(as_firm(proposer), day),
        proposer,
        Proposal(
            **{"kind": kind, "title": f"A {kind}", "parties": parties, **proposal},
            terms={**TERMS[kind], **worth, **(terms or {})},
        ),
    )


def confirmed_job(leading: UUID, *following: UUID, day: float = 0, **rest: Any) -> Collaboration:
    """Joint work that every party has accepted on the day it was proposed."""
    told = job(leading, *following, day=day, **rest)
    if told.kind.acceptance is not Acceptance.NONE:
        for firm in told.firms:
            if firm != told.proposed_by:
                told.accept(by(as_firm(firm), day), firm)
    return told


class Story:
    """A log in memory, with the read models that follow it."""

    def __init__(self, url: str, *projections: Projection) -> None:
        self.events: list[Recorded] = []
        self.engine: Engine = open_database(url)
        self.now = START
        self._projections = (*projections, TIMELINE)
        self._follower = Follower(self, self.engine, self._projections)
        migrate(self.engine, self._projections)

    def head(self) -> int:
        return len(self.events)

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        return self.events[after : after + limit]

    def tell(self, *aggregates: Telling) -> int:
        """Record what the aggregates have to say, project it, and return the last position."""
        for aggregate in aggregates:
            for event in aggregate.collect_events():
                self.events.append(Recorded(len(self.events) + 1, event))
        self.now = max([self.now, *(recorded.recorded_at for recorded in self.events)])
        self._follower.catch_up()
        errors = [stand for stand in self._follower.stand() if stand.error]
        assert not errors, errors
        return self.head()

    @contextmanager
    def reading(self, *, now: datetime | None = None, **asked: Any) -> Iterator[Reading]:
        """Read all projections at the time of the last event, or later; `asked` as in `Views.read`."""
        moment = now or self.now
        views = Views(self.engine, self, self._projections, lambda: moment, freshness=0)
        with views.read(*(projection.name for projection in self._projections), **asked) as reading:
            yield reading

    def rebuild(self, name: str) -> None:
        """Replay one projection."""
        self._follower.rebuild(name)

    def close(self) -> None:
        self.engine.dispose()
