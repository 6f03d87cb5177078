"""What holds for the score over any log."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.actor import OPERATOR
from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.errors import LedgerError
from ledger.projections.trust import queries
from tests.projections.trust.telling import BADLY, ROOMS, WELL, A, B, C, D
from tests.stories import COORDINATOR, Story, as_firm, by, firm, job, on

FIRMS = (A, B, C, D)
LATER = on(400)
KINDS = ("subcontract", "joint_order", "shared_training", "exchange_visit", "credit_reference")
STEPS = ("accept", "accept", "complete", "assess", "assess badly", "amend", "dispute", "settle", "withdraw")

pairs = st.permutations(FIRMS).map(lambda firms: firms[:3])
plans = st.tuples(pairs, st.sampled_from(KINDS), st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5))))


@dataclass
class Told:
    """Events that an aggregate has told already, or some of them."""

    events: Sequence[Any]

    def collect_events(self) -> Sequence[Any]:
        return self.events


def play(number: int, plan: tuple[Sequence[UUID], str, list[tuple[str, int]]]) -> Sequence[Any]:
    """Act out a plan, leaving out each step that the domain refuses; return the events."""
    firms, kind, steps = plan
    most = firms if kind in ("joint_order", "shared_training", "exchange_visit") else firms[:2]
    work = job(most[0], *most[1:], kind=kind, day=number, key=str(number))
    for day, (step, choice) in enumerate(steps, number):
        with suppress(LedgerError):
            take(work, step, choice, day)
    events: Sequence[Any] = work.collect_events()
    return events


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
            work.assess(stamp, firm, {"about": other, **({"rating": 5} if "visit" in work.kind_name else WELL)})
        case "assess badly":
            work.assess(stamp, firm, {"about": other, **BADLY})
        case "amend":
            work.amend(stamp, firm, work.terms)
        case "dispute":
            work.dispute(stamp, firm, "No.")
        case "withdraw":
            work.withdraw(stamp, work.proposed_by)
        case _:
            settle(work, choice, day)


def settle(work: Collaboration, choice: int, day: int) -> None:
    """Settle the first open dispute."""
    number = next((n for n, dispute in enumerate(work.disputes, 1) if dispute.outcome is None), 1)
    outcome = tuple(Outcome)[choice % 3]
    terms = work.terms if outcome is Outcome.AMENDED else None
    work.settle(by(COORDINATOR, day), number, outcome, terms=terms)


def begun(*streams: Sequence[Any]) -> Story:
    """A story in memory that holds these events."""
    story = Story("memory:", *ROOMS)
    story.tell(*(firm(name) for name in "ABCD"), *(Told(events) for events in streams))
    return story


def scores(story: Story, **asked: Any) -> list[dict[str, Any]]:
    """All firms' answers when every seal is off, without the position that they are true for."""
    with story.reading(**asked) as reading:
        later = replace(reading, time=LATER)
        found = [queries.score(later, OPERATOR, firm) for firm in FIRMS]
    return [{name: value for name, value in one.items() if name != "position"} for one in found]


@settings(max_examples=40, deadline=None)
@given(st.lists(plans, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_independent_events_does_not_matter(plan: list[Any], chance: random.Random) -> None:
    """However the events of several jobs come between each other, the scores are the same to the bit."""
    streams = [list(play(n, one)) for n, one in enumerate(plan)]
    one = begun(*streams)
    turns = [n for n, stream in enumerate(streams) for _ in stream]
    chance.shuffle(turns)
    mixed = begun([streams[n].pop(0) for n in turns])
    assert scores(one) == scores(mixed)
    one.close()
    mixed.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(plans, min_size=1, max_size=4), st.data())
def test_a_shorter_log_equals_the_answer_as_of_then(plan: list[Any], data: st.DataObject) -> None:
    """What was known at a position is what a ledger that ends there knows."""
    events = [event for n, one in enumerate(plan) for event in play(n, one)]
    cut = data.draw(st.integers(0, len(events)))
    whole, short = begun(events), begun(events[:cut])
    position = short.head()
    moment = {"as_of_position": position}
    assert scores(whole, **moment) == scores(short, **moment)
    whole.close()
    short.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(plans, max_size=4), pairs, st.sampled_from(KINDS[:4]), st.booleans())
def test_an_unconfirmed_job_changes_nothing(plan: list[Any], firms: Sequence[UUID], kind: str, declined: bool) -> None:
    """A claim, declined or not, leaves every bit of every answer as it was."""
    streams = [play(n, one) for n, one in enumerate(plan)]
    claim = job(*firms[: 2 if kind == "subcontract" else 3], kind=kind, day=30)
    if declined:
        claim.decline(by(as_firm(firms[1]), 31), firms[1])
    without, claimed = begun(*streams), begun(*streams, claim.collect_events())
    assert scores(without) == scores(claimed)
    without.close()
    claimed.close()
