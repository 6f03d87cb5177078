"""A running service that leaves nothing behind, whatever a test does to it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests import service
from tests.service import Service

Serve = Callable[..., Service]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no /proc to find processes in."""
    if sys.platform != "linux":
        for item in items:
            if "tests/faults" in str(item.path):
                item.add_marker(pytest.mark.skip(reason="finds processes in /proc, which only Linux has"))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Make services on one folder; what still runs at the end is killed."""
    made: list[Service] = []

    def make(
        settings: Mapping[str, str] | None = None, *options: str, port: int | None = None, data: Path = tmp_path
    ) -> Service:
        made.append(service.ledger(data, settings, *options, port=port))
        made[-1].log = tmp_path / "service.log"  # also where the data have a disk of their own
        return made[-1]

    yield make
    for one in made:
        one.kill()
        # pytest shows this when the test has failed.
        print(*[line for line in one.log.read_text(encoding="utf-8").splitlines() if '"error"' in line], sep="\n")  # noqa: T201
