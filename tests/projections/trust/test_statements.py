"""What one firm states on how another pays."""

from __future__ import annotations

from ledger.domain.collaboration import Outcome
from tests.projections.trust.telling import A, E, reference, score, well_known
from tests.stories import COORDINATOR, Story, as_firm, by, on


def test_credit_references_speak_of_payment(story: Story) -> None:
    """They are reports on how the firm pays, make no counterparties, and say nothing of who gave them."""
    story.tell(*well_known())
    before = score(story, A)
    story.tell(reference(E, A, 2, late=60))
    after = score(story, A)
    assert after["score"] < before["score"]
    assert after["counterparties"] == 3
    assert score(story, E)["counterparties"] == 0
    (stated,) = after["facts"]["credit_references"]
    assert stated == {
        "on": "2026-03-04",
        "since": "2019-05-01",
        "terms_days": 30,
        "days_beyond_terms": 60,
        "contested": False,
    }
    paid = next(factor for factor in after["factors"] if factor["code"] == "paid")
    assert paid["because"]["credit_references"] == 1
    assert paid["points"] < 0


def test_contesting_a_bad_reference_does_not_lighten_it(story: Story) -> None:
    """Until the coordinator strikes it, it counts; and who stated it gets no bad report for it."""
    story.tell(*well_known())
    statement = reference(E, A, 2, late=90)
    story.tell(statement)
    before, known = score(story, A, now=on(5)), score(story, E)["facts"]["reports"]
    statement.dispute(by(as_firm(A), 3), A, "We always pay on time.")
    story.tell(statement)
    contested = score(story, A, now=on(5))
    assert contested["score"] == before["score"]
    assert contested["facts"]["credit_references"][0]["contested"] is True
    assert score(story, E)["facts"]["disputes"]["against"] == score(story, E)["facts"]["disputes"]["settled"] == 0
    assert score(story, E)["facts"]["reports"] == known
    statement.settle(by(COORDINATOR, 4), 1, Outcome.STRUCK)
    story.tell(statement)
    assert score(story, A, now=on(5))["facts"]["credit_references"] == []


def test_contesting_a_good_reference_takes_nothing_away(story: Story) -> None:
    """A statement counts as it stands until it is struck, whoever contests it, and is shown as contested."""
    story.tell(*well_known())
    statement = reference(E, A, 2)
    story.tell(statement)
    before = score(story, A, now=on(5))
    statement.dispute(by(as_firm(E), 3), E, "We meant another firm.")
    story.tell(statement)
    contested = score(story, A, now=on(5))
    assert contested["score"] == before["score"]
    assert [one["contested"] for one in contested["facts"]["credit_references"]] == [True]
