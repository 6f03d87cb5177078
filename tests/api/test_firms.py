"""Firms over HTTP: admission, profile, verification, and the directory."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.callers import Caller, refused
from tests.api.jobs import consent
from tests.api.world import World

LATHE = {
    "name": "Musterdreherei Nord GmbH",
    "legal_form": "GmbH",
    "country": "DE",
    "town": "Neumünster",
    "nace": "25.62",
    "identifiers": {"handelsregister": "Kiel HRB 1234 NM", "euid": "DEX1517R.HRB395KI", "vat": "DE136695976"},
    "capabilities": ["CNC turning", "Gear cutting"],
    "sole_proprietor": False,
}


def _admitted(office: Caller, **changes: Any) -> str:
    return str(office.record("/firms", {**LATHE, **changes})["id"])


def test_a_firm_is_admitted_with_all_that_is_said_of_it(world: World) -> None:
    """The profile comes back as it was sent."""
    answer = world.office.post("/firms", LATHE, idempotency_key="lathe")
    assert answer.status_code == 201
    id_ = answer.json["id"]
    assert answer.headers["Location"] == f"/v1/firms/{id_}"
    shown = world.office.get(f"/firms/{id_}")
    assert {name: shown.json[name] for name in LATHE} == LATHE
    assert shown.json["network"] == world.office.id
    assert (shown.json["verified"], shown.json["verifications"]) == (False, [])
    assert shown.headers["ETag"] == '"1"'
    assert world.office.post("/firms", LATHE, idempotency_key="lathe").json == answer.json
    other = {**LATHE, "town": "Kiel"}
    refused(world.office.post("/firms", other, idempotency_key="lathe"), 422, "idempotency-key-reused")
    elsewhere = world.other_office.record("/firms", other, idempotency_key="lathe")
    assert elsewhere["id"] != id_
    for name in ("operator", "alpha", "bank"):
        refused(world.caller(name).post("/firms", LATHE), 403, "not-permitted")


def test_every_wrong_number_is_pointed_at(world: World) -> None:
    """The answer says what a right one looks like."""
    numbers = {"handelsregister": "1234", "euid": "?", "vat": "DE136695977", "cvr": "13585629", "lei": "0"}
    answer = world.office.post("/firms", {**LATHE, "identifiers": numbers})
    refused(answer, 422, "invalid-identifier", *(f"/identifiers/{scheme}" for scheme in numbers))
    assert "“Kiel HRB 1234 NM”" in answer.json["errors"][0]["detail"]


def test_a_body_of_another_shape_is_refused_field_by_field(world: World) -> None:
    """Unknown, missing and misshapen fields are all named at once."""
    sent = {"name": " ", "country": "Germany", "nace": "metal", "colour": "red", "capabilities": ["ok", 7]}
    answer = world.office.post("/firms", sent)
    assert answer.status_code == 422
    found = {fault["pointer"] for fault in answer.json["errors"]}
    assert found == {"/name", "/country", "/nace", "/colour", "/capabilities/1"}
    refused(world.office.post("/firms", {"name": "Example"}), 422, "invalid-request", "/country")
    refused(world.office.post("/firms", data=b"[]", content_type="application/json"), 422, "invalid-request", "")


def test_a_profile_is_changed_on_the_version_that_was_read(world: World) -> None:
    """Without If-Match, with a misshapen one or on an old version nothing changes."""
    path, patch = f"/firms/{world.alpha.id}", {"town": "Flensburg"}
    refused(world.alpha.send("PATCH", path, patch), 428, "precondition-required")
    for header in ("1", 'W/"1"', '"one"', '"1", "2"'):
        refused(world.alpha.send("PATCH", path, patch, if_match=header), 400, "malformed")
    refused(world.alpha.send("PATCH", path, patch, if_match='"2"'), 412, "version-conflict")
    answer = world.alpha.send("PATCH", path, patch, if_match='"1"')
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert answer.headers["Ledger-Position"] == str(answer.json["position"])
    assert world.beta.read(path)["town"] == "Flensburg"
    before = world.events()
    assert world.alpha.send("PATCH", path, patch, if_match="*").headers["ETag"] == '"2"'
    assert world.events() == before


def test_another_name_is_unverified(world: World) -> None:
    """A verification is of what the register said then; the firm itself cannot change that at all."""
    id_ = _admitted(world.office)
    world.ring["lathe"] = (id_, world.office.record("/keys", {"role": "firm", "subject": id_})["key"])
    extract = {"register": "Handelsregister Kiel", "extract": "HRB 1234 KI", "on": "2026-02-27"}
    world.office.record(f"/firms/{id_}/verification", extract)
    for change in ({"name": "Another GmbH"}, {"country": "DK"}, {"legal_form": "AG"}):
        refused(world.lathe.send("PATCH", f"/firms/{id_}", change, if_match="*"), 403, "not-permitted")
    world.lathe.send("PATCH", f"/firms/{id_}", {"town": "Another town"}, if_match="*")
    assert world.office.read(f"/firms/{id_}")["verified"]
    world.office.send("PATCH", f"/firms/{id_}", {"name": "Another GmbH"}, if_match="*")
    renamed = world.office.read(f"/firms/{id_}")
    assert (renamed["verified"], len(renamed["verifications"])) == (False, 1)
    world.office.record(f"/firms/{id_}/verification", extract)
    assert world.office.read(f"/firms/{id_}")["verified"]


def test_register_numbers_are_the_coordinators_to_enter(world: World) -> None:
    """They are merged by scheme; null removes one."""
    id_ = _admitted(world.office)
    world.ring["lathe"] = (id_, world.office.record("/keys", {"role": "firm", "subject": id_})["key"])
    change = {"identifiers": {"vat": None, "cvr": "13585628"}}
    refused(world.lathe.send("PATCH", f"/firms/{id_}", change, if_match="*"), 403, "not-permitted")
    assert world.office.send("PATCH", f"/firms/{id_}", change, if_match="*").status_code == 200
    kept = {**LATHE["identifiers"], "cvr": "13585628"}  # type: ignore[dict-item]
    kept.pop("vat")
    assert world.office.read(f"/firms/{id_}")["identifiers"] == kept
    refused(world.lathe.send("PATCH", f"/firms/{id_}", {"name": None}, if_match="*"), 422, "invalid-request", "/name")


def test_nobody_else_changes_a_profile(world: World) -> None:
    """A firm of another network is not even there."""
    path, patch = f"/firms/{world.alpha.id}", {"town": "Kiel"}
    for name in ("beta", "omega", "other_office"):
        detail = refused(world.caller(name).send("PATCH", path, patch, if_match="*"), 404, "not-found")
        unknown = world.caller(name).send("PATCH", f"/firms/{uuid4()}", patch, if_match="*")
        assert detail == refused(unknown, 404, "not-found")
    for name in ("bank", "operator"):
        refused(world.caller(name).send("PATCH", path, patch, if_match="*"), 403, "not-permitted")


def test_the_coordinator_verifies_a_firm(world: World) -> None:
    """Which register, which extract, of which day; not of a day to come."""
    path = f"/firms/{world.alpha.id}/verification"
    sent = {"register": "Handelsregister", "extract": "Kiel HRB 1234 NM", "on": "2026-02-20"}
    answer = world.office.post(path, sent)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"2"')
    assert answer.headers["Location"] == f"/v1/firms/{world.alpha.id}"
    (shown,) = world.alpha.read(f"/firms/{world.alpha.id}")["verifications"]
    assert {name: shown[name] for name in sent} == sent
    refused(world.office.post(path, {**sent, "on": "2026-03-03"}), 422, "invalid-date", "/on")
    refused(world.office.post(path, {"on": "20260220"}), 422, "invalid-request", "/register", "/extract", "/on")
    for name in ("alpha", "bank", "operator"):
        refused(world.caller(name).post(path, sent), 403, "not-permitted")
    refused(world.other_office.post(path, sent), 404, "not-found")


def test_the_directory_is_searched_by_name_country_sector_and_capability(world: World) -> None:
    """All in any case; a sector by the beginning of its code."""
    id_ = _admitted(world.office)
    wanted = ("q=dreherei", "country=DK", "sector=25", "capability=cnc%20TURNING", "q=nothing", "q=dreherei&country=DK")
    found = [[item["id"] for item in world.alpha.read(f"/firms?{query}")["items"]] for query in wanted]
    assert found == [[id_], [world.delta.id], [id_], [id_], [], []]
    for query, pointer in {"country=dk": "/country", "sector=metal": "/sector", "colour=red": "/colour"}.items():
        refused(world.alpha.get(f"/firms?{query}"), 422, "invalid-request", pointer)


def test_a_directory_ends_at_the_border_of_the_network(world: World) -> None:
    """Firms of one network see each other; a bank sees nobody without consent."""
    listed = {
        name: {item["id"] for item in world.caller(name).read("/firms")["items"]}
        for name in ("alpha", "office", "omega", "bank", "operator")
    }
    north = {world.caller(name).id for name in ("alpha", "beta", "gamma", "delta")}
    south = {world.omega.id}
    assert listed == {"alpha": north, "office": north, "omega": south, "bank": set(), "operator": north | south}
    for name in ("omega", "other_office", "bank"):
        refused(world.caller(name).get(f"/firms/{world.alpha.id}"), 404, "not-found")


def test_headcounts_are_reported_and_corrected(world: World) -> None:
    """By the firm and by its coordinator; the firm's version goes on, and the past keeps what was said."""
    path = f"/firms/{world.alpha.id}"
    figures = {"year": 2025, "employees": 42, "apprentices": 3}
    first = world.alpha.record(f"{path}/headcounts", figures)
    world.office.record(f"{path}/headcounts", {**figures, "employees": 43})
    (told,) = world.alpha.read(path)["headcounts"]
    assert (told["year"], told["employees"], told["apprentices"]) == (2025, 43, 3)
    (before,) = world.office.read(f"{path}?as_of_position={first['position']}")["headcounts"]
    assert before == {**figures, "reported_at": before["reported_at"]}
    assert world.beta.read(path)["headcounts"] == []
    etag = world.alpha.get(path).headers["ETag"]
    assert world.alpha.send("PATCH", path, {"town": "Kiel"}, if_match=etag).status_code == 200


