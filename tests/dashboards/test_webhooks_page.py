"""Webhooks by form: who adds them, what is shown once, what came of each delivery, and how one ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest

from ledger.delivery.courier import Courier
from ledger.delivery.feed import Feed
from ledger.web.languages import LANGUAGES
from tests.api.jobs import consent
from tests.api.world import World
from tests.dashboards.people import Person, person
from tests.receiver import Receiver, receiving

PAGE = "/settings/webhooks"
SECRET = re.compile(r'<code id="secret">(whsec_[^<]+)</code>')
ADDRESS = "https://hooks.example.org/ledger"
EMPTY = {
    "en": "Nothing is sent anywhere yet.",
    "de": "Noch wird nirgendwohin etwas gesendet.",
    "da": "Der sendes endnu ikke noget nogen steder hen.",
}
ONCE = {
    "en": "Copy the secret now. It is shown this once.",
    "de": "Kopieren Sie das Geheimnis jetzt. Es wird nur dieses eine Mal gezeigt.",
    "da": "Kopiér hemmeligheden nu. Den vises kun denne ene gang.",
}
WHO = ("alpha", "bank", "office", "operator")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody who listens."""
    with receiving() as one:
        yield one


def added(somebody: Person, **fields: Any) -> Any:
    """The answer to the form of a webhook."""
    return somebody.send(PAGE, PAGE, **{"url": ADDRESS, **fields})


def the_only(somebody: Person) -> Any:
    """The one webhook that somebody sees."""
    (found,) = somebody.get(f"{PAGE}.json").json["webhooks"]
    return found


def deliver(world: World) -> None:
    """Send what is due."""
    world.house.follower.catch_up()
    feed = Feed(world.house.views, world.house.store, world.house.settings.public_url)
    with closing(Courier(world.house.ledger, feed, world.house.log_engine, local=True)) as courier:
        courier.look()
        courier.settle()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WHO)
def test_a_webhook_is_added_and_its_secret_shown_once(world: World, who: str, language: str) -> None:
    """For whomever one acts for; nobody finds the secret again."""
    somebody = person(world, who, language)
    assert EMPTY[language] in somebody.text(PAGE)
    answer = added(somebody, types=["ledger.consent.granted"])
    assert ONCE[language] in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    secret = SECRET.search(answer.text)
    assert secret
    page = somebody.text(PAGE)
    assert ADDRESS in page
    assert secret[1] not in page
    assert the_only(somebody)["types"] == ["ledger.consent.granted"]


def test_everybody_chooses_among_the_events_that_concern_them(world: World) -> None:
    """A bank is told of consents and referrals alone, a firm of no epochs."""
    offered = {who: set(re.findall(r'name="types" value="([^"]+)"', person(world, who).text(PAGE))) for who in WHO}
    assert {type_.split(".")[1] for type_ in offered["bank"]} == {"consent", "referral"}
    assert "ledger.referral.outcome-reported" in offered["alpha"] - offered["bank"]
    assert "ledger.epoch.closed" in offered["office"] - offered["alpha"]
    assert offered["operator"] > offered["office"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faulty_form_keeps_what_was_typed(world: World, language: str) -> None:
    """An address that is none, or within somebody's own network, or an unknown event; nothing is recorded."""
    alpha, before = person(world, "alpha", language), None
    for fields in ({"url": ""}, {"url": "http://example.org"}, {"url": "https://10.0.0.1/<x>"}, {"types": ["other"]}):
        answer = added(alpha, **fields)
        before = before or world.events()
        assert answer.status_code == 422
        assert f'id="{next(iter(fields))}-fault"' in answer.text
        assert "<x>" not in answer.text
    assert 'value="https://hooks.example.org/ledger"' in answer.text
    assert world.events() == before


def test_twenty_are_the_most(world: World) -> None:
    """The next one is refused at its field."""
    alpha = person(world, "alpha")
    for _ in range(20):
        assert added(alpha).status_code == 200
    answer = added(alpha)
    assert answer.status_code == 422
    assert 'id="url-fault"' in answer.text


def test_what_came_of_each_delivery_is_listed(world: World, receiver: Receiver) -> None:
    """With what the receiver answered; on request the event is sent once more."""
    alpha = person(world, "alpha")
    world.alpha.record("/webhooks", {"url": receiver.url})
    page = f"{PAGE}/{the_only(alpha)['id']}"
    assert "Nothing was sent yet." in alpha.text(page)
    receiver.status = 500
    consent(world.alpha, world.bank)
    deliver(world)
    shown = alpha.text(page)
    assert "Being tried again" in shown
    assert "Refused" in shown
    (failed,) = alpha.get(f"{page}.json").json["deliveries"]
    assert (failed["type"], failed["status"]) == ("ledger.consent.granted", 500)
    receiver.status = 204
    again = alpha.send(page, f"{page}/deliveries/{failed['number']}")
    assert again.location == f"{page}?done=again"
    assert "once more" in alpha.text(again.location)
    deliver(world)
    assert "Arrived" in alpha.text(page)
    assert alpha.send(page, f"{page}/deliveries/99").status_code == 404


def test_a_webhook_is_removed_after_asking(world: World) -> None:
    """Another's does not exist; the operator sees everybody's."""
    alpha = person(world, "alpha")
    added(alpha)
    path = f"{PAGE}/{the_only(alpha)['id']}"
    for stranger in ("beta", "bank", "office"):
        other = person(world, stranger)
        assert other.get(path).status_code == other.get(f"{path}/remove").status_code == 404
        assert other.send(PAGE, f"{path}/remove").status_code == 404
        assert other.send(PAGE, f"{path}/deliveries/1").status_code == 404
    assert ADDRESS in person(world, "operator").text(path)
    assert ADDRESS in alpha.text(f"{path}/remove")
    assert alpha.send(f"{path}/remove", f"{path}/remove").location == f"{PAGE}?done=removed"
    assert "The webhook is removed." in alpha.text(f"{PAGE}?done=removed")
    assert alpha.send(PAGE, f"{path}/remove").status_code == 303
    assert alpha.get(path).status_code == 404
    assert alpha.get(f"{PAGE}/{uuid4()}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clerk_sees_no_address(world: World, language: str) -> None:
    """It may hold what opens it; what is sent all the same is refused."""
    owner, clerk = person(world, "alpha", language), person(world, "alpha", language, position="clerk")
    added(owner)
    path, before = f"{PAGE}/{the_only(owner)['id']}", world.events()
    assert ADDRESS not in clerk.text(PAGE)
    assert clerk.get(f"{PAGE}.json").json["webhooks"] == []
    assert clerk.get(path).status_code == clerk.get(f"{path}/remove").status_code == 404
    assert added(clerk).status_code == 403
    for form in (f"{path}/remove", f"{path}/deliveries/1"):
        assert clerk.send("/settings", form).status_code == 403
    assert world.events() == before
