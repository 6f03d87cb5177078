"""The attacks that the tables show, each by its name; the worst of a kind is what a method is judged by."""

from __future__ import annotations

from collections.abc import Mapping

from scripts.benchmarks.trust.attacks import (
    BRIDGES,
    Placing,
    cartel,
    exit_scam,
    registered_again,
    ring,
    shams,
    slander_by_insiders,
    slander_by_shams,
)
from scripts.benchmarks.trust.people import disreputable, reputable

ISOLATED: Mapping[str, Placing] = {
    "isolated ring of 3": ring(3),
    "isolated ring of 10": ring(10),
    "100 shams, no bridge": shams(),
}
PROMOTIONS: Mapping[str, Placing] = {
    **ISOLATED,
    "ring of 5, one bridge": ring(5, bridges=1),
    "ring of 5, five bridges to one": ring(5, bridges=BRIDGES),
    "100 shams, five bridges": shams(bridges=BRIDGES),
    "100 shams, five bridges, disguised": shams(bridges=BRIDGES, disguised=True),
    "4 reputable insiders": cartel(4, reputable),
    "4 disreputable insiders": cartel(4, disreputable),
    "registered again": registered_again,
}
SLANDERS: Mapping[str, Placing] = {
    "slander by 20 shams": slander_by_shams,
    "slander by 3 insiders": slander_by_insiders(),
}
WRONG_SEED, EXIT = "ring of 5, one verified", "rank kept after an exit scam"
ONE_VOUCH_EACH, TWO_WRONG_SEEDS = "ring of 5, one bridge each", "ring of 5, two verified by different authorities"
CARTEL_OF_TEN, REPUTABLE_SLANDER = "10 reputable insiders", "slander by 3 reputable insiders"
SINGLE: Mapping[str, Placing] = {
    WRONG_SEED: ring(5, verified=1),
    EXIT: exit_scam,
}
# Known weaknesses: they stand in the table, and in no "worst of all".
EXTRA: Mapping[str, Placing] = {
    ONE_VOUCH_EACH: ring(5, bridges=BRIDGES, one_each=True),
    TWO_WRONG_SEEDS: ring(5, verified=2),
    CARTEL_OF_TEN: cartel(10, reputable),
    REPUTABLE_SLANDER: slander_by_insiders(reputable),
}
LOSSES = (*SLANDERS, REPUTABLE_SLANDER)  # here the figure is what the victim loses
ALL: Mapping[str, Placing] = {**PROMOTIONS, **SLANDERS, **SINGLE, **EXTRA}
