"""A planned switchover of a real cluster under load; scripts/ha does all the other faults, and the control."""

from __future__ import annotations

import pytest

from tests.ha import network, tools
from tests.ha.campaign import play
from tests.ha.faults import FAULTS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # it has the machine to itself


def test_a_switchover_loses_nothing() -> None:
    """Every acknowledged event is there, once, where it was said to be; the read model has followed."""
    try:
        campaign = play(FAULTS[:1], tools.find())
    except (tools.Missing, network.Claimed) as reason:
        pytest.skip(f"no cluster can be played here: {reason}")
    assert campaign.failovers == 1
    assert campaign.verdict.acknowledged > 0
    assert campaign.complaints == []
