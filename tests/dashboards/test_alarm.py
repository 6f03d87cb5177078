"""While the log is not what was signed, every page says so, and nothing of it leaves the house as a file."""

from __future__ import annotations

import pytest

from tests.api.test_health import stopped
from tests.api.test_signed_referrals import asked
from tests.api.world import World
from tests.dashboards.people import person


def test_pages_say_so_and_stay_open(world: World) -> None:
    """A banner stands above the page; reading goes on."""
    stopped(world)
    assert 'role="alert"' in person(world, "alpha").text("/consents")


@pytest.mark.parametrize("file", ["{}.pdf", "{}.jwt", "/referrals.csv"])
def test_files_are_refused(world: World, file: str) -> None:
    """With a page that says why; the interface seals none either."""
    referral = asked(world)
    bank = person(world, "bank")
    assert bank.get(file.format(referral)).status_code == 200
    stopped(world)
    refused = bank.get(file.format(referral))
    assert (refused.status_code, "what was signed" in refused.text) == (503, True)
    if file.endswith("pdf"):
        sealed = world.bank.get(referral, Accept="application/pdf")
        assert (sealed.status_code, sealed.json["code"]) == (503, "unavailable")
