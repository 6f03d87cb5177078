"""A firm decides how banks read of it where they look at a partner."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.callers import refused
from tests.api.jobs import body, confirmed, consent, praised, propose, step
from tests.api.world import World


@pytest.fixture
def looking(world: World) -> World:
    """The bank may look at alpha, which has worked with beta, and with beta and gamma together."""
    praised(world.alpha, world.beta)
    job = praised(world.beta, world.alpha)
    step(world.alpha, job, "disputes", {"reason": "It was scrap."})
    order = propose(world.alpha, body("joint_order", world.alpha, world.beta, world.gamma))
    for partner in (world.beta, world.gamma):
        step(partner, order, "acceptances")
    consent(world.alpha, world.bank)
    return world


def _show(world: World, name: str, to_banks: str) -> Any:
    firm = world.caller(name)
    etag = firm.get(f"/firms/{firm.id}").headers["ETag"]
    return firm.send("PUT", f"/firms/{firm.id}/disclosure", {"to_banks": to_banks}, if_match=etag)


def _paths(world: World) -> list[str]:
    """Everything about alpha that a bank can read."""
    firm = f"/firms/{world.alpha.id}"
    jobs = [job["id"] for job in world.alpha.read(f"{firm}/history")["items"]]
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})["id"]
    return [
        *("/firms", firm, f"{firm}/history", f"{firm}/partners", f"{firm}/trust", f"{firm}/access-log"),
        *(f"/collaborations?firm={world.alpha.id}", f"/referrals/{referral}", "/referrals"),
        *(f"/collaborations/{job}" for job in jobs),
        *(f"/collaborations/{job}/events" for job in jobs),
    ]


def test_a_described_partner_leaves_no_trace(looking: World) -> None:
    """Neither its name nor its id stands in anything that a bank reads."""
    beta, gamma = looking.beta.id, looking.gamma.id
    for path in _paths(looking):
        text = looking.bank.get(path).text
        assert looking.alpha.id in text or "events" in path or "access-log" in path
        for trace in (beta, gamma, "Example beta", "Example gamma"):
            assert trace not in text, path


def test_a_described_partner_is_counted_and_told_apart(looking: World) -> None:
    """In the list of partners without an id; within a job with one that belongs to this job alone."""
    partners = looking.bank.read(f"/firms/{looking.alpha.id}/partners")
    assert partners["counterparties"] == 2
    told = [(item["firm"], item["name"], item["description"]) for item in partners["items"]]
    assert told == [(None, None, "a firm, DE")] * 2
    jobs = looking.bank.read(f"/firms/{looking.alpha.id}/history")["items"]
    parties = [[party["firm"] for party in job["parties"]] for job in jobs]
    assert sorted(len(set(firms)) for firms in parties) == [2, 2, 3]
    assert len({firm for firms in parties for firm in firms}) == 1 + 4
    for job, firms in zip(jobs, parties, strict=True):
        said = [one[name] for one in job["assessments"] for name in ("by", "about")]
        packages = [package["firm"] for package in job["terms"].get("work_packages", [])]
        assert {job["proposed_by"], *said, *packages} <= set(firms)
        assert looking.bank.get(f"/collaborations/{job['id']}").json == job


def test_nobody_is_found_by_a_guessed_id(looking: World) -> None:
    """A bank that knows the partner's id from elsewhere does not learn whose jobs these are."""
    path = f"/collaborations?firm={looking.beta.id}"
    assert looking.bank.read(path)["items"] == []
    alias = looking.bank.read(f"/firms/{looking.alpha.id}/history")["items"][0]["parties"]
    for party in alias:
        if party["name"] is None:
            refused(looking.bank.get(f"/firms/{party['firm']}"), 404, "not-found")
    assert _show(looking, "beta", "named").status_code == 200
    assert len(looking.bank.read(path)["items"]) == 3


def test_a_named_partner_is_named(looking: World) -> None:
    """Each partner by its own decision; taken back, the name is gone, from the past as well."""
    firm = f"/firms/{looking.alpha.id}"
    _show(looking, "beta", "named")
    then = looking.bank.get(f"{firm}/partners")
    shown = {item["name"]: item["firm"] for item in then.json["items"]}
    assert shown == {"Example beta": looking.beta.id, None: None}
    assert "Example beta" in looking.bank.get(f"{firm}/history").text
    _show(looking, "beta", "described")
    for when in ("", f"?as_of_position={then.headers['Ledger-Position']}"):
        assert looking.beta.id not in looking.bank.get(f"{firm}/partners{when}").text


def test_the_network_reads_names(looking: World) -> None:
    """The firm itself, its partner, its coordinator and the operator."""
    for name in ("alpha", "office", "operator"):
        items = looking.caller(name).read(f"/firms/{looking.alpha.id}/partners")["items"]
        assert {item["name"] for item in items} == {"Example beta", "Example gamma"}
    for job in looking.beta.read("/collaborations")["items"]:
        assert all(party["name"] and party["description"] is None for party in job["parties"])


def test_the_setting_is_read_and_changed_by_the_firm(world: World) -> None:
    """With the version that it has read; its coordinator may not, and a word that is none is refused."""
    path = f"/firms/{world.alpha.id}"
    assert world.alpha.read(path)["disclosure"] == {"to_banks": "described"}
    answer = _show(world, "alpha", "named")
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    shown = world.alpha.get(path)
    assert (shown.json["disclosure"], shown.headers["ETag"]) == ({"to_banks": "named"}, '"2"')
    sent = {"to_banks": "described"}
    refused(world.alpha.send("PUT", f"{path}/disclosure", sent), 428, "precondition-required")
    refused(world.alpha.send("PUT", f"{path}/disclosure", sent, if_match='"1"'), 412, "version-conflict")
    refused(world.office.send("PUT", f"{path}/disclosure", sent, if_match="*"), 403, "not-permitted")
    wrong = world.alpha.send("PUT", f"{path}/disclosure", {"to_banks": "secret"}, if_match="*")
    refused(wrong, 422, "invalid-request", "/to_banks")


def test_a_partner_that_lets_the_bank_look_is_told_of_the_look(looking: World) -> None:
    """What is seen of its work in another's history is a look at it as well."""
    confirmed(looking.alpha, looking.beta)
    consent(looking.beta, looking.bank)
    looking.bank.read(f"/firms/{looking.alpha.id}/history")
    looking.bank.read(f"/collaborations?firm={looking.alpha.id}")
    looks = looking.beta.read(f"/firms/{looking.beta.id}/access-log")["items"]
    assert [look["what"] for look in looks] == ["collaborations", "history"]
    assert looking.gamma.read(f"/firms/{looking.gamma.id}/access-log")["items"] == []


def test_work_found_by_a_partners_id_is_a_look_at_who_let_the_bank_look(looking: World) -> None:
    """Beta is named and has given no consent: the work that is shown is alpha's."""
    _show(looking, "beta", "named")
    looking.bank.read(f"/collaborations?firm={looking.beta.id}")
    looks = looking.alpha.read(f"/firms/{looking.alpha.id}/access-log")["items"]
    assert [look["what"] for look in looks] == ["collaborations"]
