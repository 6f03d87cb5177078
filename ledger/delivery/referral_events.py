"""The events behind a referral: those that its facts and its score rest on. docs/referrals.md says which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ledger.delivery.referral_document import as_issued
from ledger.domain.actor import Actor
from ledger.projections.collaborations.behind import positions_behind as of_work
from ledger.projections.firms.queries import positions_behind as of_profile
from ledger.projections.trust.behind import epoch_behind, jobs_behind
from ledger.subscriptions.reading import Reading


def behind(reading: Reading, viewer: Actor, document: Mapping[str, Any]) -> list[int]:
    """Return their positions, with that of the referral, always the same; raise `NotFound` where undisclosed."""
    then, firm = as_issued(reading, document), UUID(document["firm"]["id"])
    work = of_work(then, viewer, firm, jobs_behind(then, viewer, firm))
    return sorted({then.position} | work | of_profile(then, viewer, firm) | epoch_behind(then, viewer, firm))
