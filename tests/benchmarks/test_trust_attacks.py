"""Attacks achieve no more against the score than the study of the method says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import fmean

import numpy as np
import pytest

from scripts.benchmarks.trust import catalogue, effects, otc, simulated
from scripts.benchmarks.trust.attacks import ring, shams
from scripts.benchmarks.trust.effects import Effects, percentiles, worst
from scripts.benchmarks.trust.network import Network
from scripts.benchmarks.trust.peers import ATTACKED, ours
from scripts.benchmarks.trust.people import TooFew, disreputable, newcomers, pick, reputable

without_otc = pytest.mark.skipif(bool(otc.missing()), reason="no Bitcoin OTC ratings at ../shared/data/trust")
OTC = pytest.param("OTC", marks=[without_otc, pytest.mark.shared_data])
NETWORKS = [OTC, "500 firms", "50 firms"]


@cache
def worlds(name: str) -> Sequence[Network]:
    """The networks of that name."""
    if name == "OTC":
        return [otc.read().network.plainly()]
    return [simulated.production(int(name.split(maxsplit=1)[0]), seed) for seed in range(3)]


@cache
def achieved(name: str) -> Effects:
    """What all attacks achieve against the score."""
    return effects.measure(worlds(name), 12 if name == "OTC" else 5, {"ours": ours})


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("attack", catalogue.ISOLATED)
def test_who_is_vouched_for_by_nobody_gains_nothing(name: str, attack: str) -> None:
    """However many praise each other, a newcomer stays one, exactly."""
    assert set(achieved(name)[attack]["ours"]) == {0.0}


@pytest.mark.parametrize("name", NETWORKS)
def test_one_wrong_verification_carries_nobody(name: str) -> None:
    """The authority that was deceived is the one that is not counted."""
    assert max(achieved(name)[catalogue.WRONG_SEED]["ours"]) <= 1


@pytest.mark.parametrize("name", NETWORKS)
def test_shams_cannot_slander(name: str) -> None:
    """Nobody believes them."""
    assert max(achieved(name)["slander by 20 shams"]["ours"]) <= 1


# Worst promotion and worst slander, in percentile points. The study reached 20 and 1 to 3 on OTC, 26 and 10 in its own
# networks of 500 firms, 34 and 21 in those of 50. The networks here are made by another model. In those of 500 firms
# neither of the study's figures is reached: four insiders gain 31, three cost a victim 24, nine points of its score.
BOUNDS = {"OTC": (25, 3), "500 firms": (35, 26), "50 firms": (35, 26)}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_worst_promotion_and_slander_are_bounded(name: str) -> None:
    """On average over placements, as the tables show them."""
    promotion, slander = BOUNDS[name]
    assert fmean(worst(achieved(name), "ours", catalogue.PROMOTIONS)) <= promotion
    assert fmean(worst(achieved(name), "ours", catalogue.SLANDERS)) <= slander


@pytest.mark.parametrize("name", NETWORKS)
def test_a_disreputable_cartel_gains_nearly_nothing(name: str) -> None:
    """Whose own standing is bad is not believed."""
    assert fmean(achieved(name)["4 disreputable insiders"]["ours"]) <= 2


@pytest.mark.parametrize("name", NETWORKS)
def test_known_weaknesses_are_as_known(name: str) -> None:
    """Verified twice by mistake, a ring rises to the top. Where this gets better, the documents must say so."""
    assert fmean(achieved(name)[catalogue.TWO_WRONG_SEEDS]["ours"]) > 50
    assert fmean(achieved(name)[catalogue.ONE_VOUCH_EACH]["ours"]) > 5


def test_a_percentile_counts_equal_scores_half() -> None:
    """The population decides, not who asks."""
    scores = np.array([0.1, 0.5, 0.5, 0.9, 0.5, 2.0])
    assert percentiles(scores, np.arange(4), np.array([4, 5, 0])).tolist() == [50, 100, 12.5]


def test_reputable_insiders_are_known_active_and_not_verified() -> None:
    """Attackers and victims come from among them."""
    network = worlds("500 firms")[0]
    chosen = reputable(network)
    assert min(network.given[chosen].min(), network.received[chosen].min()) >= 5
    assert not set(chosen) & (set(network.seeds) | set(disreputable(network)))
    assert newcomers(network, 2) == [500, 501]
    with pytest.raises(TooFew):
        pick(np.random.default_rng(1), chosen, 501)


def test_an_attack_adds_only_what_it_says() -> None:
    """Ten jobs each way between any two of a ring; a bridge is one job on which both report."""
    network, draw = worlds("50 firms")[0], np.random.default_rng(1)
    placed = ring(5, bridges=1, verified=1)(network, draw)
    counts = [len(one.reports.rater) for one in (network, placed.honest, placed.attacked)]
    assert (counts[1] - counts[0], counts[2] - counts[1]) == (2, 5 * 4 * 10)
    assert (len(placed.honest.seeds), len(placed.attacked.seeds)) == (10, 11)
    disguised = shams(bridges=5, disguised=True)(network, draw)
    more = len(disguised.attacked.reports.rater) - len(disguised.honest.reports.rater)
    assert more == 100 * 2 * 10 + 100 * 5


def test_the_same_seed_makes_the_same_network() -> None:
    """Another seed, or another size, makes another one."""
    first, again, other = (simulated.production(50, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.reports.quality, again.reports.quality)
    assert first.groups == again.groups != other.groups
    assert {len(group) for group in first.groups} == {2}


def test_a_network_that_is_too_small_says_so() -> None:
    """What finds too few firms is left out by name; the rest is measured."""
    found = effects.measure([simulated.production(30, 1)], 1, ATTACKED)
    assert found["isolated ring of 3"]["ours"] == [0.0]
    assert catalogue.EXIT not in found
    told = effects.table(found)
    assert f"{catalogue.EXIT}: left out, the network has too few firms for it" in told
