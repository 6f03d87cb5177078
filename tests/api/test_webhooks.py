"""Webhooks: a holder is sent what its feed tells it, signed, in order, at least once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger.delivery.courier import Courier
from ledger.delivery.feed import Feed
from ledger.delivery.signature import signature
from tests.api.callers import Caller, refused
from tests.api.jobs import confirmed, consent
from tests.api.world import World
from tests.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody who listens."""
    with receiving() as one:
        yield one


def hook(caller: Caller, receiver: Receiver, *types: str) -> Any:
    """Register a webhook."""
    named = {"types": [f"ledger.{type_}" for type_ in types]} if types else {}
    return caller.record("/webhooks", {"url": receiver.url, **named})


def deliver(world: World) -> None:
    """Send what is due."""
    world.house.follower.catch_up()
    feed = Feed(world.house.views, world.house.store, world.house.settings.public_url)
    with closing(Courier(world.house.ledger, feed, world.house.log_engine, local=True)) as courier:
        courier.look()
        courier.settle()


def test_a_holder_is_sent_its_feed(either_world: World, receiver: Receiver) -> None:
    """From the registration on, in order, as the feed tells it, and signed with the secret that was shown."""
    world = either_world
    consent(world.alpha, world.bank)
    made = hook(world.alpha, receiver)
    confirmed(world.alpha, world.beta)
    deliver(world)
    deliver(world)
    told = world.alpha.get(f"/events?after={made['position']}").json
    assert [message.event for message in receiver.messages] == told
    assert receiver.types() == ["collaboration.proposed", "collaboration.accepted", "collaboration.confirmed"]
    for message in receiver.messages:
        id_, at = message.headers["webhook-id"], int(message.headers["webhook-timestamp"])
        assert message.headers["webhook-signature"] == signature(made["secret"], id_, at, message.body)
        assert message.headers["content-type"] == "application/cloudevents+json"
        assert message.path == "/hook?of=ledger"


def test_a_holder_chooses_types(world: World, receiver: Receiver) -> None:
    """Nothing else is sent."""
    hook(world.alpha, receiver, "consent.granted", "consent.withdrawn")
    confirmed(world.alpha, world.beta)
    consent(world.alpha, world.bank)
    deliver(world)
    assert receiver.types() == ["consent.granted"]
    body = {"url": receiver.url, "types": ["ledger.nothing.happened"]}
    refused(world.alpha.post("/webhooks", body), 422, "invalid-request", "/types/0")


def test_the_secret_is_shown_once_and_lies_nowhere_in_clear(world: World, receiver: Receiver, tmp_path: Path) -> None:
    """Neither in an answer nor in a file; the address lies in the read models alone."""
    made = hook(world.alpha, receiver)
    shown = world.alpha.read(f"/webhooks/{made['id']}")
    assert shown["url"] == receiver.url
    assert (shown["state"], shown["types"]) == ("active", [])
    assert made["secret"] not in str(world.alpha.read("/webhooks")) + str(world.operator.get("/events?limit=200").json)
    held = world.office.read(f"/firms/{world.alpha.id}/personal-data")["items"]
    assert [one["value"] for one in held if one["field"] == "secret"] == ["withheld"]
    for file in tmp_path.glob("*.db*"):
        assert made["secret"].removeprefix("whsec_").encode() not in file.read_bytes(), file
        assert receiver.url.encode() not in file.read_bytes() or "views" in file.name, file


def test_a_receiver_that_fails_is_tried_again(either_world: World, receiver: Receiver) -> None:
    """Later each time, with the same id, and nothing overtakes."""
    world = either_world
    made = hook(world.alpha, receiver)
    consent(world.alpha, world.bank)
    given = consent(world.alpha, world.other_bank)
    receiver.status = 500
    for seconds in (0, 1, 4, 29):  # 5 s after the first failure, 30 s after the second
        world.clock.forward(seconds=seconds)
        deliver(world)
    assert len(set(receiver.ids())) == 1
    assert len(receiver.ids()) == 2
    standing = world.alpha.read(f"/webhooks/{made['id']}")
    assert standing["failing_since"] < standing["next_at"]
    receiver.status = 200
    world.clock.forward(seconds=30)
    deliver(world)
    assert receiver.types() == ["consent.granted"] * 4
    assert receiver.messages[-1].event["subject"] == f"consent/{given}"
    listed = world.alpha.read(f"/webhooks/{made['id']}/deliveries")["items"]
    assert [(one["outcome"], one["status"]) for one in listed] == [("delivered", 200)] * 2 + [("refused", 500)] * 2
    assert world.alpha.read(f"/webhooks/{made['id']}")["failing_since"] is None


