"""A contested record, from the dispute to the coordinator's word."""

from __future__ import annotations

from typing import Any

from tests.api.callers import refused
from tests.api.jobs import ANY, PERIOD, confirmed, consent, euros, step
from tests.api.world import World

FIRMS = ("alpha", "beta")
REASON, STATEMENT, NOTE = "Half of it was scrap.", "It left us in order.", "Both bear a half."
CORRECTED = {"value": euros("24100.00"), "period": PERIOD}


def _disputed(world: World) -> str:
    """Return a job that beta disputes and alpha has answered."""
    job = confirmed(world.alpha, world.beta)
    answer = world.beta.post(f"/collaborations/{job}/disputes", {"reason": REASON}, if_match=ANY)
    assert (answer.status_code, answer.json["number"], answer.json["state"]) == (201, 1, "disputed")
    assert world.beta.get(answer.headers["Location"].removeprefix("/v1")).status_code == 200
    step(world.alpha, job, "disputes/1/answers", {"statement": STATEMENT})
    return job


def _settled(world: World, job: str, outcome: str, **more: Any) -> Any:
    receipt = step(world.office, job, "disputes/1/settlement", {"outcome": outcome, "note": NOTE, **more})
    (dispute,) = world.alpha.read(f"/collaborations/{job}")["disputes"]
    assert (dispute["state"], dispute["outcome"], dispute["note"]) == ("settled", outcome, NOTE)
    return receipt


def test_a_dispute_is_raised_answered_and_shown(world: World) -> None:
    """Who said what stands on it; while it is open the job counts as disputed."""
    job = _disputed(world)
    (dispute,) = world.office.read(f"/collaborations/{job}")["disputes"]
    assert (dispute["number"], dispute["by"], dispute["state"]) == (1, world.beta.id, "answered")
    assert (dispute["reason"], dispute["answers"][0]["statement"]) == (REASON, STATEMENT)
    history = world.alpha.read(f"/firms/{world.alpha.id}/history")["summary"]
    assert history["disputes"] == {"open": 1, "upheld": 0, "amended": 0, "struck": 0}
    assert world.alpha.read(f"/firms/{world.alpha.id}/trust")["facts"]["disputes"]["open"] == 1


def test_upheld_the_record_stands(world: World) -> None:
    """It is decided in favour of who answered."""
    job = _disputed(world)
    assert _settled(world, job, "upheld")["state"] == "completed"
    facts = {name: world.caller(name).read(f"/firms/{world.caller(name).id}/trust")["facts"] for name in FIRMS}
    assert [facts[name]["disputes"]["in_favour"] for name in FIRMS] == [1, 0]


def test_amended_the_corrected_terms_count(world: World) -> None:
    """Nobody is asked again; the coordinator's terms must fit the kind, and come with this outcome only."""
    job = _disputed(world)
    path = f"/collaborations/{job}/disputes/1/settlement"
    for sent in ({"outcome": "amended"}, {"outcome": "upheld", "terms": CORRECTED}):
        refused(world.office.post(path, sent, if_match=ANY), 422, "invalid-terms", "/terms")
    late = {**CORRECTED, "period": {"from": "2025-09-15", "to": "2025-11-07"}}  # it was finished before
    for terms, code, pointer in (
        ({"period": PERIOD}, "invalid-terms", "/terms/value"),
        (late, "invalid-date", "/completed_on"),
    ):
        refused(world.office.post(path, {"outcome": "amended", "terms": terms}, if_match=ANY), 422, code, pointer)
    assert _settled(world, job, "amended", terms=CORRECTED)["state"] == "completed"
    for name in FIRMS:
        summary = world.caller(name).read(f"/firms/{world.caller(name).id}/history")["summary"]
        assert summary["volume"] == [euros("24100.00")]


def test_struck_the_record_no_longer_counts(world: World) -> None:
    """It stays to be seen by the firms, and is the end of it."""
    job = _disputed(world)
    assert _settled(world, job, "struck")["state"] == "struck"
    history = world.alpha.read(f"/firms/{world.alpha.id}/history")
    assert (history["summary"]["jobs"], [item["state"] for item in history["items"]]) == (0, ["struck"])
    assert world.alpha.read(f"/firms/{world.alpha.id}/trust")["facts"]["confirmed_jobs"] == 0
    answer = world.alpha.post(f"/collaborations/{job}/disputes", {"reason": REASON}, if_match=ANY)
    refused(answer, 409, "state-conflict")
    consent(world.alpha, world.bank)
    assert world.bank.read(f"/firms/{world.alpha.id}/history")["items"] == []
    refused(world.bank.get(f"/collaborations/{job}"), 404, "not-found")


def test_only_the_coordinator_settles_and_only_once(world: World) -> None:
    """Parties may not, others do not see it."""
    job = _disputed(world)
    path = f"/collaborations/{job}/disputes/1/settlement"
    for name in ("alpha", "beta", "bank", "operator"):
        refused(world.caller(name).post(path, {"outcome": "upheld"}, if_match=ANY), 403, "not-permitted")
    for name in ("gamma", "other_office"):
        refused(world.caller(name).post(path, {"outcome": "upheld"}, if_match=ANY), 404, "not-found")
    refused(world.office.post(path, {"outcome": "forgotten"}, if_match=ANY), 422, "invalid-request", "/outcome")
    _settled(world, job, "upheld")
    refused(world.office.post(path, {"outcome": "struck"}, if_match=ANY), 409, "state-conflict")
    answer = world.alpha.post(f"/collaborations/{job}/disputes/1/answers", {"statement": "!"}, if_match=ANY)
    refused(answer, 409, "state-conflict")


def test_a_dispute_is_answered_once_by_the_others(world: World) -> None:
    """Not by who raised it; a second dispute of the same firm waits for the first."""
    job = _disputed(world)
    path = f"/collaborations/{job}/disputes"
    refused(world.beta.post(f"{path}/1/answers", {"statement": "!"}, if_match=ANY), 403, "not-a-party")
    refused(world.alpha.post(f"{path}/1/answers", {"statement": "!"}, if_match=ANY), 409, "already-answered")
    refused(world.alpha.post(f"{path}/2/answers", {"statement": "!"}, if_match=ANY), 404, "not-found")
    refused(world.alpha.post(f"{path}/0/answers", {"statement": "!"}, if_match=ANY), 404, "not-found")
    refused(world.beta.post(path, {"reason": REASON}, if_match=ANY), 409, "state-conflict")
    refused(world.beta.post(path, {}, if_match=ANY), 422, "invalid-request", "/reason")
    assert step(world.alpha, job, "disputes", {"reason": REASON})["number"] == 2


def test_a_bank_sees_that_there_is_a_dispute_and_none_of_the_words(world: World) -> None:
    """By the record, its events and the history."""
    job = _disputed(world)
    _settled(world, job, "upheld")
    consent(world.alpha, world.bank)
    (dispute,) = world.bank.read(f"/collaborations/{job}")["disputes"]
    assert (dispute["state"], dispute["outcome"], dispute["reason"], dispute["note"]) == (
        "settled",
        "upheld",
        None,
        None,
    )
    for path in (f"/collaborations/{job}", f"/collaborations/{job}/events", f"/firms/{world.alpha.id}/history"):
        text = world.bank.get(path).text
        assert not any(words in text for words in (REASON, STATEMENT, NOTE))
