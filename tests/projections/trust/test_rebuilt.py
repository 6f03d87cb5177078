"""What a replay of the log gives, and the other database."""

from __future__ import annotations

import pytest

from ledger.projections.trust.tables import CREDIBILITY, EPOCHS
from tests.projections.trust.telling import (
    ROOMS,
    A,
    B,
    C,
    E,
    both_assessed,
    closed,
    done,
    prelude,
    reference,
    score,
    well_known,
)
from tests.stories import Story


def known(story: Story) -> list[object]:
    """Everything that epochs have left behind, and what follows from it for A and B."""
    with story.reading() as reading:
        tables = [
            [tuple(row) for row in reading.connection.execute(table.select().order_by(*table.primary_key))]
            for table in (CREDIBILITY, EPOCHS)
        ]
    return [*tables, score(story, A), score(story, B)]


def test_a_rebuilt_room_knows_the_same(story: Story) -> None:
    """Replaying the log changes no bit of credibility, epochs and answers."""
    story.tell(*well_known(), closed(5), reference(C, B, 5, late=90), closed(6))
    before = known(story)
    story.rebuild("trust")
    assert known(story) == before


@pytest.mark.postgresql
def test_both_databases_know_the_same(sqlite_url: str, postgresql_url: str) -> None:
    """The same log gives the same bits on SQLite and on PostgreSQL."""
    found = []
    for url in (sqlite_url, postgresql_url):
        told = Story(url, *ROOMS)
        rated = both_assessed(done(E, A, day=3, value="7777.77", currency="DKK"), 4, {"on_time": True, "rating": 4})
        told.tell(*prelude(), *well_known(), rated, closed(5))
        found.append(known(told))
        told.close()
    assert found[0] == found[1]
