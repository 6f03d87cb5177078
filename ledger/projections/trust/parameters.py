"""The method's constants, all of them; docs/trust.md explains each one and says where it was studied.

They were tuned on the Bitcoin OTC ratings and on simulated networks alone. Change one only together with the
tables that `scripts/bench trust` prints, and rise METHOD: an earlier answer names the method that it was made by.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

METHOD = "credible-beta-1"


class Dimension(StrEnum):
    """What a report speaks of."""

    ON_TIME = "on_time"
    ACCEPTED = "accepted"
    PAID = "paid"
    RATING = "rating"
    DISPUTES = "disputes"


# Weights of what was said within one report, in hundredths; a dispute stands alone in its report.
IMPORTANCE = {
    Dimension.ON_TIME: 35,
    Dimension.ACCEPTED: 35,
    Dimension.PAID: 70,
    Dimension.RATING: 30,
    Dimension.DISPUTES: 100,
}

# The weight of a job by its value in euro: log10(value/100)/4, between SMALLEST and 1; a typical one then counts 1.
SMALLEST = Decimal("0.05")
BACKED = Decimal("1.35")  # a document backs the job; never above the weight of the largest
TYPICAL = Decimal("0.58")

# Units of a currency per euro, for weights only, never for a shown amount. Both are pegs: DKK at its ERM II central
# rate of 1 January 1999, rounded; BGN at its fixed conversion rate of the same day. Others have no rate here:
# their jobs weigh as much as the smallest.
PER_EURO = {"EUR": Decimal(1), "DKK": Decimal("7.46"), "BGN": Decimal("1.95583")}

HALF_LIFE = 1460  # days after which a report counts half
BAD_SIDE = (5, 4)  # a bad report outweighs a good one, 1.25 times
GOOD_CEILING = 1.6  # one counterparty's good evidence stays below this …
BAD_CEILING = 4.0  # … and its bad evidence below this, however many jobs there were

GROUPS = 5  # of verified firms; no single one of them can carry a firm
ONWARD = 0.6  # the share of trust that flows on along vouches
STEPS = 20  # of the flow, from a cold start; what is left out is at most ONWARD to this power (docs/adr/0011)
HALF_CREDIBLE = 0.45  # of the typical trust: who has this much is believed half
ROUNDS = 3  # of weighing a rater's word by what is said of the rater
STANDING = 2  # the power of the rater's own posterior mean in its credibility
