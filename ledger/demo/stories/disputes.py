"""Disputes: what is contested, what the other side says to it, and how the network office settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.demo import course
from ledger.demo.clock import in_office
from ledger.demo.job import changed_value
from ledger.demo.jobs import credit_reference, subcontract
from ledger.domain.collaboration import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from ledger.demo.agenda import Story
    from ledger.demo.job import Job
    from ledger.demo.jobs.seasons import Inventor
    from ledger.demo.world import World

SMALLER = Decimal("0.80")
PATIENCE = 20  # times that a story looks again for somebody to be about


@dataclass(frozen=True, slots=True)
class Case:
    """A dispute: so many days before the end the job is recorded; without an outcome it stays open.

    `by` is the place of who contests it among the parties; without a statement nobody has answered.
    """

    days_before: int
    invent: Inventor
    by: int
    reason: str
    statement: str | None
    outcome: Outcome | None
    note: str = ""


# In the order of `by`: 0 the contractor or referee, 1 the subcontractor or subject.
CASES = (
    Case(1500, subcontract.subcontract, 0, "Two housings were returned as scrap.", "Replaced within a week.",
         Outcome.UPHELD, "Replaced in time; the record stands."),
    Case(1320, subcontract.subcontract, 1, "A fifth of the order was cancelled; the amount is too high.",
         "That is right, the amount was from the order.", Outcome.AMENDED, "Corrected to what was delivered."),
    Case(1150, credit_reference.credit_reference, 1, "The invoice was contested, not paid late.",
         "We had overlooked the complaint.", Outcome.STRUCK, "The statement was made by mistake."),
    Case(980, subcontract.subcontract, 0, "Delivered by another firm.", "Our order number was mixed up.",
         Outcome.STRUCK, "Recorded with the wrong partner."),
    Case(800, subcontract.subcontract, 0, "Threads out of tolerance.", "Measured within tolerance by both.",
         Outcome.UPHELD, "The measuring report agrees with the supplier."),
    Case(610, subcontract.subcontract, 1, "Part of the material was supplied by the customer.",
         "Agreed; the value was without that.", Outcome.AMENDED, "Value without the supplied material."),
    Case(430, subcontract.subcontract, 0, "Paint peels off after a month.", "The primer was prescribed to us.",
         Outcome.UPHELD, "The drawing prescribes the primer."),
    Case(260, credit_reference.credit_reference, 1, "We have paid within terms since spring.",
         "Our list was older than that.", Outcome.STRUCK, "Out of date when it was made."),
    Case(170, subcontract.subcontract, 0, "Cancelled before the work began.", "We had bought the material.",
         Outcome.AMENDED, "Only the material counts."),
    Case(75, subcontract.subcontract, 0, "Shafts run out of true.", "We are measuring them again.", None),
    Case(60, subcontract.subcontract, 1, "The customer has not accepted what it lets run every day.", None, None),
)  # fmt: skip


def enter(world: World) -> None:
    """Enter all cases."""
    for case in CASES:
        day = world.end - timedelta(days=case.days_before)
        world.agenda.enter(in_office(world.rng, day), contested(world, case))


def contested(world: World, case: Case) -> Story:
    """A job goes well until one side contests it."""
    job = yield from _something_finished(world, case.invent)
    if job is None:
        return
    done = yield from course.run(world, job, smooth=True)
    yield world.after(*((2, 6) if case.outcome is None else (3, 30)))
    parties = job.members
    plaintiff, other = parties[case.by], parties[1 - case.by]
    number = world.desk.dispute(plaintiff, done.id, case.reason)
    if case.statement is not None:
        yield world.after(1, 6)
        world.desk.answer(other, done.id, number, case.statement)
    if case.outcome is not None:
        yield world.after(5, 25)
        terms = changed_value(job.terms, SMALLER) if case.outcome is Outcome.AMENDED else None
        world.desk.settle(done.id, number, case.outcome, case.note, terms)


def _something_finished(world: World, invent: Inventor) -> Generator[datetime, None, Job | None]:
    """Look for a job that is done already: what is planned only is disputed by nobody yet."""
    for _ in range(PATIENCE):
        job = invent(world)
        if job is not None and not job.ahead:
            return job
        yield world.after(0, 1)
    return None
