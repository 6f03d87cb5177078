"""Property 2 of the method: firms that praise each other without anybody verified among or behind them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.collaboration import Collaboration
from tests.projections.trust.bits import Row, bits
from tests.projections.trust.plans import FIRMS, Events, begun, collected, epoch, tell
from tests.projections.trust.telling import BADLY, LARGE, WELL, assessed, both_assessed, done, member, praise, reference
from tests.stories import Story, firm_id

NAMES = [f"Ring {n}" for n in range(1, 7)]
RING = [firm_id(name) for name in NAMES]

rings = st.integers(2, 6).map(lambda size: RING[:size])
any_ring = settings(max_examples=10, deadline=None)


def circle(ring: Sequence[UUID], times: int, *, jobs: bool) -> list[Events]:
    """Members of a ring that praise each other, by statements and perhaps by perfect work."""
    members = [member(name) for name in NAMES[: len(ring)]]
    worked = [(one, other) for n, one in enumerate(ring) for other in ring[:n] if jobs]
    works = [both_assessed(done(*pair, day=3, value=LARGE), 4, {**WELL, "rating": 5}) for pair in worked]
    return collected(*members, *praise(*ring, times=times, day=2), *works)


def without_and_with(ring: Sequence[Events], *more: Collaboration) -> tuple[Story, Story]:
    """The same network without and with a ring, an epoch later."""
    without, joined = begun(), begun(*ring, *collected(*more))
    tell(without, epoch(60))
    tell(joined, epoch(60))
    return without, joined


@any_ring
@given(rings, st.integers(1, 2), st.booleans())
def test_property_2_a_closed_ring_stays_at_exactly_50(ring: Sequence[UUID], times: int, jobs: bool) -> None:
    """However much its members praise each other, nobody believes them, and all others' bits stay as they were."""
    without, joined = without_and_with(circle(ring, times, jobs=jobs))
    assert bits(joined, FIRMS) == bits(without, FIRMS)
    alone(joined, ring)
    without.close()
    joined.close()


@any_ring
@given(rings, st.integers(0, 90))
def test_property_2_a_rings_statements_change_nothing_for_others(ring: Sequence[UUID], late: int) -> None:
    """Good or bad, on everybody: no shown score of an outsider moves by a bit, nor whom the network believes."""
    statements = [reference(one, other, 5, late=late) for one in ring for other in FIRMS]
    without, joined = without_and_with(circle(ring, 1, jobs=False), *statements)
    found, before = bits(joined, FIRMS), bits(without, FIRMS)
    assert found.credibility == before.credibility
    for firm in FIRMS:
        assert found.scores[firm].believed == before.scores[firm].believed
        assert shown(found.answers[firm]) == shown(before.answers[firm])
    alone(joined, ring)
    without.close()
    joined.close()


@any_ring
@given(rings, st.sampled_from([WELL, BADLY]), st.sampled_from(FIRMS))
def test_property_2_a_ring_is_not_believed_by_those_it_works_for(
    ring: Sequence[UUID], measures: dict[str, bool], outsider: UUID
) -> None:
    """What its members say after true joint work moves nobody's believed evidence, for better or for worse."""
    works = [assessed(done(one, outsider, day=6), one, outsider, 7, measures) for one in ring]
    without, joined = without_and_with(circle(ring, 1, jobs=False), *works)
    found, before = bits(joined, FIRMS), bits(without, FIRMS)
    assert found.credibility == before.credibility
    for firm in FIRMS:
        assert found.scores[firm].believed == before.scores[firm].believed
        if before.answers[firm]["sufficient"]:
            assert shown(found.answers[firm]) == shown(before.answers[firm])
    alone(joined, ring)
    without.close()
    joined.close()


def shown(answer: Row) -> Row:
    """What a bank reads first; counts and the waterfall's first steps tell also what nobody believes."""
    return {name: answer[name] for name in ("score", "interval", "grade", "confidence", "sufficient")}


def alone(story: Story, ring: Sequence[UUID]) -> None:
    """Nobody in the ring is believed, and each of its members stands at 50 to the bit, without a shown score."""
    found = bits(story, ring)
    assert not found.credibility.keys() & set(ring)
    for firm in ring:
        assert found.scores[firm].believed.score == 50.0
        assert found.answers[firm]["score"] is None
        assert found.answers[firm]["confidence"] == "D"
