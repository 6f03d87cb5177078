"""The access log of a firm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.domain.actor import OPERATOR
from ledger.domain.errors import NotFound
from ledger.projections.audit_log.projector import PROJECTION
from ledger.projections.audit_log.queries import of_bank, page
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
    on,
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


def test_a_bank_reads_what_it_looked_at(story: Story) -> None:
    """At every firm, newest first, in pages, as of a position, and after its consent has ended."""
    with story.reading() as reading:
        looks = of_bank(reading, as_bank(BANK), bank=BANK, limit=9).items
        first = of_bank(reading, OPERATOR, bank=BANK, limit=1)
        rest = of_bank(reading, OPERATOR, bank=BANK, limit=9, cursor=first.next)
    assert looks == [*first.items, *rest.items]
    assert looks[-1] == {
        "firm": str(ACME),
        "what": "history",
        "purpose": "loan",
        "at": "2026-03-03T09:00:00Z",
        "position": 6,
    }
    with story.reading(as_of_position=6, now=on(4000)) as reading:
        assert of_bank(reading, as_bank(BANK), bank=BANK, limit=9).items == looks[-1:]


def test_what_a_bank_looks_at_is_its_own_business(story: Story) -> None:
    """And the operator's; not another bank's, a firm's or a coordinator's."""
    with story.reading() as reading:
        for viewer in (as_bank(OTHER), as_firm(ACME), as_firm(BANK), COORDINATOR):
            with pytest.raises(NotFound):
                of_bank(reading, viewer, bank=BANK, limit=9)
