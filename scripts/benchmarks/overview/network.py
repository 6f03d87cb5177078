"""A made-up network for the clock: firms in regions that work mostly among themselves, and five years of their jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import Collaboration, Proposal
from ledger.domain.epoch import Epoch
from ledger.domain.event import stamp
from ledger.domain.firm import Firm, Profile
from ledger.domain.ids import identify
from ledger.domain.kinds.catalogue import kind_named
from ledger.subscriptions.event_log import Recorded

NETWORK = identify("network", "benchmark")
OFFICE = Actor(Role.COORDINATOR, NETWORK, NETWORK)
BEGIN, DAYS = datetime(2021, 11, 23, 9, tzinfo=UTC), 1825
END = BEGIN + timedelta(days=DAYS)
REGION = 100  # firms
AT_HOME = 0.85  # of the jobs
TRADES = ("25.62", "28.41", "27.12", "33.12", "22.29", "71.12", "24.10", "26.51", "29.32", "43.21", "62.01", "46.69")
PERIOD = {"from": "2021-01-01", "to": "2021-01-31"}
VALUE = {"amount": "48200.00", "currency": "EUR"}
TERMS: Sequence[tuple[str, dict[str, Any], int]] = (
    ("subcontract", {"value": VALUE, "period": PERIOD}, 10),
    ("joint_order", {"value": VALUE, "period": PERIOD}, 3),
    ("shared_training", {"topic": "Welding", "hours": 16}, 2),
    ("capacity_sharing", {"resource": "machine", "hours": 40}, 2),
    ("exchange_visit", {}, 1),
)


class Size(NamedTuple):
    """How large the network is."""

    firms: int
    events: int


def firm_id(number: int) -> UUID:
    """Return the id of a firm."""
    return UUID(int=number + 1)


def events(size: Size, seed: int = 1) -> Iterator[Recorded]:
    """Yield the log: admissions, then jobs that are confirmed and completed, and an epoch every quarter."""
    told = _told(size, Random(seed))  # nosec B311 # noqa: S311 - the same seed, the same network
    for position, event in enumerate(islice(told, size.events), 1):
        yield Recorded(position, event)


def _told(size: Size, chance: Random) -> Iterator[Any]:
    for number in range(size.firms):
        country = "DK" if number // REGION % 3 == 0 else "DE"
        profile = Profile(name=f"Firm {number}", country=country, nace=chance.choice(TRADES))
        yield from Firm.admit(firm_id(number), stamp(OFFICE, BEGIN), profile).collect_events()
    jobs, quarter = (size.events - size.firms) // 4, 0
    for number in range(jobs + jobs):  # the log is cut at its size
        at = BEGIN + timedelta(days=DAYS * min(number / jobs, 1) * 0.999)
        yield from _job(number, at, size.firms, chance)
        if (passed := (at - BEGIN).days // 91) > quarter:
            quarter = passed
            yield from Epoch.close(identify("epoch", str(passed)), stamp(OFFICE, at), NETWORK).collect_events()


def _job(number: int, at: datetime, firms: int, chance: Random) -> Sequence[Any]:
    """One job of two firms; three in a hundred are never confirmed, one in a hundred is disputed."""
    (name, terms, _weight), *_ = chance.choices(TERMS, [weight for *_, weight in TERMS])
    one, other = _two(firms, chance)
    kind, first = kind_named(name), Actor(Role.FIRM, firm_id(one), NETWORK)
    second = Actor(Role.FIRM, firm_id(other), NETWORK)
    roles = zip((one, other), (kind.leading.name, kind.following.name), strict=True)
    parties: Any = [{"firm": firm_id(firm), "role": role} for firm, role in roles]
    proposal = Proposal(kind=name, title="Work", parties=parties, terms=terms)
    job = Collaboration.propose(UUID(int=(1 << 64) + number), stamp(first, at), firm_id(one), proposal)
    if chance.random() >= 0.03:  # noqa: PLR2004
        later = at + timedelta(hours=chance.expovariate(1 / 40))
        job.accept(stamp(second, later), firm_id(other))
        job.complete(stamp(second, later), firm_id(other), later.date())
        if chance.random() < 0.01:  # noqa: PLR2004
            job.dispute(stamp(second, later), firm_id(other), "No.")
    return job.collect_events()


def _two(firms: int, chance: Random) -> tuple[int, int]:
    one = int(firms * chance.random() ** 1.5)
    region = one // REGION * REGION
    home = chance.random() < AT_HOME
    while True:
        other = region + chance.randrange(min(REGION, firms - region)) if home else chance.randrange(firms)
        if other != one:
            return one, other
        home = False
