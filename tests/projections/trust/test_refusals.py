"""Property 6 of the method: reports about oneself, by outsiders, or repeated are refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.collaboration import Collaboration
from ledger.domain.errors import InvalidAssessment, InvalidParties, LedgerError, NotAParty, StateConflict
from tests.projections.trust.bits import bits, sums
from tests.projections.trust.plans import FIRMS, KINDS, Plan, begun, parties, plans, played_job
from tests.projections.trust.telling import BADLY, WELL, assessed, done, reference
from tests.stories import as_firm, by, firm_id, job, on

OUTSIDER = firm_id("Outsider")

said = st.sampled_from([WELL, BADLY, {"rating": 5}, {"rating": 1}])


def refused(work: Collaboration, firm: UUID, about: UUID, measures: dict[str, Any]) -> type[LedgerError] | None:
    """The error by which a report is refused; None when it was taken."""
    try:
        assessed(work, firm, about, 50, measures)
    except LedgerError as error:
        return type(error)
    return None


@settings(max_examples=15, deadline=None)
@given(plans, said)
def test_property_6_no_report_about_oneself_by_outsiders_or_repeated(plan: Plan, measures: dict[str, Any]) -> None:
    """Whatever state the work is in: refused, nothing is recorded, and no bit of any answer changes."""
    work = played_job(0, plan)
    story = begun(work.collect_events())
    before, evidence = bits(story, FIRMS), sums(story)
    for firm in work.firms:
        assert refused(work, firm, firm, measures) in (InvalidAssessment, StateConflict)
        assert refused(work, OUTSIDER, firm, measures) is NotAParty
        assert refused(work, firm, OUTSIDER, measures) in (InvalidAssessment, StateConflict)
    for firm, other in work.assessed:
        assert refused(work, firm, other, measures) in (InvalidAssessment, StateConflict)
    assert not work.pending_events
    story.tell(work)
    assert (bits(story, FIRMS), sums(story)) == (before, evidence)
    story.close()


@given(parties, st.sampled_from(KINDS[:2]), said)
def test_property_6_finished_work_takes_one_report_from_each_party_on_each_other(
    firms: Sequence[UUID], kind: str, measures: dict[str, Any]
) -> None:
    """The reason is named: not about oneself, not by or on outsiders, not twice, whatever the second one says."""
    work = done(*(firms if kind == "joint_order" else firms[:2]), kind=kind)
    for firm in work.firms:
        assert refused(work, firm, firm, measures) is InvalidAssessment
        assert refused(work, OUTSIDER, firm, measures) is NotAParty
        assert refused(work, firm, OUTSIDER, measures) is InvalidAssessment
        for other in set(work.firms) - {firm}:
            assert refused(work, firm, other, measures) is None
            assert refused(work, firm, other, WELL) is InvalidAssessment


@given(parties, said, st.sampled_from(["oneself", "outsider", "repeated"]))
def test_property_6_it_holds_for_reports_within_a_proposal(
    firms: Sequence[UUID], measures: dict[str, Any], fault: str
) -> None:
    """A claim that brings such a report is refused as a whole."""
    about = {"oneself": [firms[0]], "outsider": [OUTSIDER], "repeated": [firms[1], firms[1]]}[fault]
    with pytest.raises(InvalidAssessment):
        job(*firms[:2], completed_on=on(0).date(), assessments=[{"about": one, **measures} for one in about])


@given(parties, said)
def test_property_6_what_a_proposal_said_is_not_said_again(firms: Sequence[UUID], measures: dict[str, Any]) -> None:
    """An assessment that came with the proposal is the one that this firm gives."""
    work = job(*firms[:2], completed_on=on(0).date(), assessments=[{"about": firms[1], **measures}])
    work.accept(by(as_firm(firms[1])), firms[1])
    assert refused(work, firms[0], firms[1], WELL) is InvalidAssessment


@pytest.mark.parametrize("state", [done, reference])
def test_property_6_nobody_works_for_itself_or_states_something_on_itself(state: Callable[..., Any]) -> None:
    """A firm is one party once, in work as in statements."""
    with pytest.raises(InvalidParties):
        state(FIRMS[0], FIRMS[0])


def test_property_6_outsiders_record_nothing() -> None:
    """Neither work of two firms, nor what one states on another."""
    with pytest.raises(NotAParty):
        job(*FIRMS[:2], kind="credit_reference", recorded_by=OUTSIDER)
    with pytest.raises(NotAParty):
        job(*FIRMS[:2], recorded_by=OUTSIDER)
