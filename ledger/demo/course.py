"""The course of a job: recorded, answered by the others, completed, assessed; or declined, corrected, taken back."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.demo.job import changed_value
from ledger.demo.verdicts import verdict
from ledger.demo.world import Deal
from ledger.domain.collaboration import State
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.kind import Acceptance
from ledger.domain.kinds.subcontract import SUBCONTRACT

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.demo.firms import Member
    from ledger.demo.job import Job
    from ledger.demo.world import World

# How often things go otherwise than expected.
SILENT, DECLINED, CORRECTED, WITHDRAWN = 0.025, 0.025, 0.03, 0.015
BACKED, FROM_INVOICE, LATER_PAPER = 0.55, 0.25, 0.15
ASSESSED_AT_ONCE, ASSESSED_LATER = 0.6, 0.7
REASONS = ("The amount is not ours.", "This was another order.", "Recorded twice.", "We have no such job in our books.")


@dataclass(slots=True)
class Outcome:
    """How far a job came: its id, who has assessed whom, and who stands to it (nobody while it is unconfirmed)."""

    id: UUID
    assessed: list[tuple[Member, Member]] = field(default_factory=list)
    agreed: list[Member] = field(default_factory=list)


Course = Generator[datetime, None, Outcome]
Passage = Generator[datetime, None, None]


def run(world: World, job: Job, *, smooth: bool = False) -> Course:
    """Tell a job from its record to its last assessment; `smooth` leaves out every hitch on the way."""
    smooth = smooth or job.perfect
    outcome = _recorded(world, job)
    if _acceptance(job) is Acceptance.NONE:
        outcome.agreed = job.members
        return outcome
    if not smooth and world.happens(WITHDRAWN):
        yield world.after(0, 2)
        world.desk.withdraw(job.proposer, outcome.id, "Entered by mistake.")
        return outcome
    yield from _answers(world, job, outcome, smooth=smooth)
    if outcome.agreed:
        if job.kind == SUBCONTRACT.name:
            world.deals.append(Deal(job.members[1], job.members[0], job.end, job.terms["value"]))
        if job.ahead:
            yield from _completion(world, job, outcome)
        yield from _assessments(world, job, outcome)
    return outcome


def _acceptance(job: Job) -> Acceptance:
    return kind_named(job.kind).acceptance


def _recorded(world: World, job: Job) -> Outcome:
    if job.ahead:
        return Outcome(world.desk.propose(job))
    others = _others(job)
    at_once = len(others) == 1 and world.happens(ASSESSED_AT_ONCE)
    said = verdict(world.rng, job, job.proposer, others[0]) if at_once else {}
    papers = [world.desk.paper(job.paper)] if world.happens(BACKED) else []
    id_ = world.desk.propose(
        job,
        completed_on=None if _acceptance(job) is Acceptance.NONE else job.end,
        assessments=[said] if said else [],
        papers=papers,
        from_document=job.paper == "Invoice" and world.happens(FROM_INVOICE),
    )
    return Outcome(id_, [(job.proposer, others[0])] if said else [])


def _others(job: Job) -> list[Member]:
    return [member for member in job.members if member is not job.proposer]


def _answers(world: World, job: Job, outcome: Outcome, *, smooth: bool) -> Passage:
    """Let the others answer, each in its own time, and note who stands to the job."""
    agreed, state = [job.proposer], State.PROPOSED
    turns = [(world.after(0, 1 if job.perfect else 13), other) for other in _others(job)]
    for at, other in sorted(turns, key=lambda turn: turn[0]):
        yield at
        if not smooth and world.happens(SILENT):
            continue
        if not smooth and world.happens(DECLINED):
            world.desk.decline(other, outcome.id, world.rng.choice(REASONS))
            if _acceptance(job) is Acceptance.ALL:
                return
        elif not smooth and len(turns) == 1 and "value" in job.terms and world.happens(CORRECTED):
            state = yield from _correction(world, job, other, outcome)
            agreed.append(other)
        else:
            state = world.desk.accept(other, outcome.id)
            agreed.append(other)
    if state in (State.CONFIRMED, State.COMPLETED):
        outcome.agreed = agreed


def _correction(world: World, job: Job, by: Member, outcome: Outcome) -> Generator[datetime, None, State]:
    """The other side corrects the amount instead of accepting it; who proposed agrees to that."""
    terms = changed_value(job.terms, Decimal(world.rng.choice((90, 95, 97, 104))) / 100)
    world.desk.amend(by, outcome.id, terms)
    yield world.after(0, 4)
    return world.desk.accept(job.proposer, outcome.id)


def _completion(world: World, job: Job, outcome: Outcome) -> Passage:
    by = world.rng.choice(outcome.agreed)
    if world.happens(LATER_PAPER):
        yield world.after(1, 5)
        world.desk.attach(by, outcome.id, "Order confirmation")
    left = max(0, (job.end - world.today) // timedelta(days=1))
    yield world.after(left, left + 10)
    world.desk.complete(by, outcome.id, min(world.today, max(job.end, job.begin)))


def _assessments(world: World, job: Job, outcome: Outcome) -> Passage:
    """Let both sides say how it went, unless they have said so with the record."""
    lead = job.members[0]
    others = [other for other in outcome.agreed if other is not lead] if lead in outcome.agreed else []
    pairs = [pair for other in others for pair in ((lead, other), (other, lead))]
    turns = [
        (world.after(0, 2 if job.perfect else 20), by, about)
        for by, about in pairs
        if (by, about) not in outcome.assessed and (job.perfect or world.happens(ASSESSED_LATER))
    ]
    for at, by, about in sorted(turns, key=lambda turn: turn[0]):
        yield at
        said = verdict(world.rng, job, by, about)
        if said:
            world.desk.assess(by, outcome.id, said)
            outcome.assessed.append((by, about))
