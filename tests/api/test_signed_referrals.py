"""The referral as a bank files it and a firm hands it on: signed, in parts, checked by anybody, revoked."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger.delivery.referral_token import PARTS
from ledger.store.merkle import verify_inclusion
from ledger.store.signing_keys import Purpose, SigningKeys
from tests.api.callers import Caller, refused
from tests.api.jobs import body, confirmed, consent, praised, propose, step, well_known
from tests.api.world import World
from tests.house.tree import ROOT

PURPOSE = "machine loan"
SIGNED = "application/dc+sd-jwt"
JWKS = ".well-known/jwks.json"


@pytest.fixture
def referral(world: World) -> str:
    """A referral of alpha, whom three partners know and one states how it pays; its address."""
    return asked(world)


def asked(world: World) -> str:
    """Let alpha work, and the bank ask for its referral."""
    well_known(world.office, world.alpha, world.beta, world.gamma, world.delta, completed_on="2025-11-07")
    propose(world.beta, body("credit_reference", world.beta, world.alpha))
    sent = {"cvr": "13585628"}
    world.office.send("PATCH", f"/firms/{world.alpha.id}", {"identifiers": sent}, if_match="*")
    consent(world.alpha, world.bank)
    issued = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": PURPOSE})["id"]
    return f"/referrals/{issued}"


def signed(caller: Caller, referral: str) -> str:
    """The referral in its signed form."""
    answer = caller.get(referral, Accept=SIGNED)
    assert (answer.status_code, answer.content_type) == (200, SIGNED), answer.text
    return str(answer.text)


def part(caller: Caller, referral: str, *names: str) -> str:
    """The referral with these parts disclosed."""
    answer = caller.post(f"{referral}/presentations", {"disclose": list(names)})
    assert (answer.status_code, answer.content_type) == (200, SIGNED), answer.text
    return str(answer.text)


def found(world: World, token: str) -> dict[str, Any]:
    """What anybody is told of a token."""
    answer = world.anyone.post("/verifications", {"token": token})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json
    return told


def offline(folder: Path, world: World, token: str, *, listed: str = "") -> tuple[int, str, dict[str, Any]]:
    """What the standalone verifier says: its code, its first line, the claims."""
    (folder / "jwks.json").write_bytes(world.anyone.get(JWKS).data)
    (folder / "referral.jwt").write_text(token, encoding="utf-8")
    (folder / "list.jwt").write_text(listed, encoding="utf-8")
    command = [sys.executable, "-I", str(ROOT / "scripts" / "verify_referral.py"), "referral.jwt", "jwks.json"]
    options = ["--at", world.clock.now.isoformat(), *(["--status-list", "list.jwt"] if listed else [])]
    done = subprocess.run([*command, *options], cwd=folder, capture_output=True, text=True, check=False)
    claims = json.loads(done.stdout[done.stdout.index("\n{") :]) if "\n{" in done.stdout else {}
    return done.returncode, done.stdout.partition("\n")[0] or done.stderr, claims


def test_the_signed_form_says_what_the_json_says(world: World, referral: str, tmp_path: Path) -> None:
    """All of it but the state, which changes; with issuer, validity and its place in the status lists."""
    document = world.bank.read(referral)
    _, _, claims = offline(tmp_path, world, signed(world.bank, referral))
    added = {name: claims.pop(name) for name in ("iss", "iat", "exp", "vct", "status", "log", "events")}
    assert claims == {name: value for name, value in document.items() if name != "state"}
    assert added["iss"] == world.house.settings.public_url
    assert added["status"]["status_list"] == {"idx": 0, "uri": f"{added['iss']}/v1/status-lists/1"}
    assert len(claims["partners"]) == claims["counterparties"] == 3


def test_the_signed_form_is_the_same_to_the_byte(world: World, referral: str) -> None:
    """Whoever asks, whatever happens later, and by either of its two names."""
    first = signed(world.bank, referral)
    world.clock.forward(days=40)
    praised(world.beta, world.alpha)
    world.alpha.send("PATCH", f"/firms/{world.alpha.id}", {"name": "Another name"}, if_match="*")
    for reader in (world.bank, world.alpha, world.office, world.operator):
        assert signed(reader, referral) == first
    answer = world.bank.get(referral, Accept="application/vc+sd-jwt")
    assert (answer.text, answer.content_type, answer.headers["Vary"]) == (first, "application/vc+sd-jwt", "Accept")


def test_rotation_keeps_what_was_signed(world: World, referral: str) -> None:
    """The old token stays genuine, the same referral is signed anew with the new key, and both keys are published."""
    before = signed(world.bank, referral)
    (old,) = world.anyone.get(JWKS).json["keys"]
    world.house.signing_keys.rotate(Purpose.REFERRAL)
    after = signed(world.bank, referral)
    new, kept = world.anyone.get(JWKS).json["keys"]
    assert kept == old
    assert new["kid"] != old["kid"]
    assert before != after == signed(world.alpha, referral)
    assert [found(world, token)["verdict"] for token in (before, after)] == ["genuine", "genuine"]


def test_the_keys_are_public(world: World) -> None:
    """Each with its name, its use and its algorithm, to be kept by caches for minutes; never a private half."""
    answer = world.anyone.get(JWKS)
    (key,) = answer.json["keys"]
    assert key.keys() == {"kty", "crv", "x", "y", "kid", "alg", "use"}
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_without_a_key_nothing_is_signed(world: World, referral: str) -> None:
    """It is not the caller's fault: 503, until the operator has made one; the JSON form needs none."""
    bare = replace(world.house, signing_keys=SigningKeys())
    world.app.extensions["house"] = bare
    answer = world.bank.get(referral, Accept=SIGNED)
    assert "ledger migrate" in refused(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "60"
    assert world.bank.get(referral).status_code == 200
    assert world.anyone.get(JWKS).json == {"keys": []}


def test_a_presentation_shows_what_was_chosen(world: World, referral: str) -> None:
    """The score and counts without a partner's name; a part within another brings that one along."""
    shown = found(world, part(world.alpha, referral, "score"))
    assert (shown["verdict"], shown["disclosed"]) == ("genuine", ["score"])
    assert shown["firm"] == {"id": world.alpha.id, "name": "Example alpha"}
    assert found(world, part(world.alpha, referral))["disclosed"] == []
    assert found(world, part(world.bank, referral, "factors"))["disclosed"] == ["score", "factors"]
    assert part(world.alpha, referral, *PARTS) == signed(world.alpha, referral)
    for names in (["name"], ["score", 1], "score", None):
        answer = world.alpha.post(f"{referral}/presentations", {"disclose": names})
        assert (answer.status_code, answer.json["code"]) == (422, "invalid-request")
    refused(world.alpha.post(f"{referral}/presentations", {"disclose": []}, Accept="text/html"), 406, "not-acceptable")


@pytest.mark.parametrize("name", PARTS)
def test_every_part_can_be_shown_alone(world: World, referral: str, name: str) -> None:
    """Each name stands for something that is there."""
    shown = found(world, part(world.alpha, referral, name))["disclosed"]
    assert set(shown) == {name} | ({"score"} if name in ("factors", "facts") else set())


def test_a_bank_s_look_at_the_signed_form_is_recorded(world: World, referral: str) -> None:
    """As for any other form, beside its first request."""
    signed(world.bank, referral)
    part(world.bank, referral)
    log = world.alpha.read(f"/firms/{world.alpha.id}/access-log")["items"]
    assert [item["what"] for item in log] == ["referral"] * 3


def test_verdicts(world: World, referral: str) -> None:
    """Genuine, tampered, of an unknown key, expired by itself, revoked: in one word each, and nothing is recorded."""
    token, nothing = (
        signed(world.bank, referral),
        dict.fromkeys(("referral", "firm", "position", "issued_at", "expires_at")),
    )
    before = world.events()
    assert found(world, f" {token}\n")["verdict"] == "genuine"
    tampered = found(world, token.replace("~", "~x", 1))
    assert (tampered["verdict"], tampered["disclosed"]) == ("tampered", [])
    assert nothing.items() <= tampered.items()
    assert world.events() == before
    world.clock.forward(days=91)
    expired = found(world, token)
    assert (expired["verdict"], expired["expires_at"]) == ("expired", "2026-06-01T00:00:00Z")
    assert expired["firm"]["name"] == "Example alpha"
    world.alpha.send("DELETE", referral)
    assert found(world, token)["verdict"] == "revoked"


def test_a_token_that_was_never_issued_here_is_not_in_force(world: World, referral: str) -> None:
    """Signed with our key, as after a restored backup: it does not count."""
    token = signed(world.bank, referral)
    house = world.house
    with house.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM referrals_v2_referrals")
    assert found(world, token)["verdict"] == "not_in_force"


def test_a_verification_takes_a_token_and_nothing_else(world: World) -> None:
    """Within bounds."""
    refused(world.anyone.post("/verifications", {}), 422, "invalid-request", "/token")
    refused(world.anyone.post("/verifications", {"token": ""}), 422, "invalid-request", "/token")
    refused(world.anyone.post("/verifications", {"token": "x" * 500_001}), 422, "invalid-request", "/token")
    refused(world.anyone.post("/verifications", {"token": "x" * 1_000_000}), 413, "body-too-large")
    assert found(world, "x" * 500_000)["verdict"] == "tampered"


def test_a_status_list_is_short_and_kept_for_minutes(world: World, referral: str) -> None:
    """The first is always there, those behind it come with their referrals."""
    answer = world.anyone.get("/status-lists/1")
    assert (answer.status_code, answer.content_type) == (200, "application/statuslist+jwt")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert len(answer.data) < 1_000
    refused(world.anyone.get("/status-lists/2"), 404, "not-found")
    assert world.alpha.read(referral)["state"] == "in_force"


def test_a_signed_referral_is_pinned_to_the_log(world: World, referral: str, tmp_path: Path) -> None:
    """It carries a signed head and the proof of the event at its position; later heads do not change its bytes."""
    first = signed(world.bank, referral)
    _, _, claims = offline(tmp_path, world, first)
    (proof,) = claims["log"]["proofs"]
    assert proof["position"] == claims["position"]
    _, size, root = claims["log"]["checkpoint"].splitlines()[:3]
    path = [b64decode(one) for one in proof["hashes"]]
    leaf = b64decode(proof["leaf_hash"])
    assert verify_inclusion(leaf, proof["leaf_index"], int(size), path, b64decode(root))
    praised(world.beta, world.alpha)
    world.house.sealer.look()
    assert signed(world.bank, referral) == first


def test_the_events_behind_it_are_proved_without_being_told(world: World, referral: str, tmp_path: Path) -> None:
    """Every one by its place and hash, nothing of its content; who has the event shows that it is meant."""
    token = signed(world.bank, referral)
    events = offline(tmp_path, world, token)[2]["events"]
    assert set(events) == {"count", "leaves", "nodes"}
    assert events["count"] == len(events["leaves"])
    topics = []
    for position, index, hash_ in events["leaves"]:
        proof = world.house.proof_of(position)
        assert (proof["leaf_index"], proof["leaf_hash"]) == (index, hash_)
        topics.append(proof["event"]["topic"])
    told = Counter(topics)
    assert told["collaboration.confirmed"] == told["collaboration.proposed"] == 10  # nine jobs and a credit reference
    assert told["firm.admitted"] == told["firm.updated"] == 1
    assert found(world, part(world.alpha, referral, "events"))["disclosed"] == ["events"]
    assert "events" not in offline(tmp_path, world, part(world.alpha, referral, "score"))[2]


def test_a_sealed_assessment_is_not_behind_it(world: World, tmp_path: Path) -> None:
    """It counts nowhere yet, so nothing rests on it; once it is open a new referral proves it."""
    consent(world.alpha, world.bank)
    job = confirmed(world.alpha, world.beta, assessments=[])
    step(world.beta, job, "assessments", {"about": world.alpha.id, "on_time": True})
    given = world.house.ledger.head()

    def proved() -> list[int]:
        asked_for = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": PURPOSE})["id"]
        events = offline(tmp_path, world, signed(world.bank, f"/referrals/{asked_for}"))[2]["events"]
        return [position for position, _, _ in events["leaves"]]

    world.alpha.send("PATCH", f"/firms/{world.alpha.id}", {"town": "Kiel"}, if_match="*")  # behind the assessment
    assert given not in proved()
    world.clock.forward(days=15)
    assert given in proved()
