"""Without a consent in force a bank gets nothing, at any address that knows a firm, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.access_table import rows
from tests.api.callers import refused
from tests.api.jobs import consent, praised
from tests.api.world import World

PURPOSE = "machine loan"
# What a bank reads of a firm by its consent; {} are the firm, a job of it and a referral.
NEEDING = {
    "GET /v1/firms/<uuid:firm>": "/firms/{firm}",
    "GET /v1/firms/<uuid:firm>/history": "/firms/{firm}/history",
    "GET /v1/firms/<uuid:firm>/partners": "/firms/{firm}/partners",
    "GET /v1/firms/<uuid:firm>/trust": "/firms/{firm}/trust",
    "GET /v1/firms/<uuid:firm>/access-log": "/firms/{firm}/access-log",
    "GET /v1/collaborations/<uuid:id_>": "/collaborations/{job}",
    "GET /v1/collaborations/<uuid:id_>/events": "/collaborations/{job}/events",
    "GET /v1/referrals/<uuid:referral>": "/referrals/{referral}",
}
LISTING = {
    "GET /v1/firms": "/firms",
    "GET /v1/collaborations": "/collaborations?firm={firm}",
    "GET /v1/referrals": "/referrals",
}
# What a bank reads without a firm's consent: what is its own, what is nobody's, and the consents themselves.
FREE = {
    *("GET /v1/networks", "GET /v1/banks", "GET /v1/banks/<uuid:bank>", "GET /v1/banks/<uuid:bank>/query-log"),
    *("GET /v1/consents", "GET /v1/consents/<uuid:consent>", "GET /v1/keys", "GET /v1/accounts"),
    *("GET /v1/openapi.json", "GET /health/live", "GET /health/ready", "GET /metrics"),
    *("GET /docs", "GET /docs/style.css"),
    *(
        "GET /.well-known/jwks.json",
        "GET /.well-known/referral-certificates.pem",
        "GET /v1/status-lists/<int:number>",
    ),
    *("GET /v1/log/checkpoint", "GET /v1/log/key", "GET /v1/log/leaves", "GET /v1/log/tile/<path:tile>"),
    "GET /v1/webhooks",
    *("GET /v1/events", "GET /v1/events/stream"),  # tests/api/test_events.py tells what a withdrawal does to them
    *("GET /v1/log/proofs/inclusion", "GET /v1/log/proofs/consistency"),
}


@pytest.fixture
def known(either_world: World) -> dict[str, str]:
    """Alpha, a job of it, and a referral that the bank holds under a consent until the end of June."""
    world = either_world
    job = praised(world.alpha, world.beta)
    given = consent(world.alpha, world.bank, PURPOSE)
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": PURPOSE})["id"]
    return {"firm": world.alpha.id, "job": job, "referral": referral, "consent": given}


def _looks(world: World, known: dict[str, str], query: str = "") -> tuple[set[int], list[int]]:
    """Return how the bank is answered at the addresses that need consent, and how much the lists hold."""
    found = [world.bank.get(path.format(**known) + query) for path in NEEDING.values()]
    lists: list[Any] = [world.bank.read(path.format(**known)) for path in LISTING.values()]
    return {answer.status_code for answer in found}, [len(page["items"]) for page in lists]


def test_every_address_that_a_bank_may_read_is_thought_of() -> None:
    """A new one is put among those that need consent, or among those that do not."""
    read = {row for row, answers in rows().items() if row.startswith("GET") and answers["bank"].startswith("200")}
    assert read == {*NEEDING, *LISTING, *FREE}


def test_a_withdrawal_stops_the_very_next_look(either_world: World, known: dict[str, str]) -> None:
    """At every address, also into the past; and given again it opens them."""
    world = either_world
    position = world.bank.get(f"/firms/{world.alpha.id}").headers["Ledger-Position"]
    assert _looks(world, known) == ({200}, [1, 1, 1])
    assert world.alpha.send("DELETE", f"/consents/{known['consent']}").status_code == 204
    assert _looks(world, known) == ({404}, [0, 0, 0])
    assert _looks(world, known, f"?as_of_position={position}")[0] == {404}
    sent = {"firm": world.alpha.id, "purpose": PURPOSE}
    refused(world.bank.post("/referrals", sent), 403, "consent-missing")
    assert consent(world.alpha, world.bank, PURPOSE) == known["consent"]
    assert _looks(world, known) == ({200}, [1, 1, 1])


def test_a_consent_ends_though_nobody_acts(either_world: World, known: dict[str, str]) -> None:
    """No event is recorded, nothing is rebuilt: the day is over."""
    world = either_world
    assert _looks(world, known) == ({200}, [1, 1, 1])
    events = world.events()
    world.clock.forward(days=121)  # the last of June is over
    assert _looks(world, known) == ({404}, [0, 0, 0])
    refused(world.bank.post("/referrals", {"firm": world.alpha.id, "purpose": PURPOSE}), 403, "consent-missing")
    assert world.events() == events


def test_a_purpose_is_no_other(either_world: World, known: dict[str, str]) -> None:
    """A referral is issued for the purpose of the consent, and a look is noted under the purposes in force."""
    world = either_world
    sent = {"firm": world.alpha.id, "purpose": "guarantee"}
    refused(world.bank.post("/referrals", sent), 403, "consent-missing")
    consent(world.alpha, world.other_bank, "guarantee")
    refused(world.bank.post("/referrals", sent), 403, "consent-missing")
    consent(world.alpha, world.bank, "guarantee")
    assert world.alpha.send("DELETE", f"/consents/{known['consent']}").status_code == 204
    refused(world.bank.post("/referrals", {**sent, "purpose": PURPOSE}), 403, "consent-missing")
    world.bank.record("/referrals", sent)
    world.bank.read(f"/firms/{world.alpha.id}/trust")
    looks = world.alpha.read(f"/firms/{world.alpha.id}/access-log?limit=2")["items"]
    assert {look["purpose"] for look in looks} == {"guarantee"}


def test_every_look_by_consent_leaves_its_trace(either_world: World, known: dict[str, str]) -> None:
    """At every address but the log of looks itself; the lists tell of each firm that they show."""
    world = either_world
    unseen = {"GET /v1/firms/<uuid:firm>/access-log", "GET /v1/referrals"}  # its own looks, its own referrals
    for row, path in {**NEEDING, **LISTING}.items():
        before = world.events()
        world.bank.read(path.format(**known))
        assert world.events() - before == (row not in unseen), row
