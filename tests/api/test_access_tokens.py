"""Access tokens of programs, of a real issuer on a port of this machine: what opens, and everything that must not."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Response
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from ledger.api.credentials import still_caller
from ledger.domain.actor import Actor, Role
from ledger.sessions import tokens
from ledger.sessions.access_tokens import AccessTokens
from tests.api.access_table import rows
from tests.api.callers import Caller, refused
from tests.api.test_access import answer_to, unnamed
from tests.api.world import World
from tests.sessions.an_issuer import AUDIENCE, AnIssuer, issuing

CLIENT = "core-banking"


@pytest.fixture
def issuer(world: World) -> Iterator[AnIssuer]:
    """An issuer whose tokens this ledger takes, where the bank's program has a key."""
    with issuing() as made:
        trust(world, {made.url: ""})
        yield made


def trust(world: World, issuers: dict[str, str], algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")) -> None:
    """Let the ledger take tokens of these issuers."""
    object.__setattr__(world.house, "access_tokens", AccessTokens(issuers, AUDIENCE, algorithms, world.clock))


def named(world: World, issuer: AnIssuer, **more: Any) -> dict[str, Any]:
    """The key of the bank's program."""
    client = {"issuer": issuer.url, "subject": CLIENT}
    said = {"role": "bank", "subject": world.bank.id, "client": client, **more}
    made: dict[str, Any] = world.operator.record("/keys", said)
    return made


def token(world: World, issuer: AnIssuer, claims: dict[str, Any] | None = None, **header: Any) -> str:
    """A token of the bank's program, good unless something is changed."""
    return issuer.access_token(claims or {}, world.clock.now.timestamp(), **header)


def program(world: World, issuer: AnIssuer, claims: dict[str, Any] | None = None, **header: Any) -> Caller:
    """Who presents such a token."""
    return world.holding(token(world, issuer, claims, **header), world.bank.id)


def fetches(issuer: AnIssuer) -> int:
    """How often the keys of the issuer were fetched."""
    return issuer.asked.count("/keys")


def shut_out(caller: Caller) -> None:
    """The caller is told nothing but that it is not known."""
    answer = caller.get("/firms")
    refused(answer, 401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_program_acts_as_the_holder_of_its_key(world: World, issuer: AnIssuer) -> None:
    """Events say whom it acted for, as with a key that has a secret."""
    shut_out(program(world, issuer))  # nobody has issued it one
    made = named(world, issuer)
    assert "key" not in made
    hook = program(world, issuer).record("/webhooks", {"url": "https://hooks.example.org/bank"})
    assert [item["id"] for item in world.bank.read("/webhooks")["items"]] == [hook["id"]]
    shown = world.operator.read(f"/keys/{made['id']}")
    assert shown["client"] == {"issuer": issuer.url, "subject": CLIENT}
    assert shown["last_used_at"] is not None


def test_keys_are_fetched_once(world: World, issuer: AnIssuer) -> None:
    """By the discovery document, for as many tokens as come."""
    named(world, issuer)
    assert [program(world, issuer).get("/firms").status_code for _ in range(5)] == [200] * 5
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]


def test_keys_at_a_fixed_address_need_no_discovery(world: World, issuer: AnIssuer) -> None:
    """An issuer that is no OpenID provider will do."""
    trust(world, {issuer.url: f"{issuer.url}/keys"})
    named(world, issuer)
    assert program(world, issuer).get("/firms").status_code == 200
    assert issuer.asked == ["/keys"]


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_rsa_keys_open_as_well(world: World, issuer: AnIssuer, algorithm: str) -> None:
    """Elliptic curves are shown by every other test; the audience may be one of several."""
    issuer.key, issuer.more_keys = RSAKey.generate_key(2048, {"kid": "r"}), [issuer.key]
    named(world, issuer)
    assert program(world, issuer, {"aud": ["x", AUDIENCE]}, alg=algorithm, kid="r").get("/firms").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"iss": ["x"]},
        {"aud": "https://another.example"},
        {"aud": ["https://another.example"]},
        {"aud": None},
        {"sub": "another"},
        {"sub": None},
        {"sub": 7},
        {"sub": "x" * 256},
        {"sub": "core\nbanking"},
        {"exp": None},
        {"exp": "soon"},
        {"exp": 0},
        {"nbf": 2**40},
        {"iat": 2**40},
    ],
    ids=str,
)
def test_a_token_that_does_not_say_what_it_must_opens_nothing(
    world: World, issuer: AnIssuer, claims: dict[str, Any]
) -> None:
    """Wrong or missing issuer, audience, subject and times, one by one, beside one that opens."""
    named(world, issuer)
    assert program(world, issuer).get("/firms").status_code == 200
    shut_out(program(world, issuer, claims))


