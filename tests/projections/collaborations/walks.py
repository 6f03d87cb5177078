"""Random walks through the life of joint work; the same seed takes the same steps."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.errors import LedgerError
from tests.projections.collaborations.people import ACME, BETA, GAMMA
from tests.stories import COORDINATOR, as_firm, by, job, on

FIRMS = (ACME, BETA, GAMMA)
STEPS = 25
OWN = {"purchases": [{"firm": str(GAMMA), "volume": {"amount": "9.00", "currency": "EUR"}}]}


def walk(seed: int) -> Collaboration:
    """Joint work after a random life; steps that do not follow from its state are refused and left out."""
    chance = random.Random(seed)  # noqa: S311 - the same seed must take the same steps
    kind = chance.choice(["joint_order", "joint_purchase", "shared_training"])
    terms = OWN if kind == "joint_purchase" else {}
    told = job(ACME, BETA, GAMMA, kind=kind, terms=terms, key=str(seed))
    for number in range(1, STEPS):
        with suppress(LedgerError):
            chance.choice(steps(told, chance, number))()
    return told


def steps(told: Collaboration, chance: random.Random, day: int) -> list[Callable[[], object]]:
    """What a firm, or the coordinator, may try on this day."""
    firm, dispute = chance.choice(FIRMS), chance.randint(1, 2)
    other = chance.choice([one for one in FIRMS if one != firm])
    stamp, office = by(as_firm(firm), day), by(COORDINATOR, day)
    paper = {"sha256": f"{day:064x}", "media_type": "text/plain", "title": "Note"}
    return [
        *[lambda: told.accept(stamp, firm)] * 6,
        lambda: told.decline(stamp, firm),
        lambda: told.amend(stamp, firm, told.terms, title=f"Day {day}"),
        lambda: told.attach_evidence(stamp, firm, paper),  # type: ignore[arg-type]
        lambda: told.complete(stamp, firm, on().date()),
        lambda: told.assess(stamp, firm, {"about": other, "accepted": True}),
        lambda: told.dispute(stamp, firm, "No."),
        lambda: told.answer(stamp, dispute, firm, "Yes."),
        lambda: told.settle(office, dispute, Outcome.UPHELD),
        lambda: told.settle(office, dispute, Outcome.AMENDED, terms=told.terms),
        lambda: told.settle(office, dispute, chance.choice([Outcome.STRUCK, Outcome.UPHELD])),
    ]
