"""Files with bytes that no ledger wrote: what meets the damage is refused, and nothing falls over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.config import Settings
from ledger.store import StoreUnavailable
from tests.api.callers import Clock
from tests.api.jobs import praised
from tests.api.world import World, founded, opened
from tests.callers import finished_job
from tests.faults import damage

PAGE = 4096
READ = ("/v1/collaborations", "/v1/firms", "/v1/events", "/v1/keys", "/v1/log/checkpoint", "/health/ready", "/metrics")
SHOWN = ("/mine", "/inbox", "/login")
ANSWERS = {200, 201, 303, 503}


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    """A ledger in files."""
    return Settings(database_url=sqlite_url, freshness_seconds=0)


@pytest.fixture
def world(settings: Settings) -> World:
    """Everybody in it, after some joint work; nothing has its files open."""
    made = founded(settings, Clock())
    for _ in range(10):
        praised(made.alpha, made.beta)
    made.house.follower.catch_up()
    made.house.sealer.look()
    made.house.close()
    return made


@pytest.mark.parametrize("name", ["ledger.db", "ledger-views.db", "ledger-keys.db", "ledger-sessions.db"])
@pytest.mark.parametrize("first", [0, 1, 3])
def test_what_meets_the_damage_answers_503(
    world: World, settings: Settings, tmp_path: Path, name: str, first: int
) -> None:
    """Header destroyed or pages overwritten: 503, never 500; whole again, everything is answered as before."""
    with damage.overwritten(tmp_path / name, first * PAGE, 8 * PAGE):
        answers = dict(_asked(opened(settings, world.clock, world.ring)))
        assert {path: status for path, status in answers.items() if status not in ANSWERS} == {}
        assert 503 in answers.values() or first or name == "ledger-sessions.db"  # no reason to be down
    answers = dict(_asked(opened(settings, world.clock, world.ring)))
    assert {path: status for path, status in answers.items() if status not in ANSWERS - {503}} == {}


def test_an_event_that_makes_no_sense_answers_503(world: World, settings: Settings, tmp_path: Path) -> None:
    """A bit of its text, of its type, or of what is encrypted in it: SQLite notices nothing, the ledger does."""
    file = tmp_path / "ledger.db"
    for part in (b'"kind":"subcontract"', b"collaboration.proposed", b'"_type_":"encrypted"', b'"title":'):
        place = file.read_bytes().rfind(part)
        assert place > 0, part
        with damage.overwritten(file, place + 3, 1):
            met = opened(settings, world.clock, world.ring)
            with pytest.raises(StoreUnavailable):
                met.house.store.read(0, 1000)
            answers = dict(_asked(met))
        assert {path: status for path, status in answers.items() if status not in ANSWERS} == {}, part


def _asked(world: World) -> Iterator[tuple[str, int]]:
    """Ask for something of everything, and record; nobody follows, for that is another process."""
    with closing(world.house):
        body, sent = finished_job(world.alpha.id, world.beta.id), {"Authorization": f"Bearer {world.alpha.key}"}
        key = {"Idempotency-Key": uuid4().hex}
        yield "record", world.app.test_client().post("/v1/collaborations", json=body, headers=sent | key).status_code
        for path in (*READ, f"/v1/firms/{world.alpha.id}/history"):
            yield path, world.app.test_client().get(path, headers=sent).status_code
        for path in SHOWN:
            client = world.app.test_client()
            client.set_cookie("session", "a" * 43)
            yield path, client.get(path).status_code
