"""From when on an assessment counts."""

from __future__ import annotations

from ledger.domain.collaboration import Outcome
from tests.projections.trust.telling import BADLY, A, B, C, E, assessed, done, score, well_known
from tests.stories import COORDINATOR, Story, as_firm, by, job, on


def test_an_assessment_counts_from_when_it_opens(story: Story) -> None:
    """Given alone it stays sealed for 14 days; given by both sides it counts at once."""
    story.tell(*well_known())
    before = score(story, A, now=on(10))
    story.tell(assessed(done(E, A, day=3), E, A, 3, BADLY))
    sealed = score(story, A, now=on(10))
    assert sealed["score"] == before["score"]
    assert (sealed["facts"]["reports"], sealed["facts"]["sealed_reports"]) == (6, 1)
    opened = score(story, A, now=on(17))
    assert opened["score"] < before["score"]
    assert opened["facts"]["record"]["on_time"] == {"yes": 6, "no": 1}


def test_an_assessment_with_the_proposal_counts_from_the_confirmation(story: Story) -> None:
    """What the proposer said along with its claim is sealed until 14 days after the other side accepted."""
    story.tell(*well_known())
    late = job(E, A, day=2, completed_on=on(2).date(), assessments=[{"about": A, **BADLY}])
    late.accept(by(as_firm(A), 20), A)
    story.tell(late)
    assert score(story, A, now=on(33))["facts"]["sealed_reports"] == 1
    assert score(story, A, now=on(34))["facts"]["sealed_reports"] == 0


def test_nothing_is_sealed_again_by_a_later_confirmation(story: Story) -> None:
    """A settlement that corrects the record confirms anew, and what was open stays open."""
    work = assessed(done(B, A, day=1), B, A, 2)
    work.dispute(by(as_firm(A), 3), A, "The value is wrong.")
    story.tell(work)
    work.settle(
        by(COORDINATOR, 20), 1, Outcome.AMENDED, terms={**work.terms, "value": {"amount": "50.00", "currency": "EUR"}}
    )
    story.tell(work)
    assert score(story, A, now=on(21))["facts"]["sealed_reports"] == 0


def test_a_late_participant_counts_from_its_own_acceptance(story: Story) -> None:
    """Where each confirms for itself, an assessment opens 14 days after the firm it is about has accepted."""
    training = job(
        A, B, C, kind="shared_training", day=1, completed_on=on(1).date(), assessments=[{"about": C, "rating": 1}]
    )
    training.accept(by(as_firm(B), 2), B)
    story.tell(training)
    assert score(story, C, now=on(30))["facts"]["sealed_reports"] == 0
    training.accept(by(as_firm(C), 30), C)
    story.tell(training)
    assert score(story, C, now=on(43))["facts"]["sealed_reports"] == 1
    assert score(story, C, now=on(44))["facts"]["record"]["rating"] == {"count": 1, "mean": 1}