def test_a_token_opens_until_it_expires(world: World, issuer: AnIssuer) -> None:
    """Clocks may differ by a minute."""
    named(world, issuer)
    caller = program(world, issuer)
    world.clock.forward(seconds=350)
    assert caller.get("/firms").status_code == 200
    world.clock.forward(seconds=15)
    shut_out(caller)


def test_a_stream_ends_with_the_token(world: World, issuer: AnIssuer) -> None:
    """It asks again and again whose it is."""
    named(world, issuer)
    with world.app.test_request_context(headers={"Authorization": f"Bearer {token(world, issuer)}"}):
        who = still_caller()
    assert who() == Actor(Role.BANK, UUID(world.bank.id))
    world.clock.forward(seconds=400)
    assert who() is None


def test_revoking_shuts_a_program_out_at_once(world: World, issuer: AnIssuer) -> None:
    """However long its token lasts, and for good; so does the end of its key."""
    made = named(world, issuer)
    caller = program(world, issuer)
    assert caller.get("/firms").status_code == 200
    assert world.operator.send("DELETE", f"/keys/{made['id']}").status_code == 204
    shut_out(caller)
    again = {"role": "bank", "subject": world.bank.id, "client": {"issuer": issuer.url, "subject": CLIENT}}
    refused(world.operator.post("/keys", again), 409, "state-conflict")
    refused(world.operator.post(f"/keys/{made['id']}/rotation"), 409, "state-conflict")


def test_the_key_of_a_program_ends(world: World, issuer: AnIssuer) -> None:
    """As any other."""
    named(world, issuer, expires_at=datetime.fromtimestamp(world.clock.now.timestamp() + 60, UTC).isoformat())
    caller = program(world, issuer)
    assert caller.get("/firms").status_code == 200
    world.clock.forward(seconds=61)
    shut_out(caller)


def forged(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    """A token put together by hand."""
    return ".".join(encoded(part) for part in (json.dumps(header).encode(), json.dumps(claims).encode(), signature))


def shared(claims: dict[str, Any], secret: bytes) -> str:
    """A token with a good HMAC under this secret."""
    signed = forged({"alg": "HS256", "kid": "one"}, claims).rpartition(".")[0]
    return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), 'sha256'))}"


def encoded(part: bytes) -> str:
    """A part of a token."""
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def test_tokens_without_a_signature_of_the_issuer_open_nothing(world: World, issuer: AnIssuer) -> None:
    """No algorithm, a shared secret made of the public key, a key of one's own, a key that the token brings along."""
    named(world, issuer)
    now = int(world.clock.now.timestamp())
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": CLIENT, "exp": now + 300}
    named_key = {"alg": "ES256", "kid": "one"}
    own = ECKey.generate_key("P-256", {"kid": "one"})
    good = token(world, issuer)
    header, payload, signature = good.split(".")
    presented = {
        "no algorithm": forged({"alg": "none", "kid": "one"}, claims),
        "no algorithm, signed": forged({"alg": "none", "kid": "one"}, claims, b"x"),
        "no known algorithm": forged({"alg": "None", "kid": "one"}, claims, b"x"),
        "public key as a secret": shared(claims, issuer.key.as_pem(private=False)),
        "public key in DER as a secret": shared(claims, issuer.key.as_der(private=False)),
        "own key": jwt.encode(named_key, claims, own),
        "own key, brought along": jwt.encode({**named_key, "jwk": own.as_dict(private=False)}, claims, own),
        "own key, by address": jwt.encode({**named_key, "jku": "https://elsewhere.example/keys"}, claims, own),
        "critical extension": forged({**named_key, "crit": ["x"], "x": 1}, claims, b"x" * 64),
        "changed content": f"{header}.{payload[:-2]}AA.{signature}",
        "no signature": f"{header}.{payload}.",
        "two parts": f"{header}.{payload}",
        "five parts": f"{good}.{payload}.{signature}",
        "no JSON": "YQ.YQ.YQ",
        "deep JSON": f"{header}.{encoded(b'[' * 5_000)}.{signature}",
    }
    assert {name: world.holding(one).get("/firms").status_code for name, one in presented.items()} == dict.fromkeys(
        presented, 401
    )
    assert world.holding(good).get("/firms").status_code == 200


