"""Accounts over HTTP: who may invite whom, who decides for a firm, what others learn, what is left of a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from ledger.application import accounts, collaborations, consents, keys, personal_data
from ledger.application.collaborations import Target
from ledger.domain.account import Account
from ledger.domain.actor import Actor, Position, Role
from ledger.domain.errors import NotPermitted
from ledger.projections.catalogue import PROJECTIONS
from tests.api.callers import Caller, refused
from tests.api.jobs import body, confirmed, propose
from tests.api.jobs import consent as consent_of
from tests.api.proprietor import leave_traces, read_models, stored
from tests.api.world import World

ROLES = {
    **dict.fromkeys(("office", "other_office"), "coordinator"),
    **dict.fromkeys(("bank", "other_bank"), "bank"),
    **dict.fromkeys(("alpha", "beta", "omega"), "firm"),
}
# Who may invite people for whom; everything else is refused.
MAY = {
    "operator": ("operator", *ROLES),
    "office": ("office", "alpha", "beta"),
    "alpha": ("alpha",),
    "bank": ("bank",),
}
PASSWORD = "drei Boote im Hafen"
WORDS = ("Åse Vejmand", "aase@vejmand.example", PASSWORD, "$argon2id$")


def sent(world: World, whom: str, **said: Any) -> dict[str, Any]:
    """An invitation for somebody who is not there yet."""
    role = "operator" if whom == "operator" else ROLES[whom]
    holder = {} if role == "operator" else {"subject": world.caller(whom).id}
    return {"role": role, **holder, "name": "Desk", "email": f"{uuid4().hex}@example.org", **said}


def invited(world: World, who: str = "alpha", **said: Any) -> tuple[str, str]:
    """Somebody was invited: the account's id, and the token."""
    answer = world.caller(who).record("/accounts", sent(world, who, **said))
    return answer["id"], answer["invitation"].rpartition("/")[2]


def acting(world: World, who: str = "alpha", **said: Any) -> Actor:
    """Somebody who has taken up an invitation, as a caller."""
    return accounts.activate(world.house.ledger, invited(world, who, **said)[1], PASSWORD).actor


@pytest.mark.parametrize("inviting", MAY)
def test_everybody_invites_within_their_own_house(world: World, inviting: str) -> None:
    """As they issue keys."""
    answers = {name: world.caller(inviting).post("/accounts", sent(world, name)) for name in ("operator", *ROLES)}
    assert {name for name, answer in answers.items() if answer.status_code == 201} == set(MAY[inviting])
    for name in answers.keys() - set(MAY[inviting]):
        refused(answers[name], 403, "not-permitted")


def test_an_invitation_is_shown_once(world: World) -> None:
    """What is listed later has state and end, and no link."""
    answer = world.alpha.post("/accounts", sent(world, "alpha", language="de", position="owner"))
    assert set(answer.json) == {"id", "invitation"}
    token = answer.json["invitation"].rpartition("/")[2]
    assert answer.json["invitation"] == f"{world.house.settings.public_url}/invitation/{token}"
    assert answer.headers["Location"] == f"/v1/accounts/{answer.json['id']}"
    shown = world.alpha.get(f"/accounts/{answer.json['id']}")
    assert token not in shown.text
    told = {name: shown.json[name] for name in ("role", "position", "language", "state", "subject")}
    assert told == {
        "role": "firm",
        "position": "owner",
        "language": "de",
        "state": "invited",
        "subject": world.alpha.id,
    }


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"email": "nobody"}, "/email"),
        ({"email": "a b@example.org"}, "/email"),
        ({"position": "member"}, "/position"),
        ({"position": "boss"}, "/position"),
        ({"language": "fr"}, "/language"),
        ({"subject": None}, "/subject"),
        ({"name": ""}, "/name"),
    ],
)
def test_what_does_not_fit_is_refused(world: World, wrong: dict[str, Any], pointer: str) -> None:
    """Each with a pointer to it, and nothing is recorded."""
    before = world.events()
    refused(world.alpha.post("/accounts", sent(world, "alpha", **wrong)), 422, "invalid-request", pointer)
    assert world.events() == before


