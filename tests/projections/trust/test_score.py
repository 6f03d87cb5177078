"""What makes a firm's score, who may see it, and what stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.projections.trust.bits import believed, expected
from tests.projections.trust.telling import (
    BADLY,
    LARGE,
    ROOMS,
    A,
    B,
    C,
    D,
    E,
    both_assessed,
    done,
    points,
    prelude,
    score,
    well_known,
)
from tests.stories import Story, as_firm, by, confirmed_job, job, on


def test_three_confirming_counterparties_make_a_score(story: Story) -> None:
    """With three partners there is a score with interval, grade and factors that add up to it."""
    story.tell(*well_known())
    answer = score(story, A)
    trusted = believed(story)[B] / 1000
    jobs = 2 * 1 / 0.58 * 2 ** (-1 / 1460)  # of each partner, one day old
    good = 3 * trusted * 1.6 * jobs / (1.6 + jobs)
    assert answer["sufficient"] is True
    assert answer["reason"] is None
    assert answer["score"] == pytest.approx(100 * (good + 1) / (good + 2), abs=1e-6)
    assert answer["score"] == expected(story, A).believed.score
    assert sum(points(answer).values()) == pytest.approx(answer["score"], abs=1e-9)
    assert answer["interval"]["low"] < answer["score"] < answer["interval"]["high"]
    assert (answer["grade"], answer["confidence"]) == ("good", "C")
    assert answer["counterparties"] == 3
    assert answer["method"] == "credible-beta-1"


def test_a_factor_says_what_it_rests_on(story: Story) -> None:
    """Its evidence, its counts, the link to its events; and the waterfall ends at the score."""
    story.tell(*well_known())
    answer = score(story, A)
    on_time = next(factor for factor in answer["factors"] if factor["code"] == "on_time")
    assert on_time["because"] == {"good": on_time["because"]["good"], "bad": 0, "reports": 6, "yes": 6, "no": 0}
    assert on_time["evidence"] == f"/v1/collaborations?firm={A}&state=completed"
    assert [step["code"] for step in answer["waterfall"]] == ["plain", "ceilings", "credibility"]
    assert answer["waterfall"][-1]["score"] == answer["score"]
    assert answer["waterfall"][0]["score"] > answer["waterfall"][1]["score"] > answer["score"]


def test_two_counterparties_are_too_few(story: Story) -> None:
    """However many jobs there are: with fewer than three partners there are facts, but no score."""
    story.tell(*(both_assessed(done(partner, A, day=1, key=key), 2) for partner in (B, C) for key in "xyz"))
    answer = score(story, A)
    assert (answer["score"], answer["interval"], answer["grade"], answer["factors"]) == (None, None, None, [])
    assert answer["sufficient"] is False
    assert answer["reason"].startswith("2 independent counterparties have confirmed")
    assert answer["facts"]["confirmed_jobs"] == 6
    assert answer["facts"]["record"]["on_time"] == {"yes": 6, "no": 0}


def test_little_evidence_is_too_little(story: Story) -> None:
    """Three partners that said nothing of the work, or nearly nothing, make no score."""
    story.tell(*(done(partner, A, day=1, value=LARGE) for partner in (B, C, D)))
    silent = score(story, A)
    assert (silent["score"], silent["confidence"]) == (None, "D")
    assert "said too little" in silent["reason"]
    story.tell(*(both_assessed(done(partner, A, day=1, value="50.00", key="small"), 2) for partner in (B, C, D)))
    assert score(story, A)["reason"] == silent["reason"]


def test_raters_that_nobody_knows_make_no_score(story: Story) -> None:
    """Before an epoch has found a way from verified firms to the raters, their word does not make a score."""
    story.tell(
        *(both_assessed(done(partner, B, day=1, value=LARGE, key=key), 2) for partner in (C, D, E) for key in "xy")
    )
    assert score(story, B)["sufficient"] is True
    unknown = Story("memory:", *ROOMS)
    unknown.tell(*list(prelude())[:-1], *well_known())
    answer = score(unknown, A)
    assert (answer["score"], answer["confidence"]) == (None, "D")
    assert "hardly connected with verified firms" in answer["reason"]
    unknown.close()


def test_what_is_not_confirmed_changes_nothing(story: Story) -> None:
    """A claimed job, its documents and its assessments leave every bit of the answer as it was."""
    story.tell(*well_known())
    before = score(story, A)
    claimed = job(
        E,
        A,
        day=2,
        completed_on=on(2).date(),
        assessments=[{"about": A, **BADLY}],
        evidence=[{"sha256": "0" * 64, "media_type": "application/pdf", "title": "Invoice"}],
    )
    story.tell(claimed)
    after = score(story, A)
    assert {**after, "position": 0} == {**before, "position": 0}


def test_amending_takes_the_job_out_until_it_is_confirmed_again(story: Story) -> None:
    """While the others are asked again, the job counts for nobody."""
    work = confirmed_job(B, A, day=1)
    story.tell(work)
    assert score(story, A)["counterparties"] == 1
    work.amend(by(as_firm(B), 2), B, work.terms)
    story.tell(work)
    assert score(story, A)["counterparties"] == 0
    work.accept(by(as_firm(A), 3), A)
    story.tell(work)
    assert score(story, A)["counterparties"] == 1
    work.withdraw(by(as_firm(B), 4), B)
    story.tell(work)
    assert score(story, A)["counterparties"] == 0


def test_documents_add_weight(story: Story) -> None:
    """Evidence attached after the confirmation makes the job weigh more."""
    story.tell(*well_known())
    work = both_assessed(done(B, A, day=1), 2)
    story.tell(work)
    before = score(story, A, now=on(5))
    document: Any = {"sha256": "a" * 64, "media_type": "application/pdf", "title": "Delivery note"}
    work.attach_evidence(by(as_firm(B), 3), B, document)
    story.tell(work)
    assert score(story, A, now=on(5))["score"] > before["score"]


def test_old_work_is_forgotten(story: Story) -> None:
    """The score drifts back towards 50 when nothing new is reported, and in the end is no score any more."""
    story.tell(*well_known(), *(both_assessed(done(E, A, day=1, value=LARGE, key=key), 2) for key in "xy"))
    late = score(story, A, now=on(600))
    assert 50 < late["score"] < score(story, A)["score"]
    assert score(story, A, now=on(4 * 1460))["sufficient"] is False
    assert 50 < expected(story, A, now=on(4 * 1460)).believed.score < late["score"]
