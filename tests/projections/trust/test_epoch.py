"""Closing an epoch: into which groups verified firms are divided, and who is believed."""

from __future__ import annotations

import random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ledger.projections.trust.epoch import Said, believe, groups
from ledger.projections.trust.strength import ONE

FIRMS = [UUID(int=n) for n in range(1, 31)]
REGISTERS = ("CVR", "HRB", "KRS", "SIRENE", "ARES", "ROB", "KvK")

firms = st.sampled_from(FIRMS)
register_of = st.dictionaries(firms, st.sampled_from(REGISTERS))
reports = st.dictionaries(
    st.tuples(firms, firms).filter(lambda pair: pair[0] != pair[1]),
    st.tuples(st.integers(0, 9 * ONE), st.integers(0, 9 * ONE)),
    max_size=60,
)


def told(said: dict[tuple[UUID, UUID], tuple[int, int]]) -> list[Said]:
    """The reports in the form that an epoch takes."""
    return [Said(about, by, good, bad) for (about, by), (good, bad) in said.items()]


@given(register_of)
def test_every_verified_firm_is_in_one_group(verified: dict[UUID, str]) -> None:
    """One that was verified by mistake as well: it stands in one group of at most five, and carries nobody alone."""
    divided = groups(verified)
    assert len(divided) <= 5
    assert all(divided)
    assert sorted(firm for group in divided for firm in group) == sorted(verified)


@given(register_of)
def test_a_small_authority_is_never_divided(verified: dict[UUID, str]) -> None:
    """Whoever verified at most a fifth of the firms has them in one group; a larger one, in several."""
    divided = groups(verified)
    for register in set(verified.values()):
        own = {firm for firm in verified if verified[firm] == register}
        touched = sum(bool(own & set(group)) for group in divided)
        assert touched == 1 if len(own) * 5 <= len(verified) else touched >= min(2, len(own))


@given(register_of)
def test_groups_are_of_about_the_same_size(verified: dict[UUID, str]) -> None:
    """They differ by no more than one undivided authority has verified."""
    sizes = [len(group) for group in groups(verified)]
    sizes += [0] * (5 - len(sizes))
    assert max(sizes) - min(sizes) <= max(1, len(verified) // 5)


def test_one_register_is_divided_by_id() -> None:
    """Where all firms are of one register, each fifth of them is a group, whatever the order of verification."""
    divided = groups(dict.fromkeys(reversed(FIRMS[:12]), "CVR"))
    assert [len(group) for group in divided] == [3, 3, 2, 2, 2]
    assert divided[0] == [FIRMS[0], FIRMS[5], FIRMS[10]]


def test_nobody_verified_makes_no_group() -> None:
    """And two verified firms make two groups, whoever verified them."""
    assert groups({}) == []
    assert groups(dict.fromkeys(FIRMS[:2], "CVR")) == [[FIRMS[0]], [FIRMS[1]]]


@given(reports, register_of, st.randoms(use_true_random=False))
def test_the_order_of_what_is_known_does_not_matter(
    said: dict[tuple[UUID, UUID], tuple[int, int]], verified: dict[UUID, str], chance: random.Random
) -> None:
    """Reports and verifications in any order give the same credibility to the bit."""
    reports = told(said)
    shuffled = dict(chance.sample(list(verified.items()), len(verified)))
    assert groups(shuffled) == groups(verified)
    found = believe(reports, verified, 1 / ONE)
    assert believe(chance.sample(reports, len(reports)), shuffled, 1 / ONE) == found
    assert all(0 < thousandths < 1000 for thousandths in found.values())


@given(reports, firms)
def test_with_fewer_than_two_verified_firms_nobody_is_believed(
    said: dict[tuple[UUID, UUID], tuple[int, int]], only: UUID
) -> None:
    """There is no second group that could confirm the first."""
    assert believe(told(said), {}, 1 / ONE) == {}
    assert believe(told(said), {only: "CVR"}, 1 / ONE) == {}


def test_a_network_without_any_report_believes_nobody() -> None:
    """Its first epoch may close before anybody has said anything."""
    assert believe([], dict.fromkeys(FIRMS[:2], "CVR"), 1 / ONE) == {}
    assert believe([], {}, 1 / ONE) == {}


def test_one_firm_verified_by_mistake_carries_nobody() -> None:
    """A ring of friends around it is believed no more than before: not at all."""
    honest, wrong, ring = FIRMS[:4], FIRMS[4], FIRMS[5:9]
    pairs = [(one, other) for circle in (honest, [wrong, *ring]) for one in circle for other in circle if one != other]
    found = believe([Said(*pair, 9 * ONE, 0) for pair in pairs], dict.fromkeys([*honest, wrong], "CVR"), 1 / ONE)
    assert found.keys() == set(honest)


def test_a_vouched_firm_is_believed_in_thousandths() -> None:
    """Two verified firms praise each other and a third one: all three are believed, by the formula."""
    one, two, third = FIRMS[:3]
    pairs = [(one, two), (two, one), (third, one), (third, two)]
    found = believe([Said(*pair, ONE, 0) for pair in pairs], {one: "CVR", two: "HRB"}, 1 / ONE)
    half, said = 0.5, 1.6 / 2.6  # of each vouch goes to the other verified firm, a half to the third
    # Within group `one`: t1 = .2 + .3 t2, t2 = .3 t1; the third has .3 (t1 + t2), the other group mirrors it.
    inside = 0.2 / (1 - 0.6 * half * 0.6 * half)
    seed, outside = 2 * 0.3 * inside, 2 * 0.3 * (inside + 0.3 * inside)
    known = {firm: trust / (trust + 0.45 * outside) for firm, trust in ((one, seed), (two, seed), (third, outside))}
    now = known
    for _ in range(2):
        heard = {one: now[two] * said, two: now[one] * said, third: (now[one] + now[two]) * said}
        now = {firm: known[firm] * ((heard[firm] + 1) / (heard[firm] + 2)) ** 2 for firm in known}
    assert found == {firm: round(1000 * credible) for firm, credible in now.items()}
