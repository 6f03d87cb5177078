"""The parts that show a firm's joint work: dots over the years, and how it spreads over partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from babel import dates
from markupsafe import Markup

from ledger.dashboards.charts import shares
from ledger.dashboards.charts.parts import Caption
from ledger.dashboards.charts.svg import Medium
from ledger.dashboards.charts.timeline import Dot, Series, Timeline
from ledger.dashboards.faces import called
from ledger.dashboards.formats import locale, written
from ledger.dashboards.labels import KINDS, label
from ledger.dashboards.words import gettext as _
from ledger.dashboards.words import ngettext

Shown = Mapping[str, Any]
MOST_NAMED = 8  # partners with a bar of their own
SIZES = (Decimal(5_000), Decimal(50_000))  # in the currency of the job, for the size of its dot alone
NUMBER = {kind: number for number, kind in enumerate(KINDS)}


class Part(NamedTuple):
    """A partner on a page, or all the others together."""

    name: str
    share: float
    jobs: int
    bar: Markup


def timeline(jobs: Sequence[Shown], waiting: Sequence[Shown], today: date) -> Timeline:
    """Return the picture of confirmed work, and of what waits for a partner; `jobs` have a day, a kind, a volume."""
    dots = [*(_dot(job) for job in jobs), *(_dot(job, waiting=True) for job in waiting)]
    first = min((dot.year for dot in dots), default=today.year)
    known = {dot.colour for dot in dots}
    kinds = tuple(Series(NUMBER[kind], str(name)) for kind, name in KINDS.items() if NUMBER[kind] in known)
    months = tuple(str(name) for number, name in sorted(dates.get_month_names("wide", locale=locale()).items()))
    text = ngettext("%(num)d confirmed job", "%(num)d confirmed jobs", len(jobs))
    caption = Caption("work", _("Confirmed joint work over the years"), text)
    return Timeline(caption, (first, today.year), months, kinds, tuple(dots))


def parts(partners: Sequence[Shown], medium: Medium = Medium.PAGE) -> list[Part]:
    """Return the partners with the largest shares, and the others as one; each bar is drawn against the largest."""
    named = [(called(one), one["share"], one["jobs"]) for one in partners[:MOST_NAMED]]
    rest = partners[MOST_NAMED:]
    if rest:
        others = ngettext("%(num)d other", "%(num)d others", len(rest))
        named.append((others, sum(one["share"] for one in rest), sum(one["jobs"] for one in rest)))
    most = max((share for _, share, _ in named), default=1)
    return [
        Part(name, share, jobs, shares.bar(_share(name, share, jobs, rest=n == MOST_NAMED), most, medium))
        for n, (name, share, jobs) in enumerate(named)
    ]


def equal_ones(concentration: Shown) -> str | None:
    """Return over how many equal partners work would spread as evenly as it does; None without any."""
    return written(1 / concentration["hhi"], 1) if concentration["hhi"] else None


def _share(name: str, share: float, jobs: int, *, rest: bool) -> shares.Share:
    return shares.Share(name, share, written(jobs, 0), None if rest else 0)


def _dot(job: Shown, *, waiting: bool = False) -> Dot:
    on = date.fromisoformat(job["on"])
    largest = max((Decimal(money["amount"]) for money in job["volume"]), default=Decimal(0))
    size = sum(largest >= bound for bound in SIZES)
    name = label(KINDS, job["kind"])
    text = _("%(kind)s, not confirmed yet", kind=name) if waiting else name
    return Dot(on.year, on.month, NUMBER[job["kind"]], text, size, waiting=waiting)
