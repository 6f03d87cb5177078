"""Which steps a firm's page offers for a job; the collaboration itself decides when one is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.domain.collaboration import Answer, State
from ledger.domain.kinds.catalogue import kind_named

Job = Mapping[str, Any]
RUNNING = (State.PROPOSED, State.CONFIRMED, State.COMPLETED, State.DISPUTED)
BEFORE_ITS_END = (State.PROPOSED, State.CONFIRMED)
COUNTING = (State.CONFIRMED, State.COMPLETED, State.DISPUTED)
FINISHED = (State.COMPLETED, State.DISPUTED)


@dataclass(frozen=True, slots=True)
class Steps:
    """What a firm may do now: `answers` are numbers of disputes, `assess` the firms that it may still assess."""

    confirm: bool = False
    correct: bool = False
    withdraw: bool = False
    complete: bool = False
    dispute: bool = False
    answers: tuple[int, ...] = ()
    assess: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return any((self.confirm, self.correct, self.withdraw, self.complete, self.dispute, self.answers, self.assess))


def steps(job: Job, firm: str) -> Steps:
    """Return what a page offers to a party."""
    own = next(party for party in job["parties"] if party["firm"] == firm)
    state, statement, ours = job["state"], kind_named(job["kind"]).is_statement, job["proposed_by"] == firm
    declined = own["answer"] == Answer.DECLINED
    open_disputes = [one for one in job["disputes"] if one["outcome"] is None]
    takes_part = state in RUNNING and not declined
    return Steps(
        confirm=takes_part and not statement and own["answer"] == "pending",
        correct=takes_part and state in BEFORE_ITS_END and (ours or not statement),
        withdraw=ours and state in BEFORE_ITS_END,
        complete=takes_part and not statement and state == State.CONFIRMED,
        dispute=own["confirmed"] and state in COUNTING and all(one["by"] != firm for one in open_disputes),
        answers=tuple(one["number"] for one in open_disputes if takes_part and _unanswered(one, firm)),
        assess=_to_assess(job, firm) if own["confirmed"] and state in FINISHED else (),
    )


def _unanswered(dispute: Job, firm: str) -> bool:
    return dispute["by"] != firm and all(answer["by"] != firm for answer in dispute["answers"])


def _to_assess(job: Job, firm: str) -> tuple[str, ...]:
    given = {one["about"] for one in job["assessments"] if one["by"] == firm}
    if not kind_named(job["kind"]).measures or job["completed_on"] is None:
        return ()
    others = (party["firm"] for party in job["parties"] if party["confirmed"] and party["firm"] != firm)
    return tuple(other for other in others if other not in given)
