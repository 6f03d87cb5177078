"""What happened, in a headline and a sentence or two that rules choose from the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _

from ledger.dashboards.formats import per_cent, written

FEW = 20  # jobs: below it a share of them says more than is known
SAME, A_POINT, HALF_A_DAY = 0.03, 0.01, 0.5  # what differs by less is the same

HEADLINES = {
    "quiet": _("No work was confirmed by both sides"),
    "few": _("Work confirmed by both sides: %(now)s, after %(before)s a year before"),
    "first": _("Work confirmed by both sides: %(now)s"),
    "up": _("Work confirmed by both sides: up %(part)s"),
    "down": _("Work confirmed by both sides: down %(part)s"),
    "same": _("Work confirmed by both sides: as much as a year before"),
}
LEADS = {
    "crosses": _("%(share)s of it crosses the border."),
    "crosses_more": _("%(share)s of it crosses the border, more than a year before."),
    "crosses_less": _("%(share)s of it crosses the border, less than a year before."),
    "faster": _("Partners confirm faster: in %(days)s days instead of %(days_before)s."),
    "slower": _("Partners take longer to confirm: %(days)s days instead of %(days_before)s."),
    "alone_one": _("One member firm has no partner."),
    "alone": _("%(firms)s member firms have no partner."),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its code, with the numbers that it names."""

    code: str
    values: Mapping[str, float] = field(default_factory=dict)


SHARES = ("part", "share")  # of one
DECIMALS = {"days": 1, "days_before": 1}


def headline(found: Mapping[str, Any]) -> Sentence:
    """Choose the headline: the whole months of the period beside the same ones a year before."""
    jobs = _figure(found, "confirmed_jobs")
    now, before = jobs["compared"] or 0, jobs["before"] or 0
    if not jobs["value"] and not before:
        return Sentence("quiet")
    if not before:
        return Sentence("first", {"now": jobs["value"]})
    if min(now, before) < FEW:
        return Sentence("few", {"now": now, "before": before})
    change = now / before - 1
    if abs(change) < SAME:
        return Sentence("same")
    return Sentence("up" if change > 0 else "down", {"part": abs(change)})


def leads(found: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """Choose what is said below it: the border, the time to confirm, firms without a partner."""
    return (*_border(found), *_days(found), *_alone(found))


def said(sentences: Sequence[Sentence]) -> str:
    """Say sentences in the reader's language."""
    both = {**HEADLINES, **LEADS}
    return " ".join(str(both[one.code]) % _written(one.values) for one in sentences)


def _border(found: Mapping[str, Any]) -> list[Sentence]:
    figure = _figure(found, "crossing_share")
    if not figure["value"]:
        return []
    change = figure["change"] or 0
    code = "crosses_more" if change >= A_POINT else "crosses_less" if change <= -A_POINT else "crosses"
    return [Sentence(code, {"share": figure["value"]})]


def _days(found: Mapping[str, Any]) -> list[Sentence]:
    figure = _figure(found, "days_to_confirm")
    change = figure["change"]
    if change is None or abs(change) < HALF_A_DAY:
        return []
    return [
        Sentence("slower" if change > 0 else "faster", {"days": figure["compared"], "days_before": figure["before"]})
    ]


def _alone(found: Mapping[str, Any]) -> list[Sentence]:
    firms = found["isolated_count"]
    if not firms:
        return []
    return [Sentence("alone_one") if firms == 1 else Sentence("alone", {"firms": firms})]


def _written(values: Mapping[str, float]) -> dict[str, str]:
    return {
        name: per_cent(value) if name in SHARES else written(value, DECIMALS.get(name, 0))
        for name, value in values.items()
    }


def _figure(found: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    return next(one for one in found["figures"] if one["code"] == code)
