"""How well a low score finds known frauds: area under the ROC curve and average precision, ties as scikit-learn's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from scripts.benchmarks.trust.network import Floats
from scripts.benchmarks.trust.peers import COMPARED
from scripts.benchmarks.trust.ratings import Study

Flags = NDArray[np.bool_]


class Accuracy(NamedTuple):
    """Both figures, 0 to 1."""

    auc: float
    precision: float


def area(scores: Floats, fraud: Flags) -> float:
    """Return the chance that a fraud scores below an honest firm, an equal score counting half."""
    ranks = rankdata(-scores)
    frauds = int(fraud.sum())
    above = ranks[fraud].sum() - frauds * (frauds + 1) / 2
    return float(above / (frauds * (len(fraud) - frauds)))


def average_precision(scores: Floats, fraud: Flags) -> float:
    """Return the precision at each score, weighted by the frauds found there; equal scores are one step."""
    order = np.argsort(scores, kind="stable")
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)  # of each group of equal scores
    found = np.cumsum(fraud[order])[last]
    return float((np.diff(found, prepend=0) * found / (last + 1)).sum() / fraud.sum())


def measure(study: Study) -> dict[str, Accuracy]:
    """Return the figures of each method; labelled firms without any report count as newcomers."""
    found = {}
    for name, method in COMPARED.items():
        scores = method(study.network)[study.labelled]
        found[name] = Accuracy(area(scores, study.fraud), average_precision(scores, study.fraud))
    return found


def table(found: Mapping[str, Accuracy], study: Study) -> str:
    """Return the figures as text for people."""
    frauds = int(study.fraud.sum())
    lines = [f"finding {frauds} frauds among {len(study.fraud)} labelled firms by a low score"]
    lines += [f"  {'':12}{'AUC':>7}{'average precision':>20}"]
    lines += [f"  {name:12}{figures.auc:>7.4f}{figures.precision:>20.4f}" for name, figures in found.items()]
    return "\n".join(lines)
