"""Signing in: by invitation and by password, with sessions that end when they should, on both databases."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from ledger.sessions.attempts import MOST
from tests.api.callers import refused
from tests.api.world import World
from tests.dashboards.people import Person, person

PASSWORD = "drei Boote im Hafen"
ANOTHER = "vier Boote im Hafen"
HOME = "/"


def invited(world: World, who: str = "alpha", **said: Any) -> dict[str, Any]:
    """Somebody who was invited over the interface; `path` is what the link opens, `email` the address."""
    email = f"{uuid4().hex}@example.org"
    sent = {"role": "firm", "subject": world.caller(who).id, "name": "Front desk", "email": email, **said}
    answer = world.caller(who).record("/accounts", sent)
    world.house.follower.catch_up()
    path = answer["invitation"].removeprefix(world.house.settings.public_url)
    assert path.startswith("/invitation/")
    return {**answer, "path": path, "email": email}


def taken_up(world: World, given: dict[str, Any], password: str = PASSWORD) -> Person:
    """Somebody who has taken up the invitation."""
    somebody = person(world, None)
    answer = somebody.send(given["path"], given["path"], password=password, again=password)
    assert (answer.status_code, answer.location) == (303, HOME), answer.text
    return somebody


def is_in(somebody: Person) -> bool:
    """Whether a page knows them."""
    return 'action="/logout"' in somebody.text("/login")


def sign_in(world: World, email: str, password: str = PASSWORD, **form: Any) -> tuple[Person, Any]:
    """Somebody who tries to sign in, and how they are answered."""
    somebody = person(world, None)
    return somebody, somebody.send("/login", "/login", email=email, password=password, **form)


def test_an_invitation_becomes_an_account(either_world: World) -> None:
    """The page says who is invited for whom; with a password of their own they are in, and the link opens no more."""
    given = invited(either_world, position="owner")
    somebody = person(either_world, None)
    page = somebody.text(given["path"])
    assert "Front desk" in page
    assert "Example alpha" in page
    assert "as its owner" in page
    somebody = taken_up(either_world, given)
    assert is_in(somebody)
    again = person(either_world, None).get(given["path"])
    assert again.status_code == 404
    assert "no longer opens" in again.text
    shown = either_world.alpha.read(f"/accounts/{given['id']}")
    assert (shown["state"], shown["position"], shown["invited_until"]) == ("active", "owner", None)


def test_a_password_opens_and_a_wrong_one_does_not(either_world: World) -> None:
    """The answer is the same for an address that nobody has."""
    given = invited(either_world)
    taken_up(either_world, given)
    somebody, answer = sign_in(either_world, f" {given['email'].upper()} ")
    assert (answer.status_code, answer.location, is_in(somebody)) == (303, HOME, True)
    somebody, wrong = sign_in(either_world, given["email"], ANOTHER)
    assert (wrong.status_code, is_in(somebody)) == (403, False)
    _, nobody = sign_in(either_world, "nobody@example.org", ANOTHER)
    assert wrong.text.replace(given["email"], "") == nobody.text.replace("nobody@example.org", "")
    somebody, empty = sign_in(either_world, given["email"], "")
    assert (empty.status_code, is_in(somebody)) == (422, False)


@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("/verify?x=1", "/verify?x=1"),
        *((to, HOME) for to in ("//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "x", "")),
    ],
)
def test_it_leads_where_the_reader_wanted_and_nowhere_else(world: World, to: str, leads: str) -> None:
    """An address of another host is none that this service leads to."""
    given = invited(world)
    taken_up(world, given)
    client = world.app.test_client()
    answer = client.post("/login", query_string={"to": to}, data={"email": given["email"], "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, leads)


@pytest.mark.parametrize("password", ["short", "aaaabbbbaaaabbbb", "my password is good", "the front desk's own"])
def test_a_weak_password_is_refused(world: World, password: str) -> None:
    """Too short, too uniform, what anybody tries first, or the person's name; the link stays good."""
    given = invited(world)
    somebody = person(world, None)
    answer = somebody.send(given["path"], given["path"], password=password, again=password)
    assert (answer.status_code, is_in(somebody)) == (422, False)
    differing = somebody.send(given["path"], given["path"], password=PASSWORD, again=ANOTHER)
    assert differing.status_code == 422
    taken_up(world, given)


def test_a_session_has_a_token_of_its_own(either_world: World) -> None:
    """What was in the cookie before signing in does not open anything afterwards, nor does a session that was left."""
    given = invited(either_world)
    taken_up(either_world, given)
    somebody = person(either_world, None)
    somebody.client.set_cookie("session", "planted")
    answer = somebody.send("/login", "/login", email=given["email"], password=PASSWORD)
    cookie = somebody.client.get_cookie("session")
    assert cookie is not None
    assert cookie.value != "planted"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert somebody.send("/login", "/logout").location == "/login"
    assert not is_in(somebody)
    somebody.client.set_cookie("session", cookie.value)
    assert not is_in(somebody)


def test_a_session_ends_by_rest_and_by_age(either_world: World) -> None:
    """Twelve hours without a request, or fourteen days with one every eleven hours."""
    resting, busy = person(either_world, "alpha"), person(either_world, "beta")
    either_world.clock.forward(hours=11)
    assert is_in(resting)
    assert is_in(busy)
    for _ in range(29):
        either_world.clock.forward(hours=11)
        assert is_in(busy)
    assert not is_in(resting)
    either_world.clock.forward(hours=11)
    assert not is_in(busy)


