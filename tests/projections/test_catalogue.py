"""All read models together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ledger.projections
from ledger.projections.catalogue import PROJECTIONS
from tests.stories import (
    Story,
    access,
    bank,
    confirmed_job,
    consent,
    firm,
    firm_id,
    network,
    referral,
)


def test_every_room_is_in_the_catalogue() -> None:
    """A read model that is not listed would never be filled."""
    rooms = {path.parent.name for path in Path(ledger.projections.__path__[0]).glob("*/projector.py")}
    assert {projection.name for projection in PROJECTIONS} == rooms | {"timeline"}


def test_tables_carry_the_name_and_version_of_their_room() -> None:
    """So that a new version can be built beside the old one."""
    for projection in PROJECTIONS:
        assert all(name.startswith(projection.key) for name in projection.metadata.tables)


def test_a_story_passes_through_all_rooms(begin: Callable[..., Story]) -> None:
    """Every event of the domain finds its handlers, and a rebuild of each room succeeds."""
    story = begin(*(projection for projection in PROJECTIONS if projection.name != "timeline"))
    one, other, lender = firm_id("Acme"), firm_id("Beta"), bank()
    given = consent(one, lender.id)
    story.tell(network(), firm("Acme"), firm("Beta"), lender, given)
    story.tell(confirmed_job(one, other), access(one, lender.id), referral(given))
    for projection in PROJECTIONS:
        story.rebuild(projection.name)
    with story.reading() as reading:
        assert reading.position == story.head()
