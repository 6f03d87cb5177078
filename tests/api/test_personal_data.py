"""Erasing a firm: nothing of it is left anywhere, everything that counts stays, and others are not touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ledger.projections.catalogue import PROJECTIONS
from tests.api.callers import Caller, refused
from tests.api.proprietor import SECRETS, leave_traces, read_models, traces
from tests.api.world import World


@pytest.fixture
def sorensen(either_world: World) -> Caller:
    """A sole proprietor who has left traces everywhere."""
    return leave_traces(either_world)


def erase(world: World, firm: Caller) -> Any:
    """Have the coordinator erase the firm, and return the certificate."""
    answer = world.office.send("DELETE", f"/firms/{firm.id}/personal-data")
    assert answer.status_code == 200
    return answer.json


@pytest.fixture
def backups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for backups, elsewhere than the ledger's own."""
    return tmp_path_factory.mktemp("backups")


def test_no_byte_is_left(either_world: World, sorensen: Caller, backups: Path, caplog: Any) -> None:
    """Database, read models, keys, write-ahead logs, a fresh backup and the logs hold nothing of the firm."""
    before = {word for _, word in traces(either_world, backups)}
    assert before == set(SECRETS)
    for file in backups.iterdir():
        file.unlink()
    assert erase(either_world, sorensen)["complete"]
    assert traces(either_world, backups) == []
    assert not any(word in caplog.text for word in SECRETS)


def test_the_log_never_held_any(either_world: World, sorensen: Caller) -> None:
    """What is personal is encrypted before it is stored; the rest stays readable."""
    recorder = either_world.house.store._log.recorder
    states = b"".join(stored.state for stored in recorder.select_notifications(1, 10_000))
    assert [word for word in SECRETS if word.encode() in states] == []
    assert b'"sole_proprietor":true' in states


def test_a_rebuild_gives_the_same_rows(either_world: World, sorensen: Caller) -> None:
    """What the erasure took out of the read models is what reading the log without the key gives."""
    erase(either_world, sorensen)
    live = read_models(either_world)
    for projection in PROJECTIONS:
        either_world.house.follower.rebuild(projection.name)
    assert read_models(either_world) == live


def test_everything_says_erased(either_world: World, sorensen: Caller) -> None:
    """Profile, history, events, consents, looks and keys, today and as of before."""
    world, position = either_world, either_world.house.ledger.head()
    before = world.office.read(f"/firms/{sorensen.id}/history")
    erase(world, sorensen)
    for asked in ("", f"?as_of_position={position}"):
        profile = world.office.read(f"/firms/{sorensen.id}{asked}")
        assert (profile["name"], profile["town"], profile["identifiers"]) == ("erased", None, {})
        assert [one["extract"] for one in profile["verifications"]] == ["erased"]
    after = world.office.read(f"/firms/{sorensen.id}/history")
    assert after["summary"] == before["summary"]
    assert {item["title"] for item in _own(after, sorensen)} == {"erased"}
    values = [[item["terms"].get("value") for item in _own(shown, sorensen)] for shown in (before, after)]
    assert values[0] == values[1]
    assert {look["purpose"] for look in world.office.read(f"/firms/{sorensen.id}/access-log")["items"]} == {"erased"}


def _own(history: Any, firm: Caller) -> list[Any]:
    return [item for item in history["items"] if item["proposed_by"] == firm.id]


def test_referrals_say_erased(either_world: World, sorensen: Caller) -> None:
    """One composed for a position before the erasure as well as a new one."""
    world = either_world
    (earlier,) = world.bank.read("/referrals")["items"]
    erase(world, sorensen)
    new = world.bank.record("/referrals", {"firm": sorensen.id, "purpose": "Maschinenkredit"})
    world.house.follower.catch_up()
    for referral in (earlier["id"], new["id"]):
        text = world.bank.get(f"/referrals/{referral}").text
        assert "erased" in text
        assert not any(word in text for word in SECRETS)


def test_proofs_and_signatures_still_verify(either_world: World, sorensen: Caller) -> None:
    """Leaves are made of what is stored, and signed referrals that somebody holds are nobody's to change."""
    world = either_world
    world.house.sealer.look()
    (earlier,) = world.bank.read("/referrals")["items"]
    token = world.bank.get(f"/referrals/{earlier['id']}", Accept="application/dc+sd-jwt").text
    erase(world, sorensen)
    world.house.sealer.look()
    report = world.house.verification().run(lambda *_: None)
    assert (report.intact, report.unsealed) == (True, 0)
    assert world.anyone.post("/verifications", {"token": token}).json["verdict"] == "genuine"


def test_a_certificate_is_recorded_once(either_world: World, sorensen: Caller) -> None:
    """Repeated, the request answers the same and records nothing."""
    first = erase(either_world, sorensen)
    events = either_world.events()
    again = erase(either_world, sorensen)
    assert {**again, "position": 0} == {**first, "position": 0}
    assert either_world.events() == events
    assert first["erased_by"].startswith("coordinator:")


def test_an_interrupted_erasure_goes_on(either_world: World, sorensen: Caller) -> None:
    """The process died after the key was destroyed: the next request certifies and purges."""
    either_world.house.store.destroy_key(UUID(sorensen.id))
    assert erase(either_world, sorensen)["complete"]
    assert either_world.office.read(f"/firms/{sorensen.id}")["name"] == "erased"


def test_others_are_not_touched(either_world: World, sorensen: Caller) -> None:
    """A partner's name, and what it wrote, stay."""
    world = either_world
    erase(world, sorensen)
    assert world.office.read(f"/firms/{world.beta.id}")["name"] == "Example beta"
    history = world.office.read(f"/firms/{world.beta.id}/history")
    answers = [one for item in history["items"] for dispute in item["disputes"] for one in dispute["answers"]]
    assert {one["statement"] for one in answers} == {"Doch.", "erased"}


def test_an_erased_firm_is_not_described_anew(either_world: World, sorensen: Caller) -> None:
    """Its key is gone for good, so whatever were written would be erased as well."""
    erase(either_world, sorensen)
    answer = either_world.office.send("PATCH", f"/firms/{sorensen.id}", json={"town": "Kiel"}, if_match="*")
    refused(answer, 409, "state-conflict")


def test_all_that_is_held_is_handed_out(either_world: World, sorensen: Caller) -> None:
    """Every personal field about the firm, and nothing that others wrote; after the erasure it says so."""
    held = sorensen.read(f"/firms/{sorensen.id}/personal-data")
    said = str(held["items"])
    assert [word for word in SECRETS if word not in said] == []
    assert "Doch." not in said
    assert {one["years"] for one in held["retention"]} == {10, 8, 6}
    erase(either_world, sorensen)
    held = sorensen.read(f"/firms/{sorensen.id}/personal-data")
    assert held["erased_at"]
    assert [word for word in SECRETS if word in str(held["items"])] == []
