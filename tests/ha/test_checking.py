"""The checker of the campaigns finds every way in which a log can break a promise."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest

from ledger.store.leaves import Stored
from tests.ha.answers import Answer, Outcome, digest, silence
from tests.ha.checking import check

FIRST, SECOND = UUID(int=1), UUID(int=2)
LOG = [
    Stored(1, FIRST, 1, "begun", b"a"),
    Stored(2, FIRST, 2, "renamed", b"b"),
    Stored(5, SECOND, 1, "begun", b"c"),
]


def _answer(outcome: Outcome = Outcome.RECORDED, events: Sequence[Stored] = LOG[:2], at: int = 2) -> Answer:
    contents = [digest(event.topic, event.state) for event in events]
    return Answer("0", str(events[0].originator_id), contents, outcome, at, 1.0, 2.0)


def test_a_log_that_keeps_its_promises_is_found_whole() -> None:
    """Gaps between positions are no loss."""
    verdict = check(LOG, [_answer(), _answer(events=LOG[2:], at=5)], whole=True)
    assert (verdict.acknowledged, verdict.lost, verdict.complaints) == (3, 0, [])


@pytest.mark.parametrize(
    ("log", "lost"),
    [
        ([], 2),
        (LOG[:1], 1),
        ([LOG[0], Stored(2, FIRST, 2, "renamed", b"B")], 0),
        ([LOG[0], Stored(3, FIRST, 2, "renamed", b"b")], 0),
        ([*LOG[:2], Stored(3, FIRST, 2, "renamed", b"b")], 0),
        ([LOG[0], Stored(2, FIRST, 3, "renamed", b"b")], 0),
    ],
    ids=["lost", "half lost", "changed", "moved", "doubled", "another version"],
)
def test_a_broken_promise_is_found(log: list[Stored], lost: int) -> None:
    """Lost events are counted, everything else is told."""
    verdict = check(log, [_answer()])
    assert verdict.lost == lost
    assert verdict.complaints


def test_what_was_refused_must_not_be_there() -> None:
    """'Nothing was written' is a promise as well."""
    assert check(LOG, [_answer(Outcome.REFUSED)]).complaints
    assert check([], [_answer(Outcome.REFUSED)]).complaints == []


def test_what_is_unknown_may_be_there_or_not_but_whole() -> None:
    """A command's events stand or fall together."""
    assert [check(log, [_answer(Outcome.UNKNOWN)]).complaints for log in ([], LOG[:2])] == [[], []]
    assert check(LOG[:1], [_answer(Outcome.UNKNOWN)]).complaints


def test_what_nobody_recorded_must_not_be_there() -> None:
    """It is known once nobody writes any more."""
    assert check(LOG, [_answer()]).complaints == []
    assert check(LOG, [_answer()], whole=True).complaints


def test_positions_rise() -> None:
    """A reader that tails the log would miss an event otherwise."""
    assert check([LOG[2], *LOG[:2]], []).complaints


def test_silence_is_the_longest_time_without_an_acknowledged_event() -> None:
    """Also at the ends; answers of other kinds break no silence."""
    answers = [_answer(), _answer(Outcome.UNKNOWN)]
    assert silence(answers, 0, 10) == 8
    assert silence([], 0, 10) == 10
