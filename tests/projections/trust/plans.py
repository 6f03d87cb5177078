"""Any log: what firms may do to each other, step by step, with each step left out that the domain refuses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.errors import LedgerError
from ledger.domain.kinds.kind import Kind
from tests.projections.trust.telling import (
    BADLY,
    PERFECT,
    ROOMS,
    VERIFIED,
    A,
    closed,
    member,
    praise,
    prelude,
    well_known,
)
from tests.stories import COORDINATOR, Story, Telling, as_firm, by, job, on

FIRMS = (A, *VERIFIED)
KINDS = ("subcontract", "joint_order", "shared_training", "exchange_visit", "credit_reference")
STEPS = ("accept", "accept", "complete", "assess", "assess badly", "amend", "dispute", "settle", "withdraw")
FIRM_STEPS = ("verify", "verify elsewhere", "rename", "move")
MANY = ("joint_order", "shared_training", "exchange_visit")

Plan = tuple[Sequence[UUID], str, list[tuple[str, int]]]
Events = Sequence[Any]

parties = st.permutations(FIRMS).map(lambda firms: firms[:3])
plans: st.SearchStrategy[Plan] = st.tuples(
    parties, st.sampled_from(KINDS), st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)))
)
firm_plans = st.dictionaries(st.sampled_from("ABCDE"), st.lists(st.sampled_from(FIRM_STEPS), min_size=1, max_size=3))


@dataclass
class Told:
    """Events that an aggregate has told already, or some of them."""

    events: Events

    def collect_events(self) -> Events:
        return self.events


def collected(*aggregates: Telling) -> list[Events]:
    """Each aggregate's events, as a stream that can be told again."""
    return [list(aggregate.collect_events()) for aggregate in aggregates]


# What every log begins with: four believed firms, and a fifth that has worked for three of them.
MEMBERS = collected(*(member(name, verified=name != "A") for name in "ABCDE"))
WORDS = collected(*praise(*VERIFIED), *well_known(-15))
BEGINNING = [*collected(*prelude()), *collected(*well_known(-15))]


def begun(*streams: Events) -> Story:
    """A story in memory that holds the beginning and these events."""
    return told(*BEGINNING, *streams)


def told(*streams: Events) -> Story:
    """A story in memory that holds these events alone."""
    story = Story("memory:", *ROOMS)
    tell(story, *streams)
    return story


def tell(story: Story, *streams: Events) -> None:
    """Record these events."""
    story.tell(Told([event for stream in streams for event in stream]))


def epoch(day: float) -> Events:
    """The end of an epoch on this day."""
    return collected(closed(day))[0]


def played(plan: Iterable[Plan]) -> list[Events]:
    """All jobs of a plan, each one a day after the one before."""
    return [played_job(number, one).collect_events() for number, one in enumerate(plan)]


def played_job(number: int, plan: Plan) -> Collaboration:
    """A job after all its steps that the domain allows."""
    firms, kind, steps = plan
    most = firms if kind in MANY else firms[:2]
    work = job(most[0], *most[1:], kind=kind, day=number, key=str(number))
    for day, (step, choice) in enumerate(steps, number):
        with suppress(LedgerError):
            take(work, step, choice, day)
    return work


def take(work: Collaboration, step: str, choice: int, day: int) -> None:
    """Take one step as one of the parties."""
    firm, other = work.firms[choice % len(work.firms)], work.firms[(choice + 1) % len(work.firms)]
    stamp = by(as_firm(firm), day)
    match step:
        case "accept":
            work.accept(stamp, next((one for one in work.firms if one not in work.answers), firm))
        case "complete":
            work.complete(stamp, firm, on(day).date())
        case "assess":
            work.assess(stamp, firm, {"about": other, **fitting(work.kind, PERFECT)})
        case "assess badly":
            work.assess(stamp, firm, {"about": other, **fitting(work.kind, {**BADLY, "rating": choice})})
        case "amend":
            work.amend(stamp, firm, work.terms)
        case "dispute":
            work.dispute(stamp, firm, "No.")
        case "withdraw":
            work.withdraw(stamp, work.proposed_by)
        case _:
            settle(work, choice, day)


def fitting(kind: Kind, measures: dict[str, Any]) -> dict[str, Any]:
    """What can be said of work of this kind."""
    return {name: said for name, said in measures.items() if name in kind.measures}


def settle(work: Collaboration, choice: int, day: int) -> None:
    """Settle the first open dispute."""
    number = next((n for n, dispute in enumerate(work.disputes, 1) if dispute.outcome is None), 1)
    outcome = tuple(Outcome)[choice % 3]
    terms = work.terms if outcome is Outcome.AMENDED else None
    work.settle(by(COORDINATOR, day), number, outcome, terms=terms)


def played_firms(plan: dict[str, list[str]]) -> list[Events]:
    """What happens to members after the beginning: verified again, renamed (and so unverified), moved to a town."""
    return [played_firm(name, steps) for name, steps in plan.items()]


def played_firm(name: str, steps: list[str]) -> Events:
    """One member's events after the beginning."""
    firm = member(name, verified=name != "A")
    firm.collect_events()
    for day, step in enumerate(steps):
        stamp = by(COORDINATOR, day)
        match step:
            case "verify":
                firm.verify(stamp, " cvr", "extract")
            case "verify elsewhere":
                firm.verify(stamp, "HRB", "extract")
            case "rename":
                firm.update(stamp, replace(firm.profile(), name=f"{name} {day}"))
            case _:
                firm.update(stamp, replace(firm.profile(), town=f"Town {day}"))
    return firm.collect_events()
