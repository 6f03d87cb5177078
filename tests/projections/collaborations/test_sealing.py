"""Assessments are sealed until both sides have given theirs, or for 14 days."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid5

import pytest

from ledger.domain.actor import OPERATOR, Actor
from ledger.domain.collaboration import Collaboration
from ledger.projections.collaborations.queries import events, one
from tests.projections.collaborations.people import ACME, AS_ACME, AS_BANK, AS_BETA, BETA, THE_BANK
from tests.stories import COORDINATOR, Story, by, consent, job, on

DONE = date(2026, 2, 27)


@pytest.fixture
def told(story: Story) -> Collaboration:
    """A finished job that its proposer has assessed; the partner agreed a day later."""
    given = [{"about": BETA, "on_time": False, "comment": "A week late."}]
    told = job(ACME, BETA, completed_on=DONE, assessments=given)
    told.accept(by(AS_BETA, 1), BETA)
    story.tell(told, consent(ACME, THE_BANK, 1))
    return told


def shown(story: Story, told: Collaboration, viewer: Actor, **asked: Any) -> list[dict[str, Any]]:
    """The assessments in the job."""
    with story.reading(**asked) as reading:
        item = one(reading, viewer, told.id)
    found: list[dict[str, Any]] = item["assessments"]
    return found


def in_events(story: Story, told: Collaboration, viewer: Actor, **asked: Any) -> list[dict[str, Any]]:
    """The assessments in its events."""
    with story.reading(**asked) as reading:
        data = [item["data"] for item in events(reading, viewer, told.id, limit=99).items]
    proposed = [one for item in data for one in item.get("assessments", ())]
    return proposed + [item["assessment"] for item in data if "assessment" in item]


def test_a_sealed_assessment_shows_no_measures(story: Story, told: Collaboration) -> None:
    """Nobody reads it but who gave it, in the job and in its events."""
    envelope = {"by": str(ACME), "about": str(BETA), "recorded_at": "2026-03-02T09:00:00Z"}
    sealed = {**envelope, "sealed": True, "opens_at": "2026-03-17T09:00:00Z"}
    for look in (shown, in_events):
        for viewer in (AS_BETA, COORDINATOR, OPERATOR):
            assert look(story, told, viewer) == [sealed]
        assert look(story, told, AS_BANK) == [{**sealed, "about": str(uuid5(told.id, "party 1"))}]
        assert look(story, told, AS_ACME) == [{**sealed, "on_time": False, "comment": "A week late."}]


def test_the_seal_opens_after_two_weeks(story: Story, told: Collaboration) -> None:
    """Counted from the confirmation when that came later; nothing has to be recorded for it."""
    for look in (shown, in_events):
        assert look(story, told, AS_BETA, now=on(14.99))[0]["sealed"]
        opened = look(story, told, AS_BETA, now=on(15))[0]
        assert (opened["sealed"], opened["on_time"], opened["comment"]) == (False, False, "A week late.")


def test_the_seal_opens_when_both_have_given(story: Story, told: Collaboration) -> None:
    """The second assessment opens both at once."""
    told.assess(by(AS_BETA, 2), BETA, {"about": ACME, "paid_on_time": True})
    story.tell(told)
    for look in (shown, in_events):
        assert [one["sealed"] for one in look(story, told, COORDINATOR)] == [False, False]
        assert [one.get("paid_on_time") for one in look(story, told, COORDINATOR)] == [None, True]


def test_the_past_keeps_its_seals(story: Story, told: Collaboration) -> None:
    """As of a day on which it was sealed, it is sealed, however late one asks."""
    past = on(5)
    for look in (shown, in_events):
        assert look(story, told, AS_BETA, now=on(30), as_of=past)[0]["sealed"]


def test_a_bank_reads_measures_but_no_words(story: Story, told: Collaboration) -> None:
    """Comments are between the firms."""
    for look in (shown, in_events):
        opened = look(story, told, AS_BANK, now=on(16))[0]
        assert opened["on_time"] is False
        assert "comment" not in opened


def test_nothing_opens_before_the_job_counts(story: Story) -> None:
    """An assessment of an unconfirmed job stays sealed."""
    told = job(ACME, BETA, completed_on=DONE, assessments=[{"about": BETA, "on_time": True}])
    story.tell(told)
    assert shown(story, told, AS_BETA, now=on(60)) == [
        {
            "by": str(ACME),
            "about": str(BETA),
            "recorded_at": "2026-03-02T09:00:00Z",
            "sealed": True,
            "opens_at": None,
        }
    ]
