"""Killed in the middle of sealing: the tree goes on where it was left, and no head is taken back."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.domain.bank import Bank
from ledger.domain.ids import identify
from ledger.seals import tables
from ledger.seals.tables import Head
from ledger.services import House, build
from ledger.store.merkle import verify_consistency
from ledger.subscriptions.database import reading
from tests.service import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # what is killed has the machine to itself

# CI runs a few rounds; a campaign by hand sets LEDGER_FAULT_ROUNDS=300.
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "5"))
EVENTS = 2500  # in each round: some heads' worth, so that a kill falls between two of them or into one
PATIENCE = 60.0


def test_killed_while_it_seals(database_url: str, tmp_path: Path) -> None:
    """After kill -9 and a restart every event has one leaf, and each head that was signed is still the beginning."""
    settings = Settings(database_url=database_url, signing_keys=str(tmp_path / "signing"))
    house = build(settings)
    house.migrate()
    chance, signed, torn = random.Random(6962), list[Head](), 0  # noqa: S311 - the same moments in every run
    for number in range(ROUNDS):
        _record(house, number)
        with _follower(settings) as follower:
            _until(house, more_than=house.seals.size())
            time.sleep(chance.uniform(0, 0.04))
            follower.kill()
        torn += house.seals.size() < house.store.head()
        heads = _heads(house)
        assert heads[: len(signed)] == signed
        signed = heads
    with _follower(settings) as follower:
        _until(house, more_than=ROUNDS * EVENTS - 1)
        follower.send_signal(signal.SIGTERM)
        assert follower.wait(PATIENCE) == 0
    assert torn > 0  # else nothing was killed in the middle
    _is_whole(house, signed)
    house.close()


def _record(house: House, number: int) -> None:
    for first in range(0, EVENTS, 500):
        names = [f"Bank {number}-{first + one}" for one in range(500)]
        stamp = house.ledger.stamp(OPERATOR)
        made = (Bank.register(identify("bank", name), stamp, name=name, country="DE") for name in names)
        house.store.record(*made)


@contextmanager
def _follower(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")}
    mine = {"LEDGER_DATABASE_URL": settings.database_url, "LEDGER_SIGNING_KEYS": settings.signing_keys}
    command = [sys.executable, "-m", "ledger.cli", "follow"]
    with subprocess.Popen(command, env={**inherited, **mine}, cwd=ROOT, stderr=subprocess.DEVNULL) as follower:
        try:
            yield follower
        finally:
            follower.kill()


def _until(house: House, *, more_than: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while house.seals.size() <= more_than:
        assert time.monotonic() < deadline
        time.sleep(0.002)


def _heads(house: House) -> list[Head]:
    with reading(house.log_engine) as connection:
        return tables.heads(connection)


def _is_whole(house: House, signed: list[Head]) -> None:
    """Hold log, leaves, nodes and heads against each other, and every head against the one before."""
    report = house.verification().run(lambda *_: None)
    assert (report.findings, report.sealed, report.unsealed) == ([], ROUNDS * EVENTS, 0)
    heads = _heads(house)
    assert heads[: len(signed)] == signed
    for one, other in pairwise(heads):
        size, path = house.seals.consistency(one.size, other.size)
        assert verify_consistency(one.size, size, path, one.root, other.root)
