"""Whether everything is kept that was acknowledged: as callers see it, and in the log itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing

from ledger.config import Settings
from ledger.services import build
from tests.callers import Caller, Member
from tests.faults.writers import Promise, Writers


def each_is_there(port: int, promises: list[Promise]) -> None:
    """Require that its firm can read every one of these jobs."""
    for firm in {promise.firm for promise in promises}:
        with closing(Caller(port, firm.key)) as caller:
            for promise in promises:
                if promise.firm == firm:
                    path = f"/v1/collaborations/{promise.id}?min_position={promise.position}&wait=10"
                    assert caller.get(path)["title"] == promise.title


def each_is_there_once(port: int, writers: Writers) -> None:
    """Compare with the lists that the firms themselves see; a job stands in the lists of both its firms."""
    found = Counter((job["id"], job["title"]) for firm in writers.firms for job in _jobs(port, firm))
    promised = {(promise.id, promise.title) for promise in writers.promises}
    assert len(promised) == len(writers.promises)
    assert found == dict.fromkeys(promised, 2)


def log_is_whole(database_url: str, promises: list[Promise]) -> None:
    """Positions rise, versions have no gaps, and each acknowledged position holds its job."""
    house = build(Settings(database_url=database_url))
    try:
        events = house.store.read(0, 1_000_000)
    finally:
        house.close()
    positions = [position for position, _ in events]
    assert positions == sorted(set(positions))
    versions = Counter(event.originator_id for _, event in events)
    assert {(event.originator_id, event.originator_version) for _, event in events} == {
        (id_, version) for id_, last in versions.items() for version in range(1, last + 1)
    }
    held = {position: str(event.originator_id) for position, event in events}
    assert {promise.position: promise.id for promise in promises if promise.first}.items() <= held.items()


def _jobs(port: int, firm: Member) -> Iterator[dict[str, str]]:
    with closing(Caller(port, firm.key)) as caller:
        cursor = ""
        while cursor is not None:
            page = caller.get(f"/v1/collaborations?firm={firm.id}&limit=200{cursor and f'&cursor={cursor}'}")
            yield from page["items"]
            cursor = page["next"]