def test_a_bank_reads_no_headcount(world: World) -> None:
    """Its consent is for what firms do together."""
    world.alpha.record(f"/firms/{world.alpha.id}/headcounts", {"year": 2025, "employees": 42, "apprentices": 3})
    consent(world.alpha, world.bank)
    assert world.bank.read(f"/firms/{world.alpha.id}")["headcounts"] == []
    assert [firm["headcounts"] for firm in world.bank.read("/firms")["items"]] == [[]]


@pytest.mark.parametrize(
    ("wrong", "code", "pointer"),
    [
        ({"year": 1989}, "invalid-request", "/year"),
        ({"year": "2025"}, "invalid-request", "/year"),
        ({"year": 9999}, "invalid-headcount", "/year"),
        ({"employees": 100_001}, "invalid-request", "/employees"),
        ({"employees": 4.5}, "invalid-request", "/employees"),
        ({"apprentices": -1}, "invalid-request", "/apprentices"),
        ({"apprentices": 43}, "invalid-headcount", "/apprentices"),
        ({"apprentices": None}, "invalid-request", "/apprentices"),
    ],
)
def test_a_headcount_that_cannot_be_is_refused(world: World, wrong: dict[str, Any], code: str, pointer: str) -> None:
    """Each fault points at its figure, and nothing is recorded."""
    sent = {"year": 2025, "employees": 42, "apprentices": 3, **wrong}
    refused(world.alpha.post(f"/firms/{world.alpha.id}/headcounts", sent), 422, code, pointer)
    assert world.alpha.read(f"/firms/{world.alpha.id}")["headcounts"] == []
