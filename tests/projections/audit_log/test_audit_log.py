"""The access log of a firm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.domain.actor import OPERATOR
from ledger.domain.errors import NotFound
from ledger.projections.audit_log.projector import PROJECTION
from ledger.projections.audit_log.queries import page
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from tests.stories import (
    COORDINATOR,
    Story,
    access,
    as_bank,
    as_firm,
    bank,
    by,
    consent,
    firm,
    firm_id,
    network,
    referral,
)

ACME, BETA = firm_id("Acme"), firm_id("Beta")
BANK, OTHER = bank().id, bank("Other Bank").id


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """Two banks looked at one firm."""
    story, given = begin(PROJECTION, CONSENTS), consent(ACME, BANK)
    story.tell(network(), firm("Acme"), firm("Beta"), given, consent(ACME, OTHER, 0.5))
    story.tell(access(ACME, BANK, 1), access(ACME, OTHER, 2, what="trust"), referral(given, 3))
    return story


def test_a_firm_sees_who_looked(story: Story) -> None:
    """Every look and every referral, the newest first."""
    with story.reading() as reading:
        for viewer in (as_firm(ACME), COORDINATOR, OPERATOR):
            items = page(reading, viewer, firm=ACME, limit=9).items
            assert [(item["bank"], item["what"]) for item in items] == [
                (str(BANK), "referral"),
                (str(OTHER), "trust"),
                (str(BANK), "history"),
            ]
    assert items[2] == {
        "bank": str(BANK),
        "what": "history",
        "purpose": "loan",
        "at": "2026-03-03T09:00:00Z",
        "position": 6,
    }


def test_a_bank_sees_its_own_looks_only(story: Story) -> None:
    """That another bank looked is not for it to know."""
    with story.reading() as reading:
        assert {item["bank"] for item in page(reading, as_bank(BANK), firm=ACME, limit=9).items} == {str(BANK)}


def test_others_see_nothing(story: Story) -> None:
    """Another firm, and a bank without consent, do not find the log."""
    ended = consent(BETA, BANK)
    story.tell(ended)
    ended.withdraw(by(as_firm(BETA), 4))
    story.tell(ended)
    with story.reading() as reading:
        for viewer, firm in ((as_firm(BETA), ACME), (as_bank(BANK), BETA)):
            with pytest.raises(NotFound):
                page(reading, viewer, firm=firm, limit=9)


def test_the_log_comes_in_pages_and_as_of(story: Story) -> None:
    """A page ends at its limit; an earlier position knows fewer looks."""
    with story.reading() as reading:
        first = page(reading, as_firm(ACME), firm=ACME, limit=2)
        rest = page(reading, as_firm(ACME), firm=ACME, limit=2, cursor=first.next)
    assert [item["position"] for item in (*first.items, *rest.items)] == [8, 7, 6]
    with story.reading(as_of_position=6) as reading:
        assert [item["position"] for item in page(reading, as_firm(ACME), firm=ACME, limit=9).items] == [6]
