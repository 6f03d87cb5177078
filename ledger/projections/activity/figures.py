"""The headline figures, each for the period, beside the year before, and month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.projections.activity.behind import CROSSING, DISPUTED, active, query
from ledger.projections.activity.job import HUNDREDTHS, STATEMENTS
from ledger.projections.activity.period import Period
from ledger.projections.activity.reader import Counts, firms_of_spans, firms_within
from ledger.projections.activity.shapes import Figure

Span = tuple[int, int]
DIGITS = 4  # of a share
TENTHS = 10  # of a day


@dataclass(frozen=True)
class Basis:
    """What the figures are worked out from."""

    period: Period
    months: Mapping[int, Counts]
    waits: Mapping[int, Mapping[int, int]]
    waits_before: Mapping[int, int]
    rhythm: Sequence[tuple[int, int, int]]
    members: int
    chosen: Mapping[str, str]

    def work(self, since: int, until: int) -> Counts:
        """Add up what is counted in these months."""
        return added(one for month, one in self.months.items() if since <= month <= until)

    def behind(self, **which: str) -> str:
        """Return the query string of the list of the period's work, in the same selection."""
        return query(self.period.first, self.period.last, **self.chosen, **which)


def of_work(counts: Mapping[tuple[int, str], Counts]) -> dict[int, Counts]:
    """Add up what is counted of work by month; statements are no work."""
    found: dict[int, list[Counts]] = {}
    for (month, kind), one in counts.items():
        if kind not in STATEMENTS:
            found.setdefault(month, []).append(one)
    return {month: added(own) for month, own in found.items()}


def added(counts: Iterable[Counts]) -> Counts:
    """Add up."""
    columns = list(zip(*counts, strict=True))
    return Counts(*map(sum, columns)) if columns else Counts()


def figures(basis: Basis) -> list[Figure]:
    """Return them in the order in which they are shown."""
    period = basis.period
    monthly = {month: basis.work(month, month) for month in period.shown}
    spans = ((period.first, period.last), period.whole, period.before)
    now, whole, before = (basis.work(*span) for span in spans)

    def counted(code: str, unit: str, reckon: Any, **which: str) -> Figure:
        values = [reckon(one) for one in (now, whole, before)]
        behind = basis.behind(**which)
        return _figure(code, unit, values, [reckon(one) for one in monthly.values()], "collaborations", behind)

    return [
        counted("confirmed_jobs", "jobs", lambda counts: counts.confirmed),
        _firms(basis, spans),
        counted("crossing_share", "share", lambda counts: share(counts.crossing, counts.confirmed), counted=CROSSING),
        _days(basis, spans),
        counted(
            *("disputed_share", "share", lambda counts: share(counts.disputed, counts.confirmed)),
            counted=DISPUTED,
        ),
        counted(
            *("training_hours", "hours", lambda counts: hours(counts.training)),
            kind="shared_training",
        ),
    ]


def share(part: int, whole: int) -> float | None:
    """Return a share, None of nothing."""
    return round(part / whole, DIGITS) if whole else None


def hours(hundredths: int) -> float:
    """Return hours."""
    return hundredths / HUNDREDTHS


def median_days(waits: Iterable[Mapping[int, int]]) -> float | None:
    """Return the median in days, with one decimal place; the lower one of two."""
    counts: Counter[int] = Counter()
    for one in waits:
        counts.update(one)
    half, passed = (counts.total() + 1) // 2, 0
    for tenths, jobs in sorted(counts.items()):
        passed += jobs
        if half and passed >= half:
            return tenths / TENTHS
    return None


def _firms(basis: Basis, spans: Sequence[Span]) -> Figure:
    period = basis.period
    monthly = firms_of_spans(basis.rhythm, period.months, period.shown)
    values = [firms_within(basis.rhythm, *span) for span in spans]
    behind = active(period.first, period.last, **basis.chosen)
    figure = _figure("firms_with_partner", "firms", values, monthly, "firms", behind)
    return {**figure, "of": basis.members}


def _days(basis: Basis, spans: Sequence[Span]) -> Figure:
    waits = basis.waits
    values = [median_days(waits.get(month, {}) for month in range(since, until + 1)) for since, until in spans[:2]]
    values.append(median_days([basis.waits_before]))
    monthly = [median_days([waits.get(month, {})]) for month in basis.period.shown]
    return _figure("days_to_confirm", "days", values, monthly, "collaborations", basis.behind())


def _figure(code: str, unit: str, values: Sequence[Any], monthly: Sequence[Any], list_: str, query: str) -> Figure:
    value, compared, before = values
    known = compared is not None and before is not None
    return {
        "code": code,
        "unit": unit,
        "value": value,
        "compared": compared,
        "before": before,
        "change": round(compared - before, DIGITS) if known else None,
        "monthly": list(monthly),
        "list": list_,
        "query": query,
    }
