"""A disk that is full, files that are locked or cannot be written: refused while it lasts, and no longer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from tests.callers import Caller, found_network
from tests.faults import damage
from tests.faults.conftest import Serve
from tests.faults.outages import settle, until_accepted, until_refused
from tests.faults.promises import each_is_there, log_is_whole
from tests.faults.visitors import Visitor, owner_of
from tests.faults.writers import Writers
from tests.service import Service, descendants

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # what is broken has the machine to itself

PATIENCE = 30.0  # seconds for a writer to be refused: for a lock it waits some first
SOON = 15.0  # seconds after the end of a fault
LOCKED = 8.0  # seconds: longer than anybody waits for a lock


def test_a_full_disk(serve: Serve, tmp_path: Path) -> None:
    """Nothing more is recorded, what there is can be read, and recording goes on once there is space again."""
    with damage.small_disk(tmp_path / "disk") as disk:
        service = serve(None, data=disk)
        _lives_through(service, disk, lambda: damage.full(disk))


def test_files_that_may_not_grow(serve: Serve, tmp_path: Path) -> None:
    """A write that fails for another reason than space leaves nothing half done either."""
    service = serve()
    _lives_through(service, tmp_path, lambda: damage.no_larger_files([*descendants(service.pid)]))


def test_locked_files(serve: Serve, tmp_path: Path) -> None:
    """Another process holds every write lock for eight seconds."""
    service = serve()
    _lives_through(service, tmp_path, lambda: damage.locked(tmp_path), LOCKED)


def test_files_that_may_only_be_read(serve: Serve, tmp_path: Path) -> None:
    """Web processes that start on them answer what they can, and record once they may, without a restart."""
    service = serve()
    service.start()
    firms = found_network(service.port, (tmp_path / "operator.key").read_text(encoding="utf-8").strip(), 2)
    writers, owner = Writers(firms), owner_of(service.port, firms[0])
    writers.start(service.port)
    until_accepted(writers, SOON)
    each_is_there(service.port, writers.promises[:1])
    service.kill()  # what SQLite keeps beside its files stays there: without it they could not be read either
    writers.join()
    with _web_alone(tmp_path, service.port) as web:
        with damage.read_only(tmp_path):
            web.start()
            writers.start(web.port)
            until_refused(writers, PATIENCE)
            _can_be_read(web, writers, owner)
        until_accepted(writers, SOON)
        writers.stop()
    service.start()
    settle(service, writers, SOON)


@contextmanager
def _web_alone(data: Path, port: int) -> Iterator[Service]:
    """Web processes as the Procfile has them, for somebody who has no more rights than the files give."""
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "ledger.app:create_app()"]
    settings = {"LEDGER_DATABASE_URL": f"sqlite:///{data}/ledger.db", "LEDGER_PORT": str(port)}
    web = Service([*damage.UNPRIVILEGED, *gunicorn], port, data.parent / "web.log", settings)
    try:
        yield web
    finally:
        web.kill()


def _lives_through(
    service: Service, data: Path, fault: Callable[[], AbstractContextManager[None]], seconds: float = 3.0
) -> None:
    service.start()
    firms = found_network(service.port, (data / "operator.key").read_text(encoding="utf-8").strip(), 4)
    writers, owner = Writers(firms), owner_of(service.port, firms[0])
    writers.start(service.port)
    until_accepted(writers, SOON)
    each_is_there(service.port, writers.promises[:1])
    with fault():
        began = time.monotonic()
        until_refused(writers, PATIENCE)
        _can_be_read(service, writers, owner)
        time.sleep(max(0.0, began + seconds - time.monotonic()))
    until_accepted(writers, SOON)
    settle(service, writers, SOON)
    assert service.stop() == 0
    log_is_whole(f"sqlite:///{data}/ledger.db", writers.promises)


def _can_be_read(service: Service, writers: Writers, owner: Visitor) -> None:
    """Reading needs nothing that is written: not even who is signed in, or how much was asked."""
    promise = writers.promises[0]
    with closing(Caller(service.port, promise.firm.key)) as caller:
        assert caller.get(f"/v1/collaborations/{promise.id}")["title"] == promise.title
        assert caller.get(f"/v1/collaborations?firm={promise.firm.id}")["items"]
    assert owner.get("/mine")
