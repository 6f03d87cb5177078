"""Stories told to read models, on each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ledger.subscriptions.projection import Projection
from tests.stories import Story

Tell = Callable[..., Story]


@pytest.fixture
def begin(database_url: str) -> Iterator[Tell]:
    """Begin a story that these projections follow."""
    begun: list[Story] = []

    def begin(*projections: Projection) -> Story:
        begun.append(Story(database_url, *projections))
        return begun[-1]

    yield begin
    for story in begun:
        story.close()
