"""Bitcoin OTC, where the method was tuned: ratings and known frauds (SNAP; Kumar et al. 2016, 2018).

The labels were derived from ratings by firm 1 and by those whom it rated 5 or more. Their ratings are left out:
else the answer would stand in the question.
"""

from __future__ import annotations

from pathlib import Path

from scripts.benchmarks.trust.ratings import Study, earliest, read_labels, read_ratings, study, without

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "trust"  # beside the checkout, not part of it
RATINGS, LABELS = DATA / "otc_network.csv", DATA / "otc_gt.csv"
FOUNDER, TRUSTED = "1", 5


def missing() -> list[Path]:
    """Return the files that are not there."""
    return [path for path in (RATINGS, LABELS) if not path.exists()]


def read() -> Study:
    """Return the study; verified are the earliest raters that defined no labels."""
    ratings = read_ratings(RATINGS)
    definers = {rating.target for rating in ratings if rating.source == FOUNDER and rating.rating >= TRUSTED}
    ratings = without(ratings, {FOUNDER, *definers})
    return study(ratings, read_labels(LABELS), earliest(ratings))
