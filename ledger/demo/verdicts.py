"""What a firm says of another after a job: drawn from the other's hidden traits, in the measures of the kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.kind import Measure

if TYPE_CHECKING:
    from random import Random

    from ledger.demo.firms import Member
    from ledger.demo.job import Job

TOLERATED_DAYS = 7
PAYS = {"subcontract": 0, "joint_order": 0, "capacity_sharing": 0, "joint_purchase": 1}  # the paying side's place


def verdict(rng: Random, job: Job, by: Member, about: Member) -> dict[str, Any]:
    """Return what `by` says of `about`; empty when the kind asks for nothing."""
    said = _perfect() if job.perfect else _honest(rng, job, about)
    payer = _pays(job, about)
    hidden = (Measure.ON_TIME, Measure.ACCEPTED, Measure.DEFECTS) if payer else (Measure.PAID_ON_TIME,)
    asked = [measure for measure in kind_named(job.kind).measures if measure not in hidden]
    fitting = {measure.value: said[measure] for measure in asked if measure in said}
    return {"about": about.id, **fitting} if fitting and by is not about else {}


def _pays(job: Job, about: Member) -> bool:
    place = PAYS.get(job.kind)
    return place is not None and (about is job.members[0]) == (place == 0)


def _perfect() -> dict[Measure, Any]:
    return {
        Measure.ON_TIME: True,
        Measure.ACCEPTED: True,
        Measure.DEFECTS: 0,
        Measure.PAID_ON_TIME: True,
        Measure.RATING: 5,
    }


def _honest(rng: Random, job: Job, about: Member) -> dict[Measure, Any]:
    on_time, good = about.does_well(rng, job.end), about.does_well(rng, job.end)
    accepted = good or rng.random() < 0.5  # noqa: PLR2004 - every second defect is mended on the spot
    paid = about.pays_late_by(rng, job.end) <= TOLERATED_DAYS
    pleased = paid if _pays(job, about) else on_time + good + accepted
    best = 5 if _pays(job, about) and paid else 2 + int(pleased)
    said: dict[Measure, Any] = {
        Measure.ON_TIME: on_time,
        Measure.ACCEPTED: accepted,
        Measure.DEFECTS: 0 if good else rng.randint(1, 6),
        Measure.PAID_ON_TIME: paid,
    }
    if rng.random() < 0.7:  # noqa: PLR2004 - not everybody gives marks
        said[Measure.RATING] = max(1, best - rng.choice((0, 0, 0, 1)))
    return said
