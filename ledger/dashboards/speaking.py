"""Who did something, in words: a firm, the network's office, and for whom it spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_babel import gettext

from ledger.dashboards.page import viewer
from ledger.domain.actor import parts
from ledger.web.speakers import speakers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.subscriptions.reading import Reading
    from ledger.web.speakers import Speaker


def by_whom(
    reading: Reading, job: Mapping[str, Any], told: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[str]:
    """Return for each of a job's events who did it; `names` are those of its firms."""
    known = speakers(reading, viewer().actor, UUID(job["network"]), {one["actor"] for one in told})
    return [_words(one, known[one["actor"]], names) for one in told]


def who_entered(reading: Reading, job: Mapping[str, Any]) -> str | None:
    """Return which office recorded a job for its firm, with the person where the reader may know; None for none."""
    actor = job["recorded_by"]
    who = speakers(reading, viewer().actor, UUID(job["network"]), {actor})[actor]
    return called(who) if who.office else None


def called(who: Speaker) -> str:
    """Return how an office and its person are called."""
    office = who.called or gettext("The network office")
    return f"{office} ({who.person})" if who.person else office


def _words(told: Mapping[str, Any], who: Speaker, names: Mapping[str, str]) -> str:
    if not who.office:
        firm = names.get(parts(told["actor"])[0]) or gettext("The ledger")
        return f"{firm} ({who.person})" if who.person else firm
    by = told["data"].get("by") or told["data"].get("proposed_by")
    spoken_for = names.get(str(by)) if told["type"] != "collaboration.confirmed" else None
    return gettext("%(office)s for %(firm)s", office=called(who), firm=spoken_for) if spoken_for else called(who)
