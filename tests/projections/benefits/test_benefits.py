"""What firms have of it, and what a coordinator may know of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.errors import NotFound
from ledger.domain.ids import identify
from ledger.projections.benefits.projector import PROJECTION
from ledger.projections.benefits.queries import of_firm, of_network
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.subscriptions.event_log import Recorded
from tests.stories import (
    COORDINATOR,
    NETWORK,
    Story,
    access,
    as_bank,
    as_firm,
    bank,
    consent,
    firm,
    firm_id,
    lent,
    network,
    referral,
)

BANK = bank().id
A, B, C = (firm_id(name) for name in "ABC")
NEXT_YEAR = 310  # days after the story begins
NOTHING_SAID = {"granted": None, "refused": None, "unreported": None, "bands": None}


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """A network of three firms, which have all let the bank look."""
    story = begin(PROJECTION, CONSENTS)
    story.tell(network(), *(firm(name) for name in "ABC"))
    return story


def borrowed(story: Story, firm: UUID, day: float, **said: Any) -> int:
    """The bank looked at the firm, asked for a referral, and said what became of the loan; nothing: it did not say."""
    leave = consent(firm, BANK, day)
    issued = referral(leave, day)
    return story.tell(leave, access(firm, BANK, day), lent(issued, day, **said) if said else issued)


def own(story: Story, firm: UUID, **asked: Any) -> Any:
    """The firm's own years."""
    with story.reading(**asked) as reading:
        return of_firm(reading, as_firm(firm), firm)["years"]


def sums(story: Story, **asked: Any) -> Any:
    """The network's years, as its coordinator reads them."""
    with story.reading(**asked) as reading:
        return of_network(reading, COORDINATOR, NETWORK)["years"]


def test_a_firm_sees_its_years(story: Story) -> None:
    """Looks, referrals and loans, the latest year first; a referral stands in the year in which it was issued."""
    borrowed(story, A, 1, granted=True, band="50k_250k")
    borrowed(story, A, 2, granted=True, band="50k_250k")
    borrowed(story, A, 3, granted=False)
    borrowed(story, A, NEXT_YEAR)
    borrowed(story, B, 4, granted=True)
    assert own(story, A) == [
        {"year": 2027, "looks": 1, "referrals": 1, "granted": 0, "refused": 0, "unreported": 1, "bands": []},
        {
            "year": 2026,
            "looks": 3,
            "referrals": 3,
            "granted": 2,
            "refused": 1,
            "unreported": 0,
            "bands": [{"currency": "EUR", "amount_band": "50k_250k", "loans": 2}],
        },
    ]
    assert own(story, C) == []


def test_a_correction_takes_the_place_of_what_was_said(story: Story) -> None:
    """And the past keeps what was said then."""
    leave = consent(A, BANK)
    issued = lent(referral(leave), 1, band="over_1m")
    before = story.tell(leave, issued)
    story.tell(lent(issued, 2, granted=False))
    assert [(year["granted"], year["refused"], year["bands"]) for year in own(story, A)] == [(0, 1, [])]
    assert own(story, A, as_of_position=before)[0]["granted"] == 1


def test_a_loan_that_can_no_longer_be_read_is_unreported(story: Story) -> None:
    """Where a firm's personal data are erased, a word stands in place of what the bank said."""
    leave = consent(A, BANK)
    issued = lent(referral(leave), 1)
    asked, said = issued.collect_events()
    vars(said)["loan"] = "erased"
    story.events += [Recorded(story.head() + place, event) for place, event in enumerate((asked, said), 1)]
    story.tell()
    assert (own(story, A)[0]["referrals"], own(story, A)[0]["unreported"]) == (1, 1)


def test_the_coordinator_sees_sums_of_three_firms(story: Story) -> None:
    """With two it reads how many looks and referrals there were, which it knows from the access logs, and no more."""
    borrowed(story, A, 1, granted=True)
    borrowed(story, A, 2, granted=True)
    borrowed(story, B, 3, granted=False)
    borrowed(story, C, 4)
    assert sums(story) == [{"year": 2026, "looks": 4, "referrals": 4, **NOTHING_SAID}]
    borrowed(story, C, 5, granted=False)
    told = {"looks": 5, "referrals": 5, "granted": 2, "refused": 2, "unreported": 1, "bands": []}
    assert sums(story) == [{"year": 2026, **told}]


def test_a_band_of_few_firms_hides_all_bands(story: Story) -> None:
    """Or it could be reckoned from the others."""
    for number, borrower in enumerate((A, B, C)):
        borrowed(story, borrower, number, granted=True, band="under_50k")
    assert sums(story)[0]["bands"] == [{"currency": "EUR", "amount_band": "under_50k", "loans": 3}]
    borrowed(story, A, 4, granted=True, band="over_1m")
    assert (sums(story)[0]["granted"], sums(story)[0]["bands"]) == (4, None)


def test_a_firms_loans_are_its_own_business(story: Story) -> None:
    """Not its coordinator's, not the operator's, not a bank's; sums are not for firms and banks."""
    borrowed(story, A, 1, granted=True)
    with story.reading() as reading:
        for viewer in (COORDINATOR, OPERATOR, as_bank(BANK), as_firm(B)):
            with pytest.raises(NotFound):
                of_firm(reading, viewer, A)
        south = identify("network", "south")
        for viewer in (as_firm(A), as_bank(BANK), Actor(Role.COORDINATOR, south, south)):
            with pytest.raises(NotFound):
                of_network(reading, viewer, NETWORK)
        assert of_network(reading, OPERATOR, NETWORK)["least_firms"] == 3
