"""Stories about how firms did, told in few words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ledger.domain.actor import OPERATOR
from ledger.domain.collaboration import Collaboration
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.trust import queries
from ledger.projections.trust.projector import PROJECTION as TRUST
from tests.stories import Story, as_firm, by, confirmed_job, firm_id, on

ROOMS = (CONSENTS, TRUST)
A, B, C, D, E = (firm_id(name) for name in "ABCDE")
WELL: dict[str, Any] = {"on_time": True, "accepted": True}
BADLY: dict[str, Any] = {"on_time": False, "accepted": False}


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


def score(story: Story, firm: UUID, **asked: Any) -> dict[str, Any]:
    """The operator's look at a firm's score."""
    with story.reading(**asked) as reading:
        return queries.score(reading, OPERATOR, firm)


def points(answer: dict[str, Any]) -> dict[str, float]:
    """The factors' points by code."""
    return {factor["code"]: factor["points"] for factor in answer["factors"]}
