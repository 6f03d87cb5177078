"""What was drawn is kept while it is true, and no longer."""

from __future__ import annotations

from itertools import count

from ledger.dashboards.kept import MOST, Kept


def test_what_is_true_is_made_once() -> None:
    """Whoever asks for the same again is given the same."""
    kept, made = Kept(), count()
    assert [kept.of(7, "overview", lambda: next(made)) for _ in range(3)] == [0, 0, 0]


def test_each_question_has_an_answer_of_its_own() -> None:
    """Another language, selection or moment is another key."""
    kept, made = Kept(), count()
    assert [kept.of(7, key, lambda: next(made)) for key in ("de", "en", "de")] == [0, 1, 0]


def test_an_event_throws_everything_away() -> None:
    """Nothing of before is left, whoever asks first: it may name a firm that has been erased."""
    kept, made = Kept(), count()
    kept.of(7, "overview", lambda: next(made))
    kept.of(8, "network", lambda: next(made))
    assert kept.of(8, "overview", lambda: next(made)) == 2
    assert kept.of(8, "network", lambda: next(made)) == 1


def test_a_reading_from_before_the_event_is_answered_and_not_kept() -> None:
    """It was opened before, and asks after: its answer is true for it alone."""
    kept, made = Kept(), count()
    kept.of(8, "overview", lambda: next(made))
    assert kept.of(7, "overview", lambda: next(made)) == 1
    assert kept.of(8, "overview", lambda: next(made)) == 0


def test_no_more_is_kept_than_has_room() -> None:
    """What nobody has asked for longest goes first."""
    kept, made = Kept(), count()
    for number in range(MOST + 1):
        kept.of(7, number, lambda: next(made))
    assert kept.of(7, MOST, lambda: next(made)) == MOST
    assert kept.of(7, 0, lambda: next(made)) == MOST + 1