def test_it_is_given_up_after_three_days(world: World, receiver: Receiver) -> None:
    """And taken up again when its holder asks for a delivery."""
    made = hook(world.alpha, receiver)
    consent(world.alpha, world.bank)
    receiver.status = 500
    for _ in range(80):
        deliver(world)
        world.clock.forward(hours=1)
    tried = len(receiver.messages)
    assert 70 < tried < 80
    path = f"/webhooks/{made['id']}"
    assert world.alpha.read(path)["state"] == "failing"
    receiver.status = 204
    deliver(world)
    assert len(receiver.messages) == tried
    assert world.alpha.post(f"{path}/deliveries/{tried}/redelivery").status_code == 202
    deliver(world)
    assert world.alpha.read(path)["state"] == "active"
    assert len(set(receiver.ids())) == 1
    refused(world.alpha.post(f"{path}/deliveries/999/redelivery"), 404, "not-found")
    refused(world.beta.post(f"{path}/deliveries/1/redelivery"), 404, "not-found")


def test_a_delivery_is_sent_once_more(world: World, receiver: Receiver) -> None:
    """With the same id, and what comes after it is not sent twice."""
    made = hook(world.alpha, receiver)
    consent(world.alpha, world.bank)
    consent(world.alpha, world.other_bank)
    deliver(world)
    assert world.alpha.post(f"/webhooks/{made['id']}/deliveries/1/redelivery").status_code == 202
    deliver(world)
    deliver(world)
    first, second = dict.fromkeys(receiver.ids())
    assert receiver.ids() == [first, second, first]


def test_one_that_is_gone_is_left_alone(world: World, receiver: Receiver) -> None:
    """410 says so."""
    made = hook(world.alpha, receiver)
    consent(world.alpha, world.bank)
    receiver.status = 410
    deliver(world)
    world.clock.forward(days=1)
    deliver(world)
    assert len(receiver.messages) == 1
    assert world.alpha.read(f"/webhooks/{made['id']}")["state"] == "gone"


def test_redirects_are_not_followed(world: World, receiver: Receiver) -> None:
    """They are a refusal like any other."""
    made = hook(world.alpha, receiver)
    consent(world.alpha, world.bank)
    receiver.status, receiver.headers = 307, {"Location": receiver.url.replace("/hook", "/elsewhere")}
    deliver(world)
    assert [message.path for message in receiver.messages] == ["/hook?of=ledger"]
    listed = world.alpha.read(f"/webhooks/{made['id']}/deliveries")["items"]
    assert [(one["outcome"], one["status"]) for one in listed] == [("refused", 307)]


def test_after_a_withdrawal_a_bank_is_sent_no_more(either_world: World, receiver: Receiver) -> None:
    """It is told that the consent ended, and of nothing that happened since."""
    world = either_world
    hook(world.bank, receiver)
    given = consent(world.alpha, world.bank)
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})["id"]
    deliver(world)
    assert receiver.types() == ["consent.granted", "referral.issued"]
    world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})
    assert world.alpha.send("DELETE", f"/consents/{given}").status_code == 204
    assert world.alpha.send("DELETE", f"/referrals/{referral}").status_code == 204
    confirmed(world.alpha, world.beta)
    deliver(world)
    assert receiver.types() == ["consent.granted", "referral.issued", "consent.withdrawn"]


def test_a_withdrawal_between_two_messages_stops_the_second(world: World, receiver: Receiver) -> None:
    """What was due a moment ago is looked up anew before it is sent."""
    consent(world.alpha, world.bank)
    hook(world.bank, receiver)
    given = consent(world.beta, world.bank)
    for _ in range(2):
        world.bank.record("/referrals", {"firm": world.beta.id, "purpose": "machine loan"})

    def withdraw(message: Any) -> None:
        if message.event["type"] == "ledger.referral.issued":
            world.beta.send("DELETE", f"/consents/{given}")
            world.house.follower.catch_up()

    receiver.before = withdraw
    deliver(world)
    assert receiver.types() == ["consent.granted", "referral.issued", "consent.withdrawn"]


