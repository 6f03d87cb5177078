"""When a sealed assessment opens: once both sides have given theirs, or after 14 days.

So nobody answers a bad mark with a bad mark. The rule is a date, not a deed: whoever asks later sees it open.
"""

from __future__ import annotations

from datetime import datetime, timedelta

SEALED_FOR = timedelta(days=14)


def opens_at(given: datetime, counter: datetime | None, confirmed: datetime | None) -> datetime | None:
    """Return when an assessment opens, or None while the job is unconfirmed.

    `given` is when it was recorded, `counter` when the other side recorded theirs, `confirmed` when the job was.
    An assessment given with the proposal counts from the confirmation.
    """
    if confirmed is None:
        return None
    own = max(given, confirmed)
    deadline = own + SEALED_FOR
    return deadline if counter is None else min(max(own, counter), deadline)
