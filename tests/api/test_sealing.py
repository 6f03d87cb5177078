"""Assessments stay sealed until both sides have given theirs, or for 14 days."""

from __future__ import annotations

from typing import Any

from tests.api.callers import Caller, refused
from tests.api.jobs import ANY, GOOD, confirmed, consent, finished, propose, step
from tests.api.world import World

WORDS = "Clean work."


def _given(viewer: Caller, job: str) -> list[dict[str, Any]]:
    return list(viewer.read(f"/collaborations/{job}")["assessments"])


def _job(world: World) -> str:
    """A finished job that alpha has assessed with its record."""
    praise = {"about": world.beta.id, **GOOD, "comment": WORDS}
    return confirmed(world.alpha, world.beta, assessments=[praise])


def test_the_other_side_does_not_read_a_sealed_assessment(world: World) -> None:
    """Who gave it does; nobody else, neither there nor among the events, in the score or by a look back."""
    job = _job(world)
    (own,) = _given(world.alpha, job)
    assert (own["rating"], own["comment"], own["sealed"]) == (5, WORDS, True)
    consent(world.beta, world.bank)
    for viewer in (world.beta, world.office, world.bank):
        (sealed,) = _given(viewer, job)
        assert sealed.keys() == {"by", "about", "recorded_at", "sealed", "opens_at"}
        events = viewer.get(f"/collaborations/{job}/events").text
        assert WORDS not in events
        assert '"rating"' not in events
    facts = world.beta.read(f"/firms/{world.beta.id}/trust")["facts"]
    assert (facts["reports"], facts["sealed_reports"]) == (0, 1)


def test_it_opens_when_both_have_given_theirs(world: World) -> None:
    """Both at once, and from then on both count; the past stays sealed."""
    job = _job(world)
    sealed_at = world.beta.get(f"/collaborations/{job}").headers["Ledger-Position"]
    before = world.beta.read(f"/collaborations/{job}?as_of_position={sealed_at}")
    step(world.beta, job, "assessments", {"about": world.alpha.id, **GOOD, "rating": 3})
    for viewer in (world.alpha, world.beta, world.office):
        assert [one["rating"] for one in _given(viewer, job)] == [5, 3]
        assert not any(one["sealed"] for one in _given(viewer, job))
    facts = world.beta.read(f"/firms/{world.beta.id}/trust")["facts"]
    assert (facts["reports"], facts["sealed_reports"]) == (1, 0)
    assert facts["record"]["rating"] == {"count": 1, "mean": 5.0}
    assert world.beta.read(f"/collaborations/{job}?as_of_position={sealed_at}") == before
    assert world.office.read(f"/collaborations/{job}/events")["items"][0]["data"]["assessments"][0]["rating"] == 5


def test_it_opens_by_itself_after_14_days(world: World) -> None:
    """No event is needed for it."""
    job = _job(world)
    world.clock.forward(days=13, hours=23)
    assert _given(world.beta, job)[0]["sealed"] is True
    world.clock.forward(hours=2)
    assert _given(world.beta, job)[0]["comment"] == WORDS
    facts = world.beta.read(f"/firms/{world.beta.id}/trust")["facts"]
    assert (facts["reports"], facts["sealed_reports"]) == (1, 0)


def test_a_bank_never_reads_what_firms_write_to_each_other(world: World) -> None:
    """It reads the marks, not the words."""
    job = _job(world)
    step(world.beta, job, "assessments", {"about": world.alpha.id, **GOOD})
    consent(world.beta, world.bank)
    assert [one["rating"] for one in _given(world.bank, job)] == [5, 5]
    for path in (f"/collaborations/{job}", f"/collaborations/{job}/events", f"/firms/{world.beta.id}/history"):
        assert WORDS not in world.bank.get(path).text


def test_an_unconfirmed_assessment_has_no_day_to_open(world: World) -> None:
    """Time alone does not open what the other side has never agreed to."""
    praise = {"about": world.beta.id, **GOOD}
    job = propose(world.alpha, finished(world.alpha, world.beta, assessments=[praise]))
    world.clock.forward(days=100)
    (sealed,) = _given(world.beta, job)
    assert (sealed["sealed"], sealed["opens_at"]) == (True, None)


def test_an_assessment_is_given_once_of_finished_work(world: World) -> None:
    """Of another party, in the measures of the kind."""
    job = _job(world)
    path = f"/collaborations/{job}/assessments"
    answer = world.alpha.post(path, {"about": world.beta.id, **GOOD}, if_match=ANY)
    refused(answer, 422, "invalid-assessment", "/about")
    for firm in (world.beta.id, world.gamma.id):
        refused(world.beta.post(path, {"about": firm, **GOOD}, if_match=ANY), 422, "invalid-assessment", "/about")
    refused(world.beta.post(path, {"about": world.alpha.id}, if_match=ANY), 422, "invalid-assessment", "")
    early = propose(world.alpha, finished(world.alpha, world.beta))
    answer = world.alpha.post(f"/collaborations/{early}/assessments", {"about": world.beta.id, **GOOD}, if_match=ANY)
    refused(answer, 409, "state-conflict")
