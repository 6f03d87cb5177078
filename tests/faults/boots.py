"""A process that opens a ledger for the first time, at the same moment as others."""

from __future__ import annotations

from contextlib import closing
from threading import Barrier

from ledger.config import Settings
from ledger.services import build
from ledger.store.signing_keys import Purpose

PATIENCE = 60.0
_waiting: list[Barrier] = []


def meet(barrier: Barrier) -> None:
    """Tell a new process where it waits for the others."""
    _waiting.append(barrier)


def boot(settings: Settings) -> tuple[int, list[str]]:
    """Wait for the others and migrate; return how many read models lag, and the names of the signing keys."""
    _waiting[0].wait(PATIENCE)
    with closing(build(settings)) as house:
        house.migrate()
        behind = [stand for stand in house.follower.stand() if stand.error or stand.lag]
        assert house.store.head() == house.seals.stand().position == 0
        return len(behind), [house.signing_keys.current(purpose).kid for purpose in Purpose]