def test_a_removed_webhook_is_sent_nothing(world: World, receiver: Receiver) -> None:
    """Not even what was due before."""
    made = hook(world.alpha, receiver)
    deliver(world)
    consent(world.alpha, world.bank)
    assert world.alpha.send("DELETE", f"/webhooks/{made['id']}").status_code == 204
    deliver(world)
    assert receiver.messages == []
    assert world.alpha.get(f"/webhooks/{made['id']}").status_code == 404
    refused(world.alpha.send("DELETE", f"/webhooks/{made['id']}"), 409, "state-conflict")


def test_an_erased_firm_is_sent_nothing(world: World, receiver: Receiver) -> None:
    """Address and secret are erased with the rest of what it said."""
    hook(world.alpha, receiver)
    consent(world.alpha, world.bank)
    assert world.office.send("DELETE", f"/firms/{world.alpha.id}/personal-data").status_code == 200
    deliver(world)
    assert receiver.messages == []
    assert [one["url"] for one in world.alpha.read("/webhooks")["items"]] == ["erased"]


def test_a_slow_receiver_holds_up_itself_alone(world: World, receiver: Receiver) -> None:
    """Others are sent theirs meanwhile."""
    released = threading.Event()
    receiver.before = lambda _: released.wait(20)
    with receiving() as quick:
        hook(world.alpha, receiver)
        hook(world.bank, quick)
        consent(world.alpha, world.bank)
        world.house.follower.catch_up()
        feed = Feed(world.house.views, world.house.store, "test")
        with closing(Courier(world.house.ledger, feed, world.house.log_engine, local=True)) as courier:
            courier.look()
            deadline = time.monotonic() + 5
            while not quick.messages and time.monotonic() < deadline:
                time.sleep(0.05)
            assert (len(quick.messages), len(receiver.messages)) == (1, 1)
            released.set()
            courier.settle()


def test_two_couriers_send_once(either_world: World, receiver: Receiver) -> None:
    """One that finds another at it leaves the webhook to it."""
    world = either_world
    hook(world.alpha, receiver)
    consent(world.alpha, world.bank)
    world.house.follower.catch_up()
    receiver.before = lambda _: time.sleep(0.5)
    feed = Feed(world.house.views, world.house.store, "test")
    with (
        closing(Courier(world.house.ledger, feed, world.house.log_engine, local=True)) as one,
        closing(Courier(world.house.ledger, feed, world.house.log_engine, local=True)) as other,
    ):
        for courier in (one, other):
            courier.look()
        for courier in (one, other):
            courier.settle()
    assert receiver.types() == ["consent.granted"]


def test_only_the_holder_and_the_operator_know_of_it(world: World, receiver: Receiver) -> None:
    """Not even the office of its network."""
    made = hook(world.alpha, receiver)
    path = f"/webhooks/{made['id']}"
    for caller in (world.office, world.beta, world.bank):
        assert caller.get(path).status_code == 404
        assert caller.get(f"{path}/deliveries").status_code == 404
        assert caller.send("DELETE", path).status_code == 404
        assert caller.read("/webhooks")["items"] == []
    assert world.operator.read(path)["subject"] == world.alpha.id


def test_a_holder_has_so_many(world: World) -> None:
    """Each is an address that everything is sent to; another holder has its own."""
    body = {"url": "https://hooks.example.org/ledger"}
    made = [world.alpha.record("/webhooks", body)["id"] for _ in range(20)]
    world.house.follower.catch_up()
    refused(world.alpha.post("/webhooks", body), 409, "state-conflict")
    world.beta.record("/webhooks", body)
    world.operator.record("/webhooks", body)
    assert world.alpha.send("DELETE", f"/webhooks/{made[0]}").status_code == 204
    world.house.follower.catch_up()
    world.alpha.record("/webhooks", body)


def test_addresses_that_are_not_public_are_refused(world: World) -> None:
    """Before anything is recorded, with what right looks like."""
    before = world.events()
    for url in ("http://hooks.example.org/", "https://10.0.0.1/", "https://[fe80::1]/", "https://u:p@example.org/"):
        refused(world.alpha.post("/webhooks", {"url": url}), 422, "invalid-request", "/url")
    assert world.events() == before
