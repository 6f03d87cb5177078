"""Stories of joint work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.projections.collaborations.people import network_of_three
from tests.stories import Story


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """A network of three firms."""
    return network_of_three(begin)
