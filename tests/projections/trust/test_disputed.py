"""What disputes do to a score, while they are open and when they end."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.collaboration import Outcome
from tests.projections.trust.telling import A, B, C, D, E, both_assessed, done, points, score, well_known
from tests.stories import COORDINATOR, Story, as_firm, by, on


def settle(work: Any, day: float, outcome: str, number: int = 1, **rest: Any) -> None:
    """The coordinator's word on a dispute."""
    work.settle(by(COORDINATOR, day), number, Outcome(outcome), **rest)


def test_a_dispute_counts_against_the_other_side(story: Story) -> None:
    """An open dispute withdraws the good reports of who raised it and enters a bad one; its own score stays."""
    story.tell(*well_known())
    work = both_assessed(done(E, A, day=1), 2)
    story.tell(work)
    before, raiser = score(story, A, now=on(5)), score(story, E, now=on(5))
    work.dispute(by(as_firm(E), 3), E, "The parts were not to the drawing.")
    story.tell(work)
    disputed = score(story, A, now=on(5))
    assert disputed["score"] < before["score"]
    assert points(disputed)["disputes"] < 0
    assert disputed["facts"]["record"]["on_time"] == {"yes": 6, "no": 0}
    assert disputed["facts"]["disputes"] == {"open": 1, "settled": 0, "in_favour": 0, "against": 0}
    assert score(story, E, now=on(5))["facts"]["record"] == raiser["facts"]["record"]


@pytest.mark.parametrize(("outcome", "in_favour_of_raiser"), [("upheld", False), ("amended", True), ("struck", True)])
def test_how_a_dispute_ends(story: Story, outcome: str, in_favour_of_raiser: bool) -> None:
    """Upheld restores all that counted; amended leaves the bad report; struck takes the whole job out."""
    story.tell(*well_known())
    without = score(story, A, now=on(5))
    work = both_assessed(done(E, A, day=1), 2)
    story.tell(work)
    before = score(story, A, now=on(5))
    work.dispute(by(as_firm(E), 3), E, "Not what was agreed.")
    story.tell(work)
    disputed = score(story, A, now=on(5))
    settle(work, 4, outcome, terms=work.terms if outcome == "amended" else None)
    story.tell(work)
    after = score(story, A, now=on(5))
    expected = {"upheld": before, "amended": disputed, "struck": without}[outcome]
    assert after["score"] == expected["score"]
    won, lost = (0, 1) if in_favour_of_raiser else (1, 0)
    assert after["facts"]["disputes"] == {"open": 0, "settled": 1, "in_favour": won, "against": lost}


def test_a_struck_job_stays_struck(story: Story) -> None:
    """A second dispute that is open still changes nothing."""
    work = both_assessed(done(B, A, day=1), 2)
    for raiser in (A, B):
        work.dispute(by(as_firm(raiser), 3), raiser, "Wrong.")
    settle(work, 4, "struck")
    story.tell(work)
    answer = score(story, A)
    assert (answer["counterparties"], answer["facts"]["reports"]) == (0, 0)


def test_a_dispute_concerns_only_those_linked_with_who_raised_it(story: Story) -> None:
    """One partner's dispute is with the lead, not with the other partners."""
    reports = {firm: score(story, firm)["facts"]["reports"] for firm in (B, D)}
    order = done(B, C, D, kind="joint_order", day=1)
    order.dispute(by(as_firm(C), 2), C, "Never paid.")
    story.tell(order)
    disputes = {
        name: score(story, id_)["facts"]["disputes"]["open"] for name, id_ in zip("BCD", (B, C, D), strict=True)
    }
    assert disputes == {"B": 1, "C": 1, "D": 0}
    assert score(story, B)["facts"]["reports"] == reports[B] + 1
    assert score(story, D)["facts"]["reports"] == reports[D]
