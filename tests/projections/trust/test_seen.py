"""Who may see a score."""

from __future__ import annotations

import pytest

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.trust import queries
from tests.projections.trust.telling import A, B, well_known
from tests.stories import COORDINATOR, Story, as_bank, as_firm, bank, by, consent


def test_who_may_see_a_score(story: Story) -> None:
    """The firm itself and a bank with consent may; other firms, networks and banks find nothing."""
    story.tell(*well_known())
    lender = bank()
    story.tell(lender)
    elsewhere = Actor(Role.COORDINATOR, lender.id, lender.id)
    with story.reading() as reading:
        assert queries.score(reading, as_firm(A), A)["counterparties"] == 3
        assert queries.score(reading, COORDINATOR, A)["counterparties"] == 3
        for stranger in (as_firm(B), as_bank(lender.id), elsewhere):
            with pytest.raises(NotFound):
                queries.score(reading, stranger, A)
    leave = consent(A, lender.id, 3)
    story.tell(leave)
    with story.reading() as reading:
        assert queries.score(reading, as_bank(lender.id), A)["counterparties"] == 3
    leave.withdraw(by(as_firm(A), 4))
    story.tell(leave)
    with story.reading() as reading, pytest.raises(NotFound):
        queries.score(reading, as_bank(lender.id), A)
