"""Every read: in pages, as of an earlier moment, and of one's own write."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.api.callers import Caller, refused
from tests.api.jobs import confirmed, consent, finished, propose, step
from tests.api.world import World

STILL = ("/banks", "/networks")  # nothing happens to these later
LINK = re.compile(r'<(/v1[^>]+)>; rel="next"')


def _paged(caller: Caller, path: str) -> list[Any]:
    """Follow the links to the end, and return what all pages hold."""
    items: list[Any] = []
    while path:
        answer = caller.get(path)
        assert answer.status_code == 200, answer.text
        items += answer.json["items"]
        found = LINK.fullmatch(answer.headers.get("Link", ""))
        assert (found is None) == (answer.json["next"] is None)
        path = found[1].removeprefix("/v1") if found else ""
    return items


def test_lists_are_read_page_by_page(world: World) -> None:
    """The pages together are the list, each row once, with the same filters on each."""
    for number in range(5):
        confirmed(world.alpha, world.beta, title=f"Job {number}")
    confirmed(world.alpha, world.gamma)
    consent(world.alpha, world.bank)
    consent(world.alpha, world.other_bank)
    beta = world.beta.id
    for path in (
        f"/collaborations?firm={beta}&from=2024-01-01&state=completed",
        f"/firms/{world.alpha.id}/history?kind=subcontract",
        *("/firms?country=DE", "/consents?", "/keys?", "/banks?", "/networks?"),
    ):
        whole = world.alpha.read(path)["items"]
        assert _paged(world.alpha, f"{path}&limit=2") == whole
    assert len(world.alpha.read(f"/collaborations?firm={beta}")["items"]) == 5
    for number in range(3):
        world.bank.read(f"/firms/{world.alpha.id}/{('history', 'trust', 'partners')[number]}")
    looks = f"/firms/{world.alpha.id}/access-log?"
    assert _paged(world.alpha, f"{looks}limit=1") == world.alpha.read(looks)["items"]


def test_a_page_has_1_to_200_items_and_a_cursor_that_was_given_out(world: World) -> None:
    """Everything else is pointed at."""
    for limit in ("0", "201", "many", "-1", "1.5"):
        refused(world.alpha.get(f"/firms?limit={limit}"), 422, "invalid-request", "/limit")
    for cursor in ("x", "e30", "W10", "%00"):
        assert world.alpha.get(f"/firms?cursor={cursor}").status_code == 422
    refused(world.alpha.get("/firms?limit=1&limit=2"), 422, "invalid-request", "/limit")


def _reads(world: World, job: str) -> list[tuple[Caller, str]]:
    """Return every read of a network's life with who reads it."""
    firm = f"/firms/{world.alpha.id}"
    return [
        *((world.alpha, f"{firm}{path}") for path in ("", "/history", "/partners", "/trust", "/access-log")),
        *((world.alpha, path) for path in ("/firms", "/collaborations", "/consents", "/keys", "/referrals")),
        *((world.beta, path) for path in (f"/collaborations/{job}", f"/collaborations/{job}/events")),
        *((world.office, path) for path in ("/networks", "/banks", "/collaborations")),
    ]


def _later(world: World, job: str) -> None:
    """Let much change afterwards."""
    world.clock.forward(days=20)
    step(world.beta, job, "disputes", {"reason": "It was scrap."})
    step(world.office, job, "disputes/1/settlement", {"outcome": "struck"})
    confirmed(world.beta, world.alpha)
    consent(world.alpha, world.other_bank)
    world.alpha.send("PATCH", f"/firms/{world.alpha.id}", {"town": "Another town"}, if_match="*")
    world.office.record("/firms", {"name": "Newcomer", "country": "DK"})
    world.operator.record("/networks", {"name": "A third one"})
    world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})
    world.bank.read(f"/firms/{world.alpha.id}/history")
    world.alpha.record("/keys", {"role": "firm", "subject": world.alpha.id})


def test_an_earlier_answer_is_given_again_byte_for_byte(world: World) -> None:
    """As of the time it was given, or of its position, whatever happened since."""
    job = confirmed(world.alpha, world.beta)
    consent(world.alpha, world.bank)
    world.bank.read(f"/firms/{world.alpha.id}/trust")
    world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})
    world.clock.forward(days=1)
    asked = world.clock() + timedelta(seconds=5)
    world.clock.now = asked
    at = asked.isoformat().replace("+00:00", "Z")
    reads = _reads(world, job)
    given = [caller.get(f"{path}?as_of={at}") for caller, path in reads]
    position = given[0].headers["Ledger-Position"]
    by_position = [caller.get(f"{path}?as_of_position={position}").data for caller, path in reads]
    _later(world, job)
    for n, (caller, path) in enumerate(reads):
        now, then = caller.get(path), caller.get(f"{path}?as_of={at}")
        assert then.data == given[n].data, path
        assert then.headers["Ledger-Position"] == position
        assert caller.get(f"{path}?as_of_position={position}").data == by_position[n], path
        assert int(now.headers["Ledger-Position"]) > int(position)
        assert now.data != then.data or path in STILL, path