def test_accounts_are_listed_for_who_answers_for_them(world: World) -> None:
    """A firm and a bank see their own, an office those of its network, an operator all."""
    for name in ("alpha", "beta", "omega", "bank"):
        invited(world, name)
    seen = {
        name: {item["subject"] for item in world.caller(name).read("/accounts")["items"]}
        for name in ("operator", "office", "other_office", "alpha", "bank", "other_bank")
    }
    ids = {name: world.caller(name).id for name in ("alpha", "beta", "omega", "bank")}
    assert seen == {
        "operator": set(ids.values()),
        "office": {ids["alpha"], ids["beta"]},
        "other_office": {ids["omega"]},
        "alpha": {ids["alpha"]},
        "bank": {ids["bank"]},
        "other_bank": set(),
    }


def test_a_clerk_does_not_decide_for_the_firm(world: World) -> None:
    """Consents, keys and people are the owner's; the firm's API key counts as one, work is everybody's."""
    ledger, firm = world.house.ledger, UUID(world.alpha.id)
    clerk, owner = acting(world), acting(world, position="owner")
    given = UUID(consent_of(world.alpha, world.bank))
    key = UUID(world.alpha.record("/keys", {"role": "firm", "subject": world.alpha.id})["id"])
    until = world.clock().date()
    until = until.replace(year=until.year + 1)
    person = {"name": "Desk", "email": "desk@alpha.example", "language": "en"}

    def attempts(actor: Actor) -> list[Any]:
        return [
            lambda: consents.grant(ledger, actor, bank=UUID(world.bank.id), purpose="loan", until=until),
            lambda: consents.withdraw(ledger, actor, given),
            lambda: keys.issue(ledger, actor, Role.FIRM, firm),
            lambda: keys.revoke(ledger, actor, key),
            lambda: accounts.invite(ledger, actor, Role.FIRM, firm, person),  # type: ignore[arg-type]
            lambda: accounts.renew_invitation(ledger, actor, owner.account or firm),
            lambda: accounts.close(ledger, actor, owner.account or firm),
            lambda: personal_data.erase_account(ledger, actor, owner.account or firm),
        ]

    for attempt in attempts(clerk):
        with pytest.raises(NotPermitted, match="owner"):
            attempt()
    job = propose(world.beta, body("subcontract", world.beta, world.alpha))
    assert collaborations.accept(ledger, clerk, Target(UUID(job))).state == "confirmed"
    for attempt in attempts(owner):
        attempt()


def test_partners_and_banks_do_not_learn_which_person_it_was(either_world: World) -> None:
    """The firm itself, its coordinator and the operator do; a key of the same firm changes nothing of it."""
    world = either_world
    consent_of(world.beta, world.bank)
    consent_of(world.alpha, world.bank)
    clerk = acting(world)
    job = propose(world.beta, body("subcontract", world.beta, world.alpha))
    collaborations.accept(world.house.ledger, clerk, Target(UUID(job)))
    firm = f"firm:{world.alpha.id}"
    for name in ("alpha", "office", "operator", "beta", "bank"):
        items = world.caller(name).read(f"/collaborations/{job}/events")["items"]
        said = {item["actor"] for item in items if item["actor"].startswith(firm)}
        knows = name in ("alpha", "office", "operator")
        assert said in ({f"{firm} account:{clerk.account}"} if knows else {firm}, set())
        assert said or name == "bank"
        assert knows or str(clerk.account) not in json.dumps(items)


def test_a_repetition_by_a_colleague_is_one(world: World) -> None:
    """Ids are made of whom somebody acts for and the idempotency key, not of the person."""
    one, other = acting(world), acting(world)
    by_key = propose(world.alpha, body("subcontract", world.alpha, world.beta), key="same")
    assert one.on_behalf == other.on_behalf == f"firm:{world.alpha.id}"
    repeated = propose(world.alpha, body("subcontract", world.alpha, world.beta), key="same")
    assert by_key == repeated


@pytest.fixture
def backups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for backups, elsewhere than the ledger's own."""
    return tmp_path_factory.mktemp("backups")


