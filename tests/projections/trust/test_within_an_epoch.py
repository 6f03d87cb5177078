"""Properties 4 and 7 of the method, step by step: what a dispute, a perfect report or taking back does to a score."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.errors import LedgerError
from tests.projections.trust.bits import believed, bits, sums
from tests.projections.trust.plans import FIRMS, Plan, begun, epoch, fitting, plans, played, played_job, tell
from tests.projections.trust.telling import BADLY, PERFECT, WELL, A, B, both_assessed, done, reference
from tests.stories import COORDINATOR, Story, as_firm, by

any_logs = settings(max_examples=12, deadline=None)
several = st.lists(plans, min_size=1, max_size=3)


def scores(story: Story) -> list[float]:
    """Every firm's score, in the order of FIRMS, also where none is shown."""
    return [bits(story, FIRMS).scores[firm].believed.score for firm in FIRMS]


def disputed(work: Collaboration) -> bool:
    """Whether some party could dispute the work."""
    for firm in work.firms:
        with suppress(LedgerError):
            work.dispute(by(as_firm(firm), 50), firm, "No.")
            return True
    return False


def praised(work: Collaboration) -> bool:
    """Whether some party could still say of another that all was perfect."""
    perfect = fitting(work.kind, PERFECT)
    for firm in work.firms:
        for other in work.firms:
            with suppress(LedgerError):
                work.assess(by(as_firm(firm), 50), firm, {"about": other, **perfect})
                return True
    return False


@any_logs
@given(several)
def test_property_4_within_an_epoch_a_dispute_never_raises_its_subject(plan: list[Plan]) -> None:
    """Whatever was said before, and whether it stays open or leads to a corrected record."""
    works = [played_job(number, one) for number, one in enumerate(plan)]
    story = begun(*(work.collect_events() for work in works))
    for work in filter(disputed, works):
        before = scores(story)
        story.tell(work)
        after = scores(story)
        assert all(now <= then + 1e-9 for now, then in zip(after, before, strict=True))
    story.close()


@any_logs
@given(several)
def test_property_4_within_an_epoch_a_perfect_report_never_lowers_its_subject(plan: list[Plan]) -> None:
    """Nor anybody else, once all seals are off."""
    works = [played_job(number, one) for number, one in enumerate(plan)]
    story = begun(*(work.collect_events() for work in works))
    for work in filter(praised, works):
        before = scores(story)
        story.tell(work)
        after = scores(story)
        assert all(now >= then - 1e-9 for now, then in zip(after, before, strict=True))
    story.close()


@any_logs
@given(several, st.booleans(), st.sampled_from([WELL, BADLY]), st.integers(0, 90))
def test_property_7_a_withdrawal_is_exact_to_the_last_unit(
    plan: list[Plan], stated: bool, measures: dict[str, bool], late: int
) -> None:
    """What was entered and taken back leaves every sum of evidence as it was, and so the next epoch."""
    story, without = begun(*played(plan)), begun(*played(plan))
    before = bits(story, FIRMS).scores
    work = reference(A, B, 20, late=late) if stated else both_assessed(done(A, B, day=20), 21, measures)
    story.tell(work)
    assert sums(story) != sums(without)
    if stated:
        work.withdraw(by(as_firm(A), 22), A)
    else:
        work.settle(by(COORDINATOR, 23), work.dispute(by(as_firm(A), 22), A, "It never took place."), Outcome.STRUCK)
    story.tell(work)
    assert sums(story) == sums(without)
    assert bits(story, FIRMS).scores == before
    tell(story, epoch(30))
    tell(without, epoch(30))
    assert believed(story) == believed(without)
    story.close()
    without.close()


@any_logs
@given(several)
def test_property_7_a_dispute_in_which_the_record_stands_leaves_no_trace(plan: list[Plan]) -> None:
    """All that it took away returns, to the last unit."""
    works = [played_job(number, one) for number, one in enumerate(plan)]
    story = begun(*(work.collect_events() for work in works))
    before, known = sums(story), bits(story, FIRMS).scores
    for work in filter(disputed, works):
        story.tell(work)
        work.settle(by(COORDINATOR, 51), len(work.disputes), Outcome.UPHELD)
        story.tell(work)
        assert sums(story) == before
        assert bits(story, FIRMS).scores == known
    story.close()
