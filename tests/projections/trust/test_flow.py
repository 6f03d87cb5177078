"""How trust flows from verified firms along vouches: small examples by hand, and what holds for any network."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.projections.trust.flow import ceilings, credibility, trust, typical_trust
from ledger.projections.trust.parameters import ONWARD, STEPS
from tests.projections.trust.webs import Web, by_equations, renumbered, web, webs


def test_trust_halves_along_a_chain() -> None:
    """Two groups vouch for firm 2, which vouches for 3: each step passes 0.6 on."""
    found = trust(web(4, {(0, 2): 1, (1, 2): 1, (2, 3): 1}).pairs, [[0], [1]])
    # A half of .4 starts at each seed; the largest group is left out, the rest is doubled: two groups, one remains.
    assert found == pytest.approx([0, 0, 2 * 0.2 * 0.6, 2 * 0.2 * 0.36])


def test_a_vouch_is_divided_among_those_it_is_given_to() -> None:
    """Who praises one firm three times as much as another passes three quarters on to it."""
    found = trust(web(4, {(0, 2): 3, (0, 3): 1, (1, 2): 1, (1, 3): 1}).pairs, [[0], [1]])
    assert found[3] == pytest.approx(2 * 0.2 * 0.6 * 0.25)
    assert found[2] == pytest.approx(2 * 0.2 * 0.6 * 0.5)


def test_nobody_vouches_by_a_bad_report() -> None:
    """Where bad outweighs good nothing flows, and another vouch of the same firm gets all."""
    mixed = web(4, {(0, 2): 1, (1, 2): 1, (0, 3): 1, (1, 3): 1}, bad={(0, 3): 2, (1, 3): 2})
    found = trust(mixed.pairs, [[0], [1]])
    assert found[3] == 0
    assert found[2] == pytest.approx(2 * 0.2 * 0.6)


def test_trust_that_nobody_passes_on_evaporates() -> None:
    """It neither stays with who has it nor returns to the verified firms."""
    silent = trust(web(3, {(0, 2): 1, (1, 2): 1}).pairs, [[0], [1]])
    assert silent.sum() == pytest.approx(0.24)
    returned = trust(web(3, {(0, 2): 1, (1, 2): 1, (2, 0): 1, (2, 1): 1}).pairs, [[0], [1]])
    assert returned.sum() > 0.24


def test_one_group_alone_trusts_nobody() -> None:
    """Without a second group, or with an empty one, nothing remains."""
    one = web(3, {(0, 1): 1, (1, 2): 1}).pairs
    for groups in ([], [[0]], [[0, 1]], [[0], []]):
        assert not trust(one, groups).any()
        assert not credibility(one, groups).any()


@pytest.mark.parametrize(
    ("trusted", "seeds", "typical"),
    [
        ([0.1, 0.2, 0.3, 0.4], [], 0.3),  # .1 + .2 are less than half of 1, with .3 it is more
        ([0.1, 0.1, 0.1, 0.1, 0.4], [], 0.1),  # the four small ones are just half
        ([0.9, 0.1, 0.2, 0.25], [0], 0.2),
        ([0.9, 0.0, 0.0], [0], 0.9),  # only seeds are trusted: the median over them
        ([0.0, 0.0], [], 0.0),
    ],
)
def test_typical_trust_is_a_median_weighted_by_trust(trusted: list[float], seeds: list[int], typical: float) -> None:
    """Half of all trust outside the verified firms is with firms of no more than it."""
    assert typical_trust(np.array(trusted), np.array(seeds, dtype=np.int32)) == typical


def test_ceilings_by_hand() -> None:
    """Good evidence of one counterparty stays below 1.6, bad below 4; each makes less of the other."""
    heard = ceilings(web(3, {(0, 1): 1, (0, 2): 1e9}, bad={(0, 1): 2, (1, 2): 1e9}).pairs)
    assert heard.good == pytest.approx([1.6 / 4.6, 1.6, 0])
    assert heard.bad == pytest.approx([8 / 7, 0, 4])


def test_credibility_by_hand() -> None:
    """Two verified firms of two groups that praise each other: both are typical, and each weighs the other's word."""
    found = credibility(web(2, {(0, 1): 1, (1, 0): 1}).pairs, [[0], [1]])
    known, said = 1 / 1.45, 1.6 / 2.6
    second = known * ((known * said + 1) / (known * said + 2)) ** 2
    third = known * ((second * said + 1) / (second * said + 2)) ** 2
    assert found == pytest.approx([third, third], rel=1e-12)


@given(webs)
def test_the_flow_solves_its_equations(one: Web) -> None:
    """Each group's flow is t = .4 s + .6 Wᵀ t, and the largest group is left out for each firm.

    Only what would move after the last step is missing, and roundings of single precision.
    """
    found = trust(ceilings(one.pairs), one.groups)
    assert np.abs(found - by_equations(one, STEPS)).max() < 1e-6
    assert np.abs(found - by_equations(one)).max() < 2 * ONWARD**STEPS + 1e-6


@given(webs)
def test_no_trust_is_made_on_the_way(one: Web) -> None:
    """There is never more trust than started, and credibility lies between 0 and 1."""
    found = trust(ceilings(one.pairs), one.groups)
    assert found.min() >= 0
    assert found.sum() <= 1 + 1e-6
    believed = credibility(one.pairs, one.groups)
    assert believed.min() >= 0
    assert believed.max() < 1
    assert not believed[found == 0].any()


@given(webs)
def test_no_group_can_carry_a_firm(one: Web) -> None:
    """A firm that is reached from one group only has no trust at all, not even a rounding error."""
    found = trust(ceilings(one.pairs), one.groups)
    reached = np.array([one.reached(group) for group in one.groups]).sum(axis=0)
    assert not found[reached < 2].any()


@settings(max_examples=50)
@given(webs, st.randoms(use_true_random=False))
def test_numbering_firms_otherwise_changes_nothing(one: Web, chance: random.Random) -> None:
    """What a firm is called has no influence on how far it is believed, but for roundings of single precision."""
    number = chance.sample(range(one.firms), one.firms)
    other = renumbered(one, number)
    assert np.abs(credibility(one.pairs, one.groups) - credibility(other.pairs, other.groups)[number]).max() < 1e-5
