"""One ledger for all tests of a file: what hostile requests leave behind must not disturb the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.hostile.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A small ledger; at the end no read model has failed on what was accepted."""
    made = World(tmp_path_factory.mktemp("hostile"))
    yield made
    assert made.failures() == []
    made.close()
