"""The months that a question is about, and those that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.projections.activity.months import A_YEAR, first_day, month_of

SPANS = (3, 12, 24)


@dataclass(frozen=True, slots=True)
class Period:
    """So many months that end with the running one."""

    today: date
    months: int

    @property
    def last(self) -> int:
        """The running month."""
        return month_of(self.today)

    @property
    def first(self) -> int:
        """The first month."""
        return self.last - self.months + 1

    @property
    def whole(self) -> tuple[int, int]:
        """The whole months of the period: what is compared, for in the running one little is confirmed yet."""
        return self.first, self.last - 1

    @property
    def before(self) -> tuple[int, int]:
        """The same months a year before."""
        return self.first - A_YEAR, self.last - 1 - A_YEAR

    @property
    def shown(self) -> range:
        """The months of a sparkline: a year, or two where two are asked about."""
        return range(self.last - max(self.months, A_YEAR) + 1, self.last + 1)

    @property
    def earliest(self) -> int:
        """The first month that any of these needs."""
        return min(self.before[0], self.shown[0])

    @property
    def widest(self) -> int:
        """The first month of the first span that a sparkline counts firms in."""
        return min(self.before[0], self.shown[0] - self.months + 1)

    def data(self) -> dict[str, str]:
        """Return its first and its last day."""
        return {"from": first_day(self.first).isoformat(), "to": self.today.isoformat()}


def quarter_of(month: int) -> str:
    """Return the calendar quarter of a month."""
    return f"{month // A_YEAR}-Q{month % A_YEAR // 3 + 1}"