def test_the_issuer_itself_may_not_share_a_secret(world: World, issuer: AnIssuer) -> None:
    """A secret among its keys is none of ours, and nothing else is disturbed by it."""
    secret = OctKey.generate_key(256, {"kid": "shared"})
    issuer.more_keys = [secret]  # type: ignore[list-item]
    named(world, issuer)
    now = int(world.clock.now.timestamp())
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": CLIENT, "exp": now + 300}
    shut_out(world.holding(jwt.encode({"alg": "HS256", "kid": "shared"}, claims, secret)))
    assert program(world, issuer).get("/firms").status_code == 200


def test_a_token_names_its_key(world: World, issuer: AnIssuer) -> None:
    """Though there is one alone; nobody is asked for a key without a name."""
    named(world, issuer)
    for kid in (None, 7, ""):
        answer = world.holding(token_with(world, issuer, kid)).get("/firms")
        assert answer.status_code == 401
    assert fetches(issuer) <= 1


def token_with(world: World, issuer: AnIssuer, kid: Any) -> str:
    """A good token but for the name of its key, signed all the same."""
    if not isinstance(kid, int):
        return token(world, issuer, kid=kid)
    _, payload, signature = token(world, issuer).split(".")
    return f"{encoded(json.dumps({'alg': 'ES256', 'kid': kid}).encode())}.{payload}.{signature}"