def test_a_plain_answer_is_given_again_for_its_own_time(world: World) -> None:
    """The time and the position that stand on it reproduce it."""
    job = confirmed(world.alpha, world.beta)
    paths = [f"/firms/{world.alpha.id}/{name}" for name in ("history", "partners", "trust")]
    plain = {path: world.alpha.get(path) for path in paths}
    world.clock.forward(days=30)
    step(world.beta, job, "disputes", {"reason": "It was scrap."})
    for path in paths:
        at = plain[path].json["as_of"].replace("+", "%2B")
        assert world.alpha.get(f"{path}?as_of={at}").data == plain[path].data


def test_before_something_was_recorded_it_is_not_there(world: World) -> None:
    """Neither the record nor the firm."""
    before = world.alpha.get("/firms").headers["Ledger-Position"]
    job = propose(world.alpha, finished(world.alpha, world.beta))
    refused(world.alpha.get(f"/collaborations/{job}?as_of_position={before}"), 404, "not-found")
    assert world.alpha.read(f"/collaborations?as_of_position={before}")["items"] == []
    for past in ("as_of_position=0", "as_of=2000-01-01T00:00:00Z"):
        assert world.alpha.read(f"/firms?{past}")["items"] == []
        refused(world.alpha.get(f"/firms/{world.alpha.id}?{past}"), 404, "not-found")


@pytest.mark.parametrize("path", ["/firms", "/collaborations", "/keys"])
def test_the_future_is_not_answered(world: World, path: str) -> None:
    """It could still change."""
    later = (world.clock.now + timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    head = int(world.alpha.get(path).headers["Ledger-Position"])
    for query in (f"as_of={later}", f"as_of_position={head + 1}"):
        assert "up to now" in refused(world.alpha.get(f"{path}?{query}"), 422, "invalid-request")
    assert world.alpha.get(f"{path}?as_of_position={head}").status_code == 200


def test_a_moment_is_asked_for_in_one_way(world: World) -> None:
    """A time with its offset, or a position, and never both."""
    for query, pointer in {
        "as_of=yesterday": "/as_of",
        "as_of=2026-03-02T09:00:00": "/as_of",
        "as_of_position=-1": "/as_of_position",
        "as_of_position=1&as_of=2026-03-02T09:00:00Z": "/as_of_position",
        "min_position=x": "/min_position",
        "wait=11": "/wait",
        "colour=red": "/colour",
    }.items():
        refused(world.alpha.get(f"/firms?{query}"), 422, "invalid-request", pointer)


def test_one_reads_ones_own_write(world: World) -> None:
    """Beyond the head the wait ends with 504; it names both positions."""
    receipt = world.alpha.record("/collaborations", finished(world.alpha, world.beta), idempotency_key="w")
    position = receipt["position"]
    assert world.alpha.read(f"/collaborations/{receipt['id']}?min_position={position}&wait=5")["version"] == 1
    answer = world.alpha.get(f"/firms?min_position={position + 1}&wait=0.05")
    detail = refused(answer, 504, "not-yet")
    assert str(position) in detail
    assert str(position + 1) in detail
    refused(world.alpha.get(f"/firms?min_position={position + 1}"), 504, "not-yet")


def test_a_read_model_that_lags_is_waited_for(world: World) -> None:
    """Without anybody to bring it up to date, min_position says that it is not there yet."""
    receipt = world.alpha.record("/collaborations", finished(world.alpha, world.beta), idempotency_key="w")
    headers = {"Authorization": f"Bearer {world.alpha.key}"}
    path = f"/v1/collaborations/{receipt['id']}"
    client = world.app.test_client()
    refused(client.get(path, headers=headers), 404, "not-found")
    refused(client.get(f"{path}?min_position={receipt['position']}&wait=0.02", headers=headers), 504, "not-yet")
    world.house.follower.catch_up()
    assert client.get(f"{path}?min_position={receipt['position']}", headers=headers).status_code == 200


def test_lists_are_narrowed(world: World) -> None:
    """By firm, kind, state, and the span of business dates, both ends included."""
    alpha, beta = world.alpha, world.beta
    early = confirmed(alpha, beta, completed_on="2024-11-08")
    late = confirmed(alpha, world.gamma, completed_on="2025-01-10")
    claim = propose(alpha, finished(alpha, beta, completed_on="2024-12-01"))
    cases = {
        "": [late, claim, early],
        f"firm={beta.id}": [claim, early],
        "state=completed": [late, early],
        "state=proposed": [claim],
        "kind=joint_order": [],
        "from=2024-11-08&to=2024-12-01": [claim, early],
        "from=2024-12-02": [late],
    }
    for query, expected in cases.items():
        assert [item["id"] for item in alpha.read(f"/collaborations?{query}")["items"]] == expected, query
    for query, pointer in {"state=lost": "/state", "kind=x": "/kind", "from=2024": "/from", "firm=1": "/firm"}.items():
        refused(alpha.get(f"/collaborations?{query}"), 422, "invalid-request", pointer)
    partners = alpha.read(f"/firms/{alpha.id}/partners?from=2025-01-01")
    assert [item["firm"] for item in partners["items"]] == [world.gamma.id]
