"""Stories about how firms did, told in few words, in a network where four verified firms are believed already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ledger.domain.actor import OPERATOR
from ledger.domain.collaboration import Collaboration
from ledger.domain.epoch import Epoch
from ledger.domain.firm import Firm
from ledger.domain.ids import identify
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.trust import queries
from ledger.projections.trust.projector import PROJECTION as TRUST
from tests import stories
from tests.stories import COORDINATOR, NETWORK, Story, Telling, as_firm, by, confirmed_job, firm_id, on

ROOMS = (CONSENTS, TRUST)
A, B, C, D, E = (firm_id(name) for name in "ABCDE")
VERIFIED = (B, C, D, E)
WELL: dict[str, Any] = {"on_time": True, "accepted": True}
BADLY: dict[str, Any] = {"on_time": False, "accepted": False}
PERFECT: dict[str, Any] = {**WELL, "paid_on_time": True, "rating": 5}
LARGE = "1000000.00"  # weighs as much as any job can


def done(leading: UUID, *following: UUID, day: float = 0, **rest: Any) -> Collaboration:
    """Confirmed work that was finished on the day it was proposed."""
    return confirmed_job(leading, *following, day=day, **{"completed_on": on(day).date(), **rest})


def assessed(
    work: Collaboration, firm: UUID, about: UUID, day: float, measures: dict[str, Any] | None = None
) -> Collaboration:
    """The work, after one firm has said how another did."""
    work.assess(by(as_firm(firm), day), firm, {"about": about, **(WELL if measures is None else measures)})
    return work


def both_assessed(work: Collaboration, day: float, measures: dict[str, Any] | None = None) -> Collaboration:
    """The work, after the leading and the first following firm have assessed each other; nothing stays sealed."""
    one, other = work.firms[:2]
    assessed(work, other, one, day, {"paid_on_time": True})
    return assessed(work, one, other, day, measures)


def reference(leading: UUID, following: UUID, day: float = 0, *, late: int = 0, key: str = "") -> Collaboration:
    """What one firm states on how another pays; it counts at once."""
    terms = {"since": "2019-05-01", "terms_days": 30, "days_beyond_terms": late}
    return confirmed_job(leading, following, kind="credit_reference", day=day, terms=terms, key=key)


def member(name: str, *, verified: bool = False, register: str = "CVR") -> Firm:
    """A firm that was admitted long ago, and perhaps verified."""
    told = stories.firm(name, -40)
    if verified:
        told.verify(by(COORDINATOR, -30), register, "extract")
    return told


def praise(*firms: UUID, times: int = 2, day: float = -20) -> list[Collaboration]:
    """Each of these firms states, so many times, that each other pays on time."""
    pairs = [(one, other) for one in firms for other in firms if one != other]
    return [reference(*pair, day, key=str(n)) for pair in pairs for n in range(times)]


def closed(day: float, network: UUID = NETWORK) -> Epoch:
    """The end of an epoch on this day."""
    return Epoch.close(identify("epoch", str(day), network), by(OPERATOR, day), network)


def prelude() -> Sequence[Telling]:
    """Five firms; four of them are verified and believed, and A is still to be known."""
    members = [member(name, verified=name != "A") for name in "ABCDE"]
    return [*members, *praise(*VERIFIED), closed(-1)]


def well_known(day: float = 1) -> Sequence[Telling]:
    """A works for B, C and D, twice each, and does it well."""
    return [
        both_assessed(done(partner, A, day=day, key=key, value=LARGE), day + 1) for partner in (B, C, D) for key in "xy"
    ]


def score(story: Story, firm: UUID, **asked: Any) -> dict[str, Any]:
    """The operator's look at a firm's score."""
    with story.reading(**asked) as reading:
        return queries.score(reading, OPERATOR, firm)


def points(answer: dict[str, Any]) -> dict[str, float]:
    """The factors' points by code."""
    return {factor["code"]: factor["points"] for factor in answer["factors"]}
