"""Assessments as a viewer may read them at a moment: sealed ones without their contents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from ledger.domain.actor import Actor, Role
from ledger.domain.sealing import opens_at
from ledger.subscriptions.plain import plain

ENVELOPE = ("by", "about", "recorded_at")

Noted = Mapping[str, Any]


def shown_assessments(
    row: RowMapping, confirmed: Mapping[str, datetime | None], viewer: Actor, at: datetime
) -> list[dict[str, Any]]:
    """Return the assessments of a collaboration's row; who gave one reads it through its seal.

    `confirmed` says since when the job counts for each party: an assessment waits for both sides.
    """
    given = {(one["by"], one["about"]): datetime.fromisoformat(one["recorded_at"]) for one in row["assessments"]}
    shown = []
    for one in row["assessments"]:
        by, about = one["by"], one["about"]
        opens = opens_at(given[by, about], given.get((about, by)), _both(confirmed.get(by), confirmed.get(about)))
        sealed = opens is None or at < opens
        contents = {} if sealed and by != str(viewer.subject) else _contents(one, viewer)
        envelope = {name: one[name] for name in ENVELOPE}
        shown.append({**envelope, "sealed": sealed, "opens_at": plain(opens), **contents})
    return shown


def _both(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def _contents(one: Noted, viewer: Actor) -> dict[str, Any]:
    """Return the measures; what firms write to each other in their own words is not for banks."""
    hidden = (*ENVELOPE, "comment") if viewer.role is Role.BANK else ENVELOPE
    return {name: value for name, value in one.items() if name not in hidden}
