"""Signing in at an issuer of OpenID Connect: a real one, on a port of this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc.jwk import ECKey

from ledger.sessions.issuer import Issuer
from tests.api.world import World
from tests.dashboards.people import Person, person
from tests.dashboards.test_login import PASSWORD, invited, is_in, sign_in, taken_up
from tests.sessions.an_issuer import CLIENT, SECRET, AnIssuer, issuing

EMAIL = "front.desk@example.org"


@pytest.fixture
def issuer(world: World) -> Iterator[AnIssuer]:
    """An issuer that this ledger trusts, and that knows somebody under the address."""
    with issuing() as made:
        made.who = {"sub": "person-7", "email": EMAIL, "email_verified": True}
        object.__setattr__(world.house, "issuer", Issuer(made.url, CLIENT, SECRET))
        yield made


def came_back(world: World, somebody: Person | None = None) -> tuple[Person, Any]:
    """Somebody who went to the issuer and came back, and how they are answered."""
    somebody = somebody or person(world, None)
    away = somebody.get("/login/oidc")
    assert away.status_code == 303
    there = requests.get(away.location, allow_redirects=False, timeout=5)
    back = urlsplit(there.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == world.house.settings.public_url
    return somebody, somebody.get(f"{back.path}?{back.query}")


def test_an_invitation_is_taken_up_at_the_issuer(world: World, issuer: AnIssuer) -> None:
    """By the address that it has verified; from then on by its own name for the person, whatever the address is."""
    invited(world, email=EMAIL.upper())
    somebody, answer = came_back(world)
    assert (answer.status_code, answer.location, is_in(somebody)) == (303, "/", True)
    issuer.who = {"sub": "person-7", "email": "other@example.org", "email_verified": False}
    assert is_in(came_back(world)[0])
    assert sign_in(world, EMAIL)[1].status_code == 403  # there is no password
    assert "/login/oidc" in person(world, None).text("/login")


def test_an_account_with_a_password_is_found_as_well(world: World, issuer: AnIssuer) -> None:
    """And keeps its password."""
    taken_up(world, invited(world, email=EMAIL))
    assert is_in(came_back(world)[0])
    assert sign_in(world, EMAIL, PASSWORD)[1].status_code == 303


def test_nobody_gets_in_who_is_not_invited(world: World, issuer: AnIssuer) -> None:
    """An address that the issuer has not verified is none; neither is one of a closed account."""
    somebody, answer = came_back(world)
    assert (answer.status_code, is_in(somebody)) == (403, False)
    given = invited(world, email=EMAIL)
    for unverified in (False, "true", None):
        issuer.who["email_verified"] = unverified
        assert not is_in(came_back(world)[0])
    issuer.who["email_verified"] = True
    world.alpha.send("DELETE", f"/accounts/{given['id']}")
    assert not is_in(came_back(world)[0])


def test_an_address_that_was_given_to_somebody_else_opens_nothing(world: World, issuer: AnIssuer) -> None:
    """One account has one identity at an issuer."""
    invited(world, email=EMAIL)
    came_back(world)
    issuer.who["sub"] = "person-8"
    somebody, answer = came_back(world)
    assert (answer.status_code, is_in(somebody)) == (409, False)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://elsewhere.example"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(time.time()) - 120},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    world: World, issuer: AnIssuer, claims: dict[str, Any]
) -> None:
    """Each check of the standard, one by one."""
    invited(world, email=EMAIL)
    issuer.claims = claims
    somebody, answer = came_back(world)
    assert (answer.status_code, is_in(somebody)) == (403, False)


def test_a_token_of_another_key_is_refused(world: World, issuer: AnIssuer) -> None:
    """Under the name of a known one as well."""
    invited(world, email=EMAIL)
    issuer.signs_with = ECKey.generate_key("P-256", {"kid": "one"})
    assert came_back(world)[1].status_code == 403


def test_an_answer_that_another_browser_began_opens_nothing(world: World, issuer: AnIssuer) -> None:
    """Nor one that was begun here and is sent twice, nor one without a code."""
    invited(world, email=EMAIL)
    away = person(world, None).get("/login/oidc").location
    foreign = urlsplit(requests.get(away, allow_redirects=False, timeout=5).headers["Location"])
    victim = person(world, None)
    victim.get("/login/oidc")
    assert victim.get(f"{foreign.path}?{foreign.query}").status_code == 403
    assert person(world, None).get(f"{foreign.path}?{foreign.query}").status_code == 403
    somebody = person(world, None)
    state = parse_qs(urlsplit(somebody.get("/login/oidc").location).query)["state"][0]
    assert somebody.get(f"{foreign.path}?error=access_denied&state={state}").status_code == 403
    assert not is_in(somebody)


def test_an_issuer_that_is_gone_is_said(world: World) -> None:
    """The page of a refusal, and no fault."""
    object.__setattr__(world.house, "issuer", Issuer("http://127.0.0.1:9", CLIENT, SECRET))
    assert person(world, None).get("/login/oidc").status_code == 403
