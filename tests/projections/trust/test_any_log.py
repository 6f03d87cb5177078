"""Properties 3 and 7 of the method: any order, any cut, any repetition of a log."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ledger.projections.trust.projector import PROJECTION as TRUST
from ledger.subscriptions.applying import Applied, apply
from ledger.subscriptions.holding import Held
from tests.projections.trust.bits import bits, sums
from tests.projections.trust.plans import (
    FIRMS,
    MEMBERS,
    WORDS,
    Events,
    Plan,
    begun,
    epoch,
    firm_plans,
    plans,
    played,
    played_firms,
    told,
)
from tests.stories import Story

any_logs = settings(max_examples=12, deadline=None)
several = st.lists(plans, min_size=1, max_size=3)
days = st.integers(1, 40)


@any_logs
@given(several, firm_plans, days, st.randoms(use_true_random=False))
def test_property_3_the_order_of_independent_events_does_not_matter(
    plan: list[Plan], members: dict[str, list[str]], day: int, chance: random.Random
) -> None:
    """However admissions, verifications and jobs come between each other, the next epoch gives the same bits."""
    streams = [*joined(members), *WORDS, *played(plan)]
    one, mixed = told(*streams, epoch(day)), told(mixture(streams, chance), epoch(day))
    assert bits(one, FIRMS) == bits(mixed, FIRMS)
    assert sums(one) == sums(mixed)
    one.close()
    mixed.close()


def joined(members: dict[str, list[str]]) -> list[Events]:
    """Each member's whole life as one stream."""
    later = {events[0].originator_id: events for events in played_firms(members) if events}
    return [[*events, *later.get(events[0].originator_id, [])] for events in MEMBERS]


def mixture(streams: list[Events], chance: random.Random) -> Events:
    """The events of all streams, each stream in its order."""
    turns = [n for n, stream in enumerate(streams) for _ in stream]
    chance.shuffle(turns)
    rest = [iter(stream) for stream in streams]
    return [next(rest[n]) for n in turns]


@any_logs
@given(several, st.lists(days, max_size=2), st.data())
def test_property_3_a_duplicate_delivery_changes_nothing(
    plan: list[Plan], epochs: list[int], data: st.DataObject
) -> None:
    """Events that were applied already are not applied again, from wherever they are delivered anew."""
    story = begun(*played(plan), *map(epoch, dict.fromkeys(epochs)))
    before = tables(story)
    position = data.draw(st.integers(0, story.head() - 1))
    repeated = story.read(position, data.draw(st.integers(1, story.head())))
    assert apply(story.engine, TRUST, position, repeated, Held()) == Applied(0)
    assert tables(story) == before
    story.close()


def tables(story: Story) -> dict[str, list[Any]]:
    """The room's tables, row by row."""
    with story.reading() as reading:
        return {
            table.name: [tuple(row) for row in reading.connection.execute(select(table).order_by(*table.primary_key))]
            for table in TRUST.metadata.sorted_tables
        }


@any_logs
@given(several, firm_plans, st.lists(days, max_size=2), st.data())
def test_property_7_a_shorter_log_equals_the_answer_as_of_then(
    plan: list[Plan], members: dict[str, list[str]], epochs: list[int], data: st.DataObject
) -> None:
    """What was known at a position is what a ledger that ends there knows, whatever came later.

    Epochs, verifications and renamings lie anywhere in the log.
    """
    chance = data.draw(st.randoms(use_true_random=False))
    events = mixture([*played(plan), *played_firms(members), *map(epoch, dict.fromkeys(epochs))], chance)
    cut = data.draw(st.integers(0, len(events)))
    whole, short = begun(events), begun(events[:cut])
    then = {"as_of_position": short.head()}
    assert bits(whole, FIRMS, **then) == bits(short, FIRMS, **then)
    whole.close()
    short.close()