def test_unknown_keys_are_looked_for_once_a_minute(
    world: World, issuer: AnIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flood of made-up names costs the issuer nothing; a new key of its own opens a minute later."""
    named(world, issuer)
    clock = [1_000.0]
    monkeypatch.setattr("ledger.sessions.tokens.time.monotonic", lambda: clock[0])
    assert program(world, issuer).get("/firms").status_code == 200
    for number in range(50):
        shut_out(program(world, issuer, kid=f"made up {number}"))
    assert fetches(issuer) == 1
    issuer.key, issuer.more_keys = RSAKey.generate_key(2048, {"kid": "new"}), [issuer.key]
    shut_out(program(world, issuer, alg="RS256", kid="new"))
    clock[0] += tokens.KEYS_EVERY
    assert program(world, issuer, alg="RS256", kid="new").get("/firms").status_code == 200
    assert fetches(issuer) == 2


def test_an_issuer_that_is_silent_is_asked_once_a_minute(
    world: World, issuer: AnIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its known keys count on; one that it withdraws counts no more once it has said so."""
    named(world, issuer)
    clock = [1_000.0]
    monkeypatch.setattr("ledger.sessions.tokens.time.monotonic", lambda: clock[0])
    issuer.silent = True
    for _ in range(5):
        shut_out(program(world, issuer))
    assert len(issuer.asked) == 1
    issuer.silent = False
    clock[0] += tokens.KEYS_EVERY
    caller = program(world, issuer)
    assert caller.get("/firms").status_code == 200
    issuer.silent = True
    clock[0] += tokens.KEYS_FOR
    assert caller.get("/firms").status_code == 200
    issuer.silent, issuer.key = False, ECKey.generate_key("P-256", {"kid": "two"})
    clock[0] += tokens.KEYS_FOR
    shut_out(caller)


def trickle() -> Iterator[str]:
    """An answer without end, of which something comes all the time."""
    while True:
        time.sleep(0.05)
        yield " "


UNUSABLE: dict[str, Callable[[], Response]] = {
    "too large": lambda: Response(" " * (tokens.LARGEST + 1)),
    "without end": lambda: Response(trickle()),
    "broken off": lambda: Response("{}", headers={"Content-Length": "1000"}),
    "compressed, it says": lambda: Response("{}", headers={"Content-Encoding": "gzip"}),
    "no JSON": lambda: Response("<html>"),
    "deep": lambda: Response("[" * 100_000),
    "no object": lambda: Response("[]"),
    "no keys": lambda: Response("{}"),
    "keys that are none": lambda: Response('{"keys": 7}'),
    "a key that is none": lambda: Response('{"keys": [7, {"kty": "EC", "kid": "one"}, {"kty": ["EC"]}]}'),
    "elsewhere": lambda: Response(status=302, headers={"Location": "/keys"}),
}


@pytest.mark.parametrize("instead", UNUSABLE)
def test_an_issuer_that_does_not_answer_as_it_should_breaks_nothing(
    world: World, issuer: AnIssuer, monkeypatch: pytest.MonkeyPatch, instead: str
) -> None:
    """Too much, too long, or anything but keys: its programs are not known, and nobody waits for long."""
    named(world, issuer)
    monkeypatch.setattr(tokens, "PATIENCE", 0.5)
    issuer.instead = UNUSABLE[instead]
    began = time.monotonic()
    shut_out(program(world, issuer))
    assert time.monotonic() - began < 10
    assert world.bank.get("/firms").status_code == 200


def test_a_huge_token_is_not_read(world: World, issuer: AnIssuer) -> None:
    """Nor is what is no token at all looked at closely, however long it is."""
    named(world, issuer)
    shut_out(program(world, issuer, {"more": "x" * 10_000}))
    for text in ("a" * 100_000, "a.b.c", "eyJ" * 30_000 + ".a.b", ".." * 9, "cl_garbage"):
        shut_out(world.holding(text))
    assert issuer.asked == []


def test_who_may_name_a_program(world: World, issuer: AnIssuer) -> None:
    """An operator for all, a coordinator for its office and firms; a firm or a bank could name somebody else's."""
    client = {"issuer": issuer.url, "subject": "erp"}
    alpha = {"role": "firm", "subject": world.alpha.id, "client": client}
    bank = {"role": "bank", "subject": world.bank.id, "client": client}
    refused(world.alpha.post("/keys", alpha), 403, "not-permitted")
    refused(world.bank.post("/keys", bank), 403, "not-permitted")
    refused(world.other_office.post("/keys", alpha), 403, "not-permitted")
    refused(world.office.post("/keys", bank), 403, "not-permitted")
    assert world.office.post("/keys", alpha).status_code == 201
    refused(world.operator.post("/keys", bank), 409, "state-conflict")


def test_an_issuer_that_is_not_set_is_refused(world: World, issuer: AnIssuer) -> None:
    """A slip would be a key that never opens."""
    client = {"issuer": f"{issuer.url}/", "subject": CLIENT}
    said = {"role": "bank", "subject": world.bank.id, "client": client}
    assert issuer.url in refused(world.operator.post("/keys", said), 422, "invalid-request", "/client/issuer")
    trust(world, {})
    refused(world.operator.post("/keys", said), 422, "invalid-request", "/client/issuer")
    shut_out(program(world, issuer))


def test_two_issuers_do_not_speak_for_each_other(world: World, issuer: AnIssuer) -> None:
    """Each has keys and programs of its own, by whatever names."""
    with issuing() as other:
        trust(world, {issuer.url: "", other.url: ""})
        named(world, issuer)
        shut_out(program(world, other))
        shut_out(program(world, other, {"iss": issuer.url}))
        assert program(world, issuer).get("/firms").status_code == 200


def test_who_presents_what_opens_nothing_is_nobody(world: World, issuer: AnIssuer) -> None:
    """At every endpoint: an expired key, an expired token and one for somebody else are answered as no key is."""
    named(world, issuer)
    soon = datetime.fromtimestamp(world.clock.now.timestamp() + 60, UTC).isoformat()
    said = {"role": "bank", "subject": world.bank.id, "expires_at": soon}
    key, old = world.holding(world.operator.record("/keys", said)["key"]), program(world, issuer)
    assert [caller.get("/firms").status_code for caller in (key, old)] == [200, 200]
    world.clock.forward(seconds=400)
    callers = {
        "anyone": world.anyone,
        "expired": key,
        "expired token": old,
        "wrong audience": program(world, issuer, {"aud": "https://another.example"}),
    }
    for row, expected in rows().items():
        about = str(uuid4())
        found = {name: answer_to(world, row, caller, "anyone", about) for name, caller in callers.items()}
        known = {unnamed(answer)["code"] for answer in found.values() if answer.status_code == 401}
        assert known == ({"unauthenticated"} if expected["anyone"] == "401" else set()), row
        assert len({answer.status_code for answer in found.values()}) == 1, row
