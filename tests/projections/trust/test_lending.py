"""Loans never enter the score: neither that one was granted, nor that one was refused, nor that a bank looked."""

from __future__ import annotations

from ledger.domain.access import Access
from ledger.domain.firm import Firm
from ledger.domain.referral import Referral
from ledger.projections.trust.projector import HANDLERS
from tests.projections.trust.bits import bits
from tests.stories import Story, access, as_firm, bank, by, confirmed_job, consent, firm_id, lent, on, referral

BANK = bank().id
A, B, C, D = FIRMS = tuple(firm_id(name) for name in "ABCD")


def test_the_score_is_the_same_to_the_bit(story: Story) -> None:
    """Before and after banks looked, lent and refused."""
    for day, partner in enumerate((B, C, D)):
        work = confirmed_job(partner, A, day=day, completed_on=on(day).date())
        work.assess(by(as_firm(partner), day), partner, {"about": A, "on_time": True, "rating": 4})
        story.tell(work)
    before = bits(story, FIRMS)
    for day, borrower in enumerate(FIRMS):
        leave = consent(borrower, BANK, day)
        issued = referral(leave, day)
        story.tell(leave, access(borrower, BANK, day), lent(issued, day, granted=day % 2 == 0, band=None))
        story.tell(lent(issued, day, granted=day % 2 == 1))
    assert bits(story, FIRMS) == before


def test_the_score_does_not_even_listen() -> None:
    """No event of a bank, and none on how a firm is shown, has a handler there."""
    deaf = (Access.Event, Referral.Event, Firm.DisclosureSet)
    assert [event for event in HANDLERS if issubclass(event, deaf)] == []
