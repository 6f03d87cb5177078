"""A network in which some firms are believed already."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.projections.trust.telling import ROOMS, prelude
from tests.stories import Story


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """Four verified firms that vouch for each other, and A of whom nothing is known yet."""
    told = begin(*ROOMS)
    told.tell(*prelude())
    return told
