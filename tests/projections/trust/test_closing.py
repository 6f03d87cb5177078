"""What an epoch changes when it closes, and what stays until the next one does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ledger.domain.ids import identify
from ledger.projections.trust.tables import CREDIBILITY, EPOCHS, VERIFIED
from tests.projections.trust.bits import believed, rows
from tests.projections.trust.telling import (
    BADLY,
    ROOMS,
    A,
    B,
    C,
    E,
    assessed,
    closed,
    done,
    member,
    praise,
    reference,
    score,
    well_known,
)
from tests.stories import COORDINATOR, Story, by, on


def seeds(story: Story) -> list[int]:
    """How many firms were verified at the end of each epoch."""
    with story.reading() as reading:
        return [row.verified for row in reading.connection.execute(EPOCHS.select().order_by(EPOCHS.c.position))]


def test_credibility_stays_while_an_epoch_lasts(story: Story) -> None:
    """Evidence moves scores at once, but how far a rater's word counts only when the next epoch begins."""
    before, rated = believed(story), score(story, B)
    assert before[B] == before[E]
    story.tell(*(reference(one, B, 2, late=90, key=key) for one in (C, E) for key in "xy"))
    assert believed(story) == before
    assert score(story, B)["facts"]["reports"] > rated["facts"]["reports"]
    story.tell(closed(3))
    assert believed(story)[B] < believed(story)[E]


def test_whoever_was_vouched_for_is_believed_from_the_next_epoch_on(story: Story) -> None:
    """A has done well for three believed firms; its own word counts after the epoch has closed."""
    story.tell(*well_known())
    assert A not in believed(story)
    story.tell(closed(5))
    assert believed(story)[A] > 0


def test_a_verification_counts_from_the_next_epoch_on(begin: Callable[..., Story]) -> None:
    """With one verified firm nobody is believed; a second one changes that when an epoch closes, not before."""
    story, late = begin(*ROOMS), member("C")
    story.tell(member("B", verified=True), late, *praise(B, C), closed(-1))
    late.verify(by(COORDINATOR, 1), "CVR", "extract")
    story.tell(late)
    assert (believed(story), seeds(story)) == ({}, [1])
    story.tell(closed(2))
    assert believed(story).keys() == {B, C}
    assert seeds(story) == [1, 2]


def test_an_epoch_may_close_before_anybody_has_said_anything(begin: Callable[..., Story]) -> None:
    """A young network has verified firms and no reports; its first epochs believe nobody, and the next one may."""
    story = begin(*ROOMS)
    story.tell(member("B", verified=True), member("C", verified=True), closed(-2))
    assert (believed(story), seeds(story)) == ({}, [2])
    story.tell(*praise(B, C, day=-1), closed(0))
    assert believed(story).keys() == {B, C}


def test_a_renamed_firm_carries_no_trust_from_the_next_epoch_on(begin: Callable[..., Story]) -> None:
    """Another name is unverified; another town is not, and a new verification restores what there was."""
    story, renamed = begin(*ROOMS), member("C", verified=True)
    story.tell(member("B", verified=True), renamed, *praise(B, C), closed(-1))
    before = believed(story)
    renamed.update(by(COORDINATOR, 1), replace(renamed.profile(), town="Odense"))
    story.tell(renamed, closed(1))
    assert seeds(story) == [2, 2]
    renamed.update(by(COORDINATOR, 2), replace(renamed.profile(), name="C & Sons"))
    story.tell(renamed)
    assert before.keys() == believed(story).keys() == {B, C}
    story.tell(closed(3))
    assert believed(story) == {}
    renamed.verify(by(COORDINATOR, 4), "CVR", "new extract")
    story.tell(renamed, closed(5))
    assert believed(story).keys() == {B, C}


def test_a_register_is_one_however_it_is_written(story: Story) -> None:
    """Capitals and spaces make no second authority."""
    story.tell(member("F", verified=True, register="  handelsregister   Hamburg "))
    story.tell(member("G", verified=True, register="Handelsregister hamburg"))
    with story.reading() as reading:
        authorities = {row["authority"] for row in rows(reading, VERIFIED)}
    assert authorities == {"cvr", "handelsregister hamburg"}


@pytest.mark.parametrize(("day", "counts"), [(10, False), (16.99, False), (17, True)])
def test_a_sealed_assessment_counts_in_the_first_epoch_that_finds_it_open(
    story: Story, day: float, counts: bool
) -> None:
    """Given on day 3 it opens 14 days later: an epoch that closes before does not know it."""
    story.tell(assessed(done(C, B, day=3), C, B, 3, BADLY), closed(day))
    assert (believed(story)[B] < believed(story)[E]) is counts


def test_the_past_keeps_its_credibility(story: Story) -> None:
    """As of a position before an epoch the older one holds; so does the score of then."""
    story.tell(*well_known())
    then, before = story.head(), believed(story)
    answer = score(story, A, as_of_position=then)
    story.tell(reference(C, B, 5, late=90), closed(6))
    assert believed(story) != before
    assert believed(story, as_of_position=then) == before
    assert score(story, A, as_of_position=then) == answer
    assert believed(story, as_of_position=1) == {}


def test_an_epoch_is_of_one_network(story: Story) -> None:
    """Another network's epoch changes nobody's word here."""
    story.tell(*well_known())
    before, answer = believed(story), score(story, A, now=on(9))
    story.tell(closed(8, identify("network", "south")))
    assert believed(story) == before
    assert {**score(story, A, now=on(9)), "position": 0} == {**answer, "position": 0}


def test_an_epoch_without_news_keeps_the_rows(story: Story) -> None:
    """Who is believed as before is believed since before: a quiet day costs no rows."""
    story.tell(closed(-0.9))
    with story.reading() as reading:
        assert reading.connection.execute(CREDIBILITY.select()).all()
        assert all(row.until_position is None for row in reading.connection.execute(CREDIBILITY.select()))
    assert seeds(story) == [4, 4]
