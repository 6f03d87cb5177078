"""A firm decides which bank may look, for what, and until when."""

from __future__ import annotations

from uuid import uuid4

from tests.api.callers import Caller, refused
from tests.api.jobs import confirmed, consent
from tests.api.world import World


def _looks(world: World, bank: Caller | None = None) -> list[int]:
    """Return what the bank is answered to each of its looks at alpha."""
    path = f"/firms/{world.alpha.id}"
    return [(bank or world.bank).get(f"{path}{what}").status_code for what in ("", "/history", "/partners", "/trust")]


def test_a_bank_looks_while_it_has_consent(world: World) -> None:
    """Not before, not after the withdrawal, and never another bank."""
    assert _looks(world) == [404] * 4
    given = consent(world.alpha, world.bank)
    assert _looks(world) == [200] * 4
    assert _looks(world, world.other_bank) == [404] * 4
    position = world.bank.get(f"/firms/{world.alpha.id}").headers["Ledger-Position"]
    gone = world.alpha.send("DELETE", f"/consents/{given}")
    assert (gone.status_code, gone.headers["ETag"]) == (204, '"2"')
    assert _looks(world) == [404] * 4
    refused(world.bank.get(f"/firms/{world.alpha.id}/history?as_of_position={position}"), 404, "not-found")
    refused(world.alpha.send("DELETE", f"/consents/{given}"), 409, "state-conflict")


def test_a_consent_ends_with_its_last_day(world: World) -> None:
    """By itself; given again, it goes on."""
    given = consent(world.alpha, world.bank, until="2026-03-04")
    world.clock.forward(days=2, hours=14)
    assert _looks(world) == [200] * 4
    world.clock.forward(hours=2)
    assert _looks(world) == [404] * 4
    assert world.alpha.read(f"/consents/{given}")["state"] == "expired"
    answer = world.alpha.post("/consents", {"bank": world.bank.id, "purpose": "Machine  LOAN", "until": "2026-03-05"})
    assert (answer.status_code, answer.json["id"], answer.json["version"]) == (201, given, 2)
    assert _looks(world) == [200] * 4


def test_the_same_consent_given_twice_is_one(world: World) -> None:
    """Another purpose is another consent; looks go on while one of them is in force."""
    given = consent(world.alpha, world.bank)
    before = world.events()
    assert consent(world.alpha, world.bank) == given
    assert world.events() == before
    other = consent(world.alpha, world.bank, "guarantee")
    assert other != given
    world.alpha.send("DELETE", f"/consents/{given}")
    assert _looks(world) == [200] * 4
    assert consent(world.alpha, world.bank) == given
    assert world.alpha.read(f"/consents/{given}")["state"] == "in_force"


def test_a_bank_sees_confirmed_work_of_that_firm_only(world: World) -> None:
    """Not what is claimed, not the partner's other work."""
    seen, hidden = confirmed(world.alpha, world.beta), confirmed(world.beta, world.gamma)
    consent(world.alpha, world.bank)
    refused(world.bank.get("/collaborations"), 422, "invalid-request", "/firm")
    listed = world.bank.read(f"/collaborations?firm={world.alpha.id}")["items"]
    assert [item["id"] for item in listed] == [seen]
    assert world.bank.read(f"/collaborations?firm={world.gamma.id}")["items"] == []
    assert world.bank.read(f"/collaborations/{seen}")["parties"][1]["name"] is None
    for path in ("", "/events"):
        refused(world.bank.get(f"/collaborations/{hidden}{path}"), 404, "not-found")
    refused(world.bank.get(f"/firms/{world.beta.id}"), 404, "not-found")
    assert [item["id"] for item in world.bank.read("/firms")["items"]] == [world.alpha.id]


def test_consents_are_seen_by_those_between_whom_they_are(world: World) -> None:
    """And by the office of the network."""
    given = consent(world.alpha, world.bank)
    answer = world.alpha.get(f"/consents/{given}")
    assert answer.headers["ETag"] == '"1"'
    assert answer.json["purpose"] == "machine loan"
    for name in ("alpha", "bank", "office", "operator"):
        assert world.caller(name).read(f"/consents/{given}") == answer.json
        assert [item["id"] for item in world.caller(name).read("/consents")["items"]] == [given]
    for name in ("beta", "omega", "other_bank", "other_office"):
        details = {
            refused(world.caller(name).send(method, f"/consents/{id_}"), 404, "not-found")
            for id_ in (given, uuid4())
            for method in ("GET", "DELETE")
        }
        assert details == {"There is no such consent."}
        assert world.caller(name).read("/consents")["items"] == []


def test_only_the_firm_itself_gives_and_takes(world: World) -> None:
    """Not its office, not the bank."""
    given = consent(world.alpha, world.bank)
    sent = {"bank": world.bank.id, "purpose": "loan", "until": "2026-06-30"}
    for name in ("office", "bank", "operator"):
        refused(world.caller(name).post("/consents", sent), 403, "not-permitted")
        refused(world.caller(name).send("DELETE", f"/consents/{given}"), 403, "not-permitted")


def test_a_consent_names_a_bank_and_a_day_to_come(world: World) -> None:
    """Not too far ahead."""
    sent = {"bank": world.bank.id, "purpose": "loan", "until": "2026-06-30"}
    refused(world.alpha.post("/consents", {**sent, "bank": str(uuid4())}), 422, "invalid-consent", "/bank")
    refused(world.alpha.post("/consents", {**sent, "bank": world.beta.id}), 422, "invalid-consent", "/bank")
    for until in ("2026-03-01", "2032-01-01"):
        refused(world.alpha.post("/consents", {**sent, "until": until}), 422, "invalid-consent", "/until")
    answer = world.alpha.post("/consents", {"bank": "x", "purpose": ""})
    refused(answer, 422, "invalid-request", "/bank", "/purpose", "/until")
