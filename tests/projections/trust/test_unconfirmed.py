"""Property 1 of the method: what is not confirmed does not count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.collaboration import Collaboration
from ledger.domain.kinds.catalogue import kind_named
from tests.projections.trust.bits import bits
from tests.projections.trust.plans import FIRMS, KINDS, MANY, Plan, begun, epoch, fitting, parties, plans, played, tell
from tests.projections.trust.telling import BADLY, LARGE, done
from tests.stories import as_firm, by, job, on

FATES = ("claimed", "backed", "declined", "withdrawn", "accepted by some", "amended")
DOCUMENT: Any = {"sha256": "0" * 64, "media_type": "application/pdf", "title": "Invoice"}
ANOTHER: Any = {**DOCUMENT, "sha256": "1" * 64}


def unconfirmed(firms: Sequence[UUID], kind: str, fate: str) -> Collaboration:
    """A claim with all that its proposer can add, by which in the end not everybody stands."""
    proposer, other = firms[:2]
    if fate == "amended":
        work = done(proposer, other, day=30, completed_on=None)
        work.amend(by(as_firm(other), 31), other, {**work.terms, "value": {"amount": LARGE, "currency": "EUR"}})
        return work
    said = {"about": other, **fitting(kind_named(kind), {**BADLY, "rating": 1})}
    several = firms if kind in MANY else firms[:2]
    claim = job(*several, kind=kind, day=30, completed_on=on(30).date(), assessments=[said], evidence=[DOCUMENT])
    if fate == "backed":
        claim.attach_evidence(by(as_firm(proposer), 31), proposer, ANOTHER)
    if fate == "declined":
        claim.decline(by(as_firm(other), 31), other)
    if fate == "withdrawn":
        claim.withdraw(by(as_firm(proposer), 31), proposer)
    if fate == "accepted by some" and kind == "joint_order":
        claim.accept(by(as_firm(other), 31), other)
    return claim


@settings(max_examples=12, deadline=None)
@given(st.lists(plans, max_size=2), parties, st.sampled_from(KINDS[:4]), st.sampled_from(FATES))
def test_property_1_an_unconfirmed_job_changes_nothing(
    plan: list[Plan], firms: Sequence[UUID], kind: str, fate: str
) -> None:
    """Whatever becomes of a claim: every bit of every answer stays, now and in the next epoch."""
    without, claimed = begun(*played(plan)), begun(*played(plan), unconfirmed(firms, kind, fate).collect_events())
    assert bits(claimed, FIRMS) == bits(without, FIRMS)
    tell(without, epoch(60))
    tell(claimed, epoch(60))
    assert bits(claimed, FIRMS) == bits(without, FIRMS)
    without.close()
    claimed.close()
