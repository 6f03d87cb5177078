"""The event feed: each caller is told what it may see, in the order of the log, and live."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.delivery.cloud_events import BATCH
from ledger.delivery.feed import Feed
from ledger.delivery.live import Live
from ledger.domain.actor import Actor, Role
from tests.api.callers import refused
from tests.api.jobs import GOOD, confirmed, consent, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.callers import Caller
    from tests.api.world import World

EVERYBODY = ("operator", "office", "other_office", "alpha", "beta", "gamma", "omega", "bank", "other_bank")


def told(caller: Caller, after: int = 0) -> list[Any]:
    """Return all that a caller is told, page by page."""
    found: list[Any] = []
    while True:
        answer = caller.get(f"/events?limit=7&after={after}")
        assert (answer.status_code, answer.mimetype) == (200, BATCH)
        following = int(answer.headers["Link"].partition("after=")[2].partition(">")[0].partition("&")[0])
        if following == after:
            return found
        found, after = found + answer.json, following


def types(events: list[Any]) -> set[str]:
    """Return the types of events."""
    return {event["type"].removeprefix("ledger.") for event in events}


def lived(world: World) -> dict[str, str]:
    """Let something of every noun happen to alpha, and return the ids."""
    job = confirmed(world.alpha, world.beta)
    step(world.beta, job, "assessments", {"about": world.alpha.id, **GOOD, "comment": "Paid at once."})
    step(world.alpha, job, "disputes", {"reason": "It was scrap."})
    given = consent(world.alpha, world.bank)
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})["id"]
    world.bank.read(f"/referrals/{referral}")
    world.bank.record(f"/referrals/{referral}/outcome", {"granted": True, "amount_band": "over_1m", "currency": "EUR"})
    world.office.record(f"/networks/{world.office.id}/epochs")
    return {"job": job, "consent": given, "referral": referral}


def test_each_is_told_of_its_own(either_world: World) -> None:
    """Firms of their work, consents, referrals, looks and keys; banks of consents and referrals; offices of all."""
    world = either_world
    lived(world)
    of_work = {f"collaboration.{name}" for name in ("proposed", "accepted", "confirmed", "assessed", "disputed")}
    given = {"consent.granted", "referral.issued"}
    of_firms = {"firm.admitted", "key.issued"}
    alphas = of_work | given | of_firms | {"access.made", "referral.outcome-reported"}
    assert types(told(world.alpha)) == alphas
    assert types(told(world.beta)) == of_work | of_firms
    assert types(told(world.gamma)) == types(told(world.omega)) == of_firms
    assert types(told(world.bank)) == given
    assert told(world.other_bank) == []
    of_network = of_work | given | of_firms | {"access.made", "network.founded", "epoch.closed"}
    assert types(told(world.office)) == of_network
    assert types(told(world.other_office)) == of_firms | {"network.founded"}
    assert types(told(world.operator)) == of_network | {"bank.registered"}


def test_events_of_work_are_those_of_its_list(either_world: World) -> None:
    """To the letter: what is sealed there is sealed here."""
    world = either_world
    job = lived(world)["job"]
    for caller in (world.operator, world.office, world.alpha, world.beta):
        listed = caller.read(f"/collaborations/{job}/events?limit=200")["items"]
        assert [event["data"] for event in told(caller) if event["subject"] == f"collaboration/{job}"] == listed


def test_events_are_cloud_events(world: World) -> None:
    """With a stable id, in the order of the log, and without what is only for the store."""
    lived(world)
    events = told(world.alpha)
    assert [int(event["id"]) for event in events] == sorted({event["data"]["position"] for event in events})
    granted = next(event for event in events if event["type"] == "ledger.consent.granted")
    assert {name: granted[name] for name in ("specversion", "source", "datacontenttype")} == {
        "specversion": "1.0",
        "source": world.house.settings.public_url,
        "datacontenttype": "application/json",
    }
    assert granted["data"]["data"] == {
        "firm": world.alpha.id,
        "bank": world.bank.id,
        "purpose": "machine loan",
        "until": "2026-06-30",
    }
    assert not any("digest" in event["data"]["data"] for event in events)


def test_a_withdrawal_ends_what_a_bank_is_told(either_world: World) -> None:
    """Of the consent it is told that it ended; its referrals are gone from the feed until it is given again."""
    world = either_world
    ids = lived(world)
    assert types(told(world.bank)) == {"consent.granted", "referral.issued"}
    assert world.alpha.send("DELETE", f"/consents/{ids['consent']}").status_code == 204
    assert types(told(world.bank)) == {"consent.granted", "consent.withdrawn"}
    assert world.alpha.send("DELETE", f"/referrals/{ids['referral']}").status_code == 204
    confirmed(world.alpha, world.beta)
    assert types(told(world.bank)) == {"consent.granted", "consent.withdrawn"}
    consent(world.alpha, world.bank)
    assert types(told(world.bank)) == {
        *("consent.granted", "consent.withdrawn", "consent.renewed"),
        *("referral.issued", "referral.revoked"),
    }


def test_a_consent_that_has_run_out_tells_no_more(world: World) -> None:
    """Though nobody acts."""
    lived(world)
    world.clock.forward(days=121)
    assert types(told(world.bank)) == {"consent.granted"}


def test_what_is_erased_is_told_as_erased(either_world: World) -> None:
    """Also of events that were told in clear before."""
    world = either_world
    lived(world)
    assert "It was scrap." in json.dumps(told(world.beta))
    assert world.office.send("DELETE", f"/firms/{world.alpha.id}/personal-data").status_code == 200
    for name in EVERYBODY:
        text = json.dumps(told(world.caller(name)))
        assert "It was scrap." not in text
        assert "machine loan" not in text
        assert "Example alpha" not in text


def test_reading_the_feed_leaves_no_trace(world: World) -> None:
    """Or it would tell of itself for ever."""
    lived(world)
    before = world.events()
    told(world.bank)
    world.bank.get("/events/stream?after=0")
    assert world.events() == before


def test_an_empty_page_moves_on(world: World) -> None:
    """So that nobody looks at the same positions twice."""
    head = world.events()
    answer = world.other_bank.get("/events")
    assert (answer.json, answer.headers["Ledger-Position"]) == ([], str(head))
    assert answer.headers["Link"] == f'</v1/events?after={head}>; rel="next"'


def test_the_feed_can_be_asked_for_the_past(world: World) -> None:
    """As every read."""
    head = world.events()
    lived(world)
    events = world.alpha.get(f"/events?as_of_position={head}&limit=200").json
    assert types(events) == {"firm.admitted", "key.issued"}


def test_whoever_waits_is_told_at_once(world: World) -> None:
    """A request that waits is answered when something happens, not when its time is over."""
    head = world.events()

    def act() -> None:
        time.sleep(0.3)
        consent(world.alpha, world.bank)
        world.house.follower.catch_up()

    acting = threading.Thread(target=act)
    acting.start()
    began = time.monotonic()
    answer = world.alpha.get(f"/events?after={head}&wait=10")
    acting.join()
    assert types(answer.json) == {"consent.granted"}
    assert time.monotonic() - began < 8


def test_the_stream_tells_the_same(world: World) -> None:
    """Each event with its position, so that a client goes on where it broke off."""
    lived(world)
    text = world.alpha.get("/events/stream?after=0").text
    sent = [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")]
    assert sent == told(world.alpha)
    ids = [line.removeprefix("id: ") for line in text.splitlines() if line.startswith("id: ")]
    assert ids == [event["id"] for event in sent]
    assert text.startswith("retry: 3000\n\n")
    rest = world.alpha.get("/events/stream?after=0", Last_Event_ID=ids[-2]).text
    assert [line for line in rest.splitlines() if line.startswith("id: ")] == [f"id: {ids[-1]}"]
    assert "data:" not in world.alpha.get("/events/stream").text
    refused(world.alpha.get("/events/stream", Last_Event_ID="x"), 422, "invalid-request", "/after")


def test_streams_leave_room_for_requests(world: World) -> None:
    """Beyond the limit a stream is refused, and a place is free again when one ends."""
    path = "/events/stream?after=0"
    running = [world.alpha.get(path) for _ in range(world.house.settings.streams)]
    answer = world.alpha.get(path)
    refused(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "5"
    running[0].close()
    assert world.alpha.get(path).status_code == 200


def _stream(world: World, who: Callable[[], Actor | None], stopping: Callable[[], bool] = lambda: False) -> list[str]:
    """Run a stream of up to a minute to its end."""
    feed = Feed(world.house.views, world.house.store, "test")
    lines = list(Live(feed, 60, stopping).stream(who, 0))
    return [line.splitlines()[1].removeprefix("event: ledger.") for line in lines if line.startswith("id: ")]


def test_a_closed_key_ends_a_stream(world: World) -> None:
    """Whoever looks is asked for at every look."""
    alpha = Actor(Role.FIRM, UUID(world.alpha.id), UUID(world.office.id))
    looks = iter([alpha, None])
    assert _stream(world, lambda: next(looks)) == ["firm.admitted", "key.issued"]


def test_a_withdrawal_ends_a_stream_of_the_bank(world: World) -> None:
    """It is told of the withdrawal, and has to come back for anything more."""
    given = lived(world)["consent"]
    assert world.alpha.send("DELETE", f"/consents/{given}").status_code == 204
    world.house.follower.catch_up()
    assert _stream(world, lambda: Actor(Role.BANK, UUID(world.bank.id))) == ["consent.granted", "consent.withdrawn"]


def test_streams_end_with_the_process(world: World) -> None:
    """Or it would wait for every one of them."""
    office = Actor(Role.COORDINATOR, UUID(world.office.id), UUID(world.office.id))
    assert len(_stream(world, lambda: office, lambda: True)) > 5
