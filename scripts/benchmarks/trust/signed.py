"""Peers that read signed ratings, -1 to 1: mean, Fairness-Goodness, Bias and Deserve, REV2; 0 for who has none."""

from __future__ import annotations

import numpy as np

from scripts.benchmarks.trust.network import Floats, Network

ROUNDS = 50  # enough for three digits of the figures shown
SMOOTHING = 1.0  # pseudo-counts of REV2, at a fairness of one half and a goodness of nought
FAIR = 0.5


def mean_rating(network: Network) -> Floats:
    """Return the plain mean of what was said."""
    return _by_subject(network, network.reports.said)


def fairness_goodness(network: Network) -> Floats:
    """Return the goodness of FGA (Kumar, Spezzano, Subrahmanian & Faloutsos 2016)."""
    said, rater, subject = network.reports.said, network.reports.rater, network.reports.subject
    fairness, goodness = np.ones(network.firms), np.zeros(network.firms)
    for _ in range(ROUNDS):
        goodness = _by_subject(network, fairness[rater] * said)
        fairness = 1 - _by_rater(network, np.abs(said - goodness[subject]) / 2)
    return goodness


def bias_and_deserve(network: Network) -> Floats:
    """Return what firms deserve by Mishra & Bhattacharya (2011): a rating counts less for a rater biased that way."""
    said, rater, subject = network.reports.said, network.reports.rater, network.reports.subject
    bias, deserved = np.zeros(network.firms), np.zeros(network.firms)
    for _ in range(ROUNDS):
        leaning = np.maximum(0, bias[rater] * np.sign(said))
        deserved = _by_subject(network, said * (1 - leaning))
        bias = _by_rater(network, (said - deserved[subject]) / 2)
    return deserved


def rev2(network: Network) -> Floats:
    """Return the goodness of REV2 (Kumar et al. 2018) without its behavioural part, smoothed by one pseudo-rating."""
    said, rater, subject = network.reports.said, network.reports.rater, network.reports.subject
    fairness, goodness = np.full(network.firms, FAIR), np.zeros(network.firms)
    for _ in range(ROUNDS):
        agreement = 1 - np.abs(said - goodness[subject]) / 2
        reliability = (fairness[rater] + agreement) / 2
        goodness = np.bincount(subject, reliability * said, network.firms) / (network.received + SMOOTHING)
        given = np.bincount(rater, reliability, network.firms)
        fairness = (given + SMOOTHING * FAIR) / (network.given + SMOOTHING)
    return goodness


def _by_subject(network: Network, values: Floats) -> Floats:
    return np.bincount(network.reports.subject, values, network.firms) / np.maximum(network.received, 1)


def _by_rater(network: Network, values: Floats) -> Floats:
    return np.bincount(network.reports.rater, values, network.firms) / np.maximum(network.given, 1)
