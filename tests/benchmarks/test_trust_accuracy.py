"""Accuracy is measured as it is defined, and on Bitcoin OTC it is what the method was chosen for."""

from __future__ import annotations

import numpy as np
import pytest

from scripts.benchmarks.trust import accuracy, otc
from scripts.benchmarks.trust.network import Network, dealt, typical
from scripts.benchmarks.trust.peers import COMPARED, beta, eigentrust, ours, sybilrank
from scripts.benchmarks.trust.signed import bias_and_deserve, fairness_goodness, mean_rating, rev2

FRAUD = np.array([True, False, True, False])
# Two firms vouch for each other, the first for a third, and both report badly of a fourth.
SMALL = Network(
    4,
    typical([(0, 1), (1, 0), (0, 2)], 1).plus(typical([(0, 3), (1, 3)], 0)),
    ((0,), (1,)),
)


@pytest.mark.parametrize(
    ("scores", "area", "precision"),
    [
        ([1, 2, 3, 4], 0.75, (1 + 2 / 3) / 2),  # pairs found: 2 + 1 of 4
        ([1, 3, 2, 4], 1.0, 1.0),
        ([4, 2, 3, 1], 0.0, (1 / 3 + 2 / 4) / 2),
        ([1, 1, 1, 1], 0.5, 0.5),
        ([1, 1, 2, 2], 0.5, 0.5),
        ([1, 2, 2, 3], 0.875, 0.5 + 0.5 * 2 / 3),  # the equal ones are one step: two of three
    ],
)
def test_figures_of_worked_examples(scores: list[float], area: float, precision: float) -> None:
    """Equal scores count half in the area, and are found together."""
    assert accuracy.area(np.array(scores), FRAUD) == pytest.approx(area)
    assert accuracy.average_precision(np.array(scores), FRAUD) == pytest.approx(precision)


def test_methods_on_a_network_worked_by_hand() -> None:
    """Each peer is what its paper says."""
    assert mean_rating(SMALL).tolist() == [1, 1, 1, -1]
    assert beta(SMALL) == pytest.approx([2 / 3, 2 / 3, 2 / 3, 1 / 4])
    # Nobody disagrees with anybody: all are fair, and goodness is the mean.
    assert fairness_goodness(SMALL) == pytest.approx([1, 1, 1, -1])
    assert bias_and_deserve(SMALL) == pytest.approx([1, 1, 1, -1])
    assert rev2(SMALL)[3] < 0 < rev2(SMALL).min(initial=1, where=np.array([True, True, True, False]))


def test_eigentrust_divides_trust_among_those_vouched_for() -> None:
    """All of it stays in the network; nobody has vouched for the fourth."""
    first, second, third, fourth = eigentrust(SMALL)
    assert first + second + third + fourth == pytest.approx(1)
    assert fourth == 0
    assert third == pytest.approx(0.85 * first / 2, rel=1e-3)


def test_sybilrank_walks_over_ties_by_degree() -> None:
    """Two steps for four firms, from the verified; what bad reports alone connect is no tie."""
    walked = np.array([0.5, 0.5, 0.0])
    ties = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    for _ in range(2):
        walked = ties @ (walked / ties.sum(axis=0))
    assert sybilrank(SMALL) == pytest.approx([*(walked / ties.sum(axis=0)), 0])


def test_methods_leave_the_network_as_it_is() -> None:
    """Whichever comes first, the others answer the same."""
    alone = ours(Network(SMALL.firms, SMALL.reports, SMALL.groups))
    for method in COMPARED.values():
        method(SMALL)
    np.testing.assert_array_equal(ours(SMALL), alone)


def test_verified_firms_are_dealt_to_five_groups() -> None:
    """The i-th is of group i mod 5."""
    assert dealt([10, 11, 12, 13, 14, 15]) == ((10, 15), (11,), (12,), (13,), (14,))


@pytest.mark.shared_data
@pytest.mark.skipif(bool(otc.missing()), reason="no Bitcoin OTC ratings at ../shared/data/trust")
def test_known_frauds_are_found() -> None:
    """Better than by any peer in area; Fairness-Goodness and REV2 are a little more precise."""
    found = accuracy.measure(otc.read())
    assert found["ours"].auc >= 0.951 - 0.001
    assert found["ours"].precision >= 0.955 - 0.001
    assert found["ours"].auc == max(figures.auc for figures in found.values())