def test_a_closed_account_is_out_at_once(either_world: World) -> None:
    """Whichever process its session was begun in; and its address may be invited again."""
    given = invited(either_world)
    somebody = taken_up(either_world, given)
    assert either_world.alpha.send("DELETE", f"/accounts/{given['id']}").status_code == 204
    assert not is_in(somebody)
    assert sign_in(either_world, given["email"])[1].status_code == 403
    again = invited(either_world, email=given["email"])
    assert again["id"] != given["id"]


def test_a_new_invitation_sets_a_new_password(either_world: World) -> None:
    """For who has lost theirs; the sessions from before end, and the old password opens nothing."""
    given = invited(either_world)
    somebody = taken_up(either_world, given)
    link = either_world.alpha.record(f"/accounts/{given['id']}/invitation")["invitation"]
    assert is_in(somebody)
    path = link.removeprefix(either_world.house.settings.public_url)
    other = taken_up(either_world, {**given, "path": path}, ANOTHER)
    assert (is_in(somebody), is_in(other)) == (False, True)
    assert sign_in(either_world, given["email"])[1].status_code == 403
    assert sign_in(either_world, given["email"], ANOTHER)[1].status_code == 303


def test_changing_the_password_ends_every_session(world: World) -> None:
    """Who does not know the old one changes nothing."""
    given = invited(world)
    somebody, elsewhere = taken_up(world, given), sign_in(world, given["email"])[0]
    account = world.house.sign_in(given["email"], PASSWORD, "")
    world.house.change_password(account.actor, PASSWORD, ANOTHER)
    assert not is_in(somebody)
    assert not is_in(elsewhere)
    assert sign_in(world, given["email"], ANOTHER)[1].status_code == 303


def test_guessing_is_stopped(either_world: World) -> None:
    """After ten failures within 15 minutes also the right password is refused, until they have passed."""
    given = invited(either_world)
    taken_up(either_world, given)
    answers = [sign_in(either_world, given["email"], ANOTHER)[1].status_code for _ in range(MOST)]
    assert set(answers) == {403}
    _, stopped = sign_in(either_world, given["email"])
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["Retry-After"]) <= 901
    either_world.clock.forward(minutes=16)
    assert sign_in(either_world, given["email"])[1].status_code == 303


def test_an_address_is_counted_whomever_it_tries(world: World) -> None:
    """Guessing one password with many addresses is stopped as well; another caller is not hindered."""
    given = invited(world)
    taken_up(world, given)
    for number in range(MOST):
        sign_in(world, f"{number}@example.org")
    assert sign_in(world, given["email"])[1].status_code == 429
    client = world.app.test_client()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    answer = client.post("/login", data={"email": given["email"], "password": PASSWORD}, environ_base=elsewhere)
    assert answer.status_code == 303


def test_who_signs_in_often_is_not_stopped(world: World) -> None:
    """Only failures count."""
    given = invited(world)
    taken_up(world, given)
    assert {sign_in(world, given["email"])[1].status_code for _ in range(MOST + 2)} == {303}


def test_a_form_of_another_session_is_refused(world: World) -> None:
    """As is one without its secret; the secret is another text in every answer."""
    somebody, other = person(world, "alpha"), person(world, "beta")
    secrets = {str(somebody.text("/login").split('name="csrf" value="')[1].split('"')[0]) for _ in range(3)}
    assert len(secrets) == 3
    foreign = other.text("/login").split('name="csrf" value="')[1].split('"')[0]
    for wrong in ("", "x", "é", foreign, "A" * 88):
        assert somebody.client.post("/logout", data={"csrf": wrong}).status_code == 403
    assert is_in(somebody)
    for right in secrets:
        assert other.client.post("/logout", data={"csrf": right}).status_code == 403
    assert somebody.client.post("/logout", data={"csrf": secrets.pop()}).status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 422),
        ({"Origin": "http://127.0.0.1:8000"}, 422),
        ({"Origin": "http://localhost"}, 422),
        ({}, 422),
    ],
)
def test_a_form_of_another_site_is_refused(world: World, headers: dict[str, str], status: int) -> None:
    """Also the one for signing in, which has no session to hold a secret."""
    assert world.app.test_client().post("/login", headers=headers).status_code == status


def test_over_tls_the_cookie_is_bound_to_the_host(world: World) -> None:
    """No other host and no plain connection can set a cookie of that name."""
    object.__setattr__(world.house.settings, "public_url", "https://ledger.example.org")
    given = invited(world)
    client = world.app.test_client()
    answer = client.post(given["path"], data={"password": PASSWORD, "again": PASSWORD}, base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_language_is_taken_along_unless_one_was_chosen(world: World) -> None:
    """The account's language is that of its pages."""
    given = invited(world, language="da")
    somebody = taken_up(world, given)
    assert 'lang="da"' in somebody.text("/login")


def test_without_an_issuer_there_is_no_way_to_it(world: World) -> None:
    """Neither a button nor an address."""
    somebody = person(world, None)
    assert "/login/oidc" not in somebody.text("/login")
    assert somebody.get("/login/oidc").status_code == 404
    assert somebody.get("/login/oidc/callback?code=x&state=y").status_code == 404


def test_every_event_says_which_person_it_was(either_world: World) -> None:
    """To the firm, its coordinator and the operator; its partner and a bank read the firm alone."""
    world = either_world
    given = invited(world)
    taken_up(world, given)
    (event,) = [one for _, one in world.house.store.read(0, 10_000) if one.TOPIC == "account.activated"]
    assert event.actor == f"firm:{world.alpha.id} account:{given['id']}"
    assert event.originator_id == UUID(given["id"])


def test_an_address_has_one_account(either_world: World) -> None:
    """Whoever invites it, and however it is written."""
    given = invited(either_world)
    sent = {"role": "firm", "subject": either_world.beta.id, "name": "Desk", "email": given["email"].upper()}
    refused(either_world.beta.post("/accounts", sent), 409, "address-taken")
