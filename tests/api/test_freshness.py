"""With a follower at work beside it, a plain read shows what was just recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from ledger.config import Settings
from tests.api.callers import Clock
from tests.api.jobs import finished
from tests.api.world import World, founded


@contextmanager
def _following(world: World) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=world.house.follower.run, args=(stop, 0.005))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        world.house.close()


def test_one_reads_what_one_has_just_written(database_url: str) -> None:
    """Nobody has to ask for it; a bank's looks are as fresh, each being an event of its own."""
    world = founded(Settings(database_url=database_url, freshness_seconds=5.0), Clock())
    client = world.app.test_client()
    mine, banks = ({"Authorization": f"Bearer {caller.key}"} for caller in (world.alpha, world.bank))
    until = {"bank": world.bank.id, "purpose": "loan", "until": "2026-06-30"}
    with _following(world):
        for _ in range(5):
            sent = finished(world.alpha, world.beta)
            made = client.post("/v1/collaborations", json=sent, headers={**mine, "Idempotency-Key": uuid4().hex})
            assert made.json is not None
            assert client.get(f"/v1/collaborations/{made.json['id']}", headers=mine).status_code == 200
        consent = client.post("/v1/consents", json=until, headers=mine).headers["Location"]
        for _ in range(5):
            assert client.get(f"/v1/firms/{world.alpha.id}/trust", headers=banks).status_code == 200
        looks = client.get(f"/v1/firms/{world.alpha.id}/access-log", headers=mine).json
        assert looks is not None
        assert len(looks["items"]) == 5
        client.delete(consent, headers=mine)
        assert client.get(f"/v1/firms/{world.alpha.id}/trust", headers=banks).status_code == 404