def _found(world: World, backups: Path, *secrets: str) -> set[str]:
    """Which of a person's words, or of these secrets, lie anywhere in clear."""
    words = {form: word for word in (*WORDS, *secrets) for form in (word, json.dumps(word)[1:-1])}
    for file in backups.iterdir():
        file.unlink()
    kept = list(stored(world, backups))
    return {f"{word} in {place}" for form, word in words.items() for place, content in kept if form.encode() in content}


def test_no_word_of_a_person_lies_in_the_log(either_world: World, backups: Path, caplog: Any) -> None:
    """Name and address stand in the read model alone; password, its hash, tokens of sessions and links nowhere at all.

    After the erasure there is nothing anywhere, and the read models equal a rebuild.
    """
    world = either_world
    id_, token = invited(world, name=WORDS[0], email=WORDS[1])
    account = accounts.activate(world.house.ledger, token, PASSWORD)
    world.house.sign_in(WORDS[1], PASSWORD, "192.0.2.7")
    session = world.house.sessions.begin(account.id)
    world.house.follower.catch_up()
    secrets = (token, session, "192.0.2.7")
    found = _found(world, backups, *secrets)
    assert {one.partition(" in ")[0] for one in found} == set(WORDS[:2])
    assert all("views" in one or "accounts_v" in one for one in found)
    answer = world.alpha.send("DELETE", f"/accounts/{id_}/personal-data")
    assert (answer.status_code, answer.json["complete"], answer.json["account"]) == (200, True, id_)
    assert _found(world, backups, *secrets) == set()
    assert not any(word in caplog.text for word in (*WORDS, *secrets))
    live = read_models(world)
    for projection in PROJECTIONS:
        world.house.follower.rebuild(projection.name)
    assert read_models(world) == live
    shown = world.alpha.read(f"/accounts/{id_}")
    assert (shown["name"], shown["email"], shown["state"]) == ("erased", "erased", "closed")
    again, _ = invited(world, email=WORDS[1])
    assert again != id_


def test_an_erasure_may_be_repeated(world: World) -> None:
    """It certifies once, unless the key came back."""
    id_, _ = invited(world)
    first = world.office.send("DELETE", f"/accounts/{id_}/personal-data").json
    before = world.events()
    again = world.office.send("DELETE", f"/accounts/{id_}/personal-data").json
    assert (again["fingerprint"], again["erased_at"]) == (first["fingerprint"], first["erased_at"])
    assert world.events() == before


def test_a_person_is_told_what_is_held(world: World) -> None:
    """Name, address and language, but not the hash of the password."""
    id_, token = invited(world, name=WORDS[0], email=WORDS[1])
    accounts.activate(world.house.ledger, token, PASSWORD)
    answer = world.alpha.get(f"/accounts/{id_}/personal-data")
    items = {(item["type"], item["field"]): item["value"] for item in answer.json["items"]}
    assert items == {
        ("account.invited", "person"): {"name": WORDS[0], "email": WORDS[1], "language": "en"},
        ("account.activated", "password"): "withheld",
    }
    assert "argon2" not in answer.text


def test_erasing_a_sole_proprietor_erases_its_people(world: World) -> None:
    """Those of a company are not touched by the erasure of its words."""
    sorensen: Caller = leave_traces(world)
    person = {"role": "firm", "subject": sorensen.id, "name": WORDS[0], "email": WORDS[1], "position": "owner"}
    id_ = UUID(sorensen.record("/accounts", person)["id"])
    company, _ = invited(world)
    for firm in (sorensen, world.alpha):
        assert world.office.send("DELETE", f"/firms/{firm.id}/personal-data").json["complete"]
    states = [world.house.ledger.load(Account, one).erasure is None for one in (id_, UUID(company))]
    assert states == [False, True]


def test_a_confirmed_job_keeps_counting_when_its_person_is_erased(world: World) -> None:
    """What was done stays, under an id that leads to nobody."""
    clerk = acting(world)
    job = confirmed(world.beta, world.alpha)
    world.office.send("DELETE", f"/accounts/{clerk.account}/personal-data")
    assert world.alpha.read(f"/collaborations/{job}")["confirmed"]
    assert clerk.position is Position.CLERK
