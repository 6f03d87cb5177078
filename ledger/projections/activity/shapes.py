"""What is answered of a network's activity, field by field; pages and the OpenAPI document follow these."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from ledger.domain.money import MoneyData


class Figure(TypedDict):
    """One headline figure.

    `value` is of the whole period. `compared` and `before` are of its whole months and of the same ones a year before:
    the running month is left out, for its work is not confirmed yet; `change` is the difference of the two.
    `monthly` has a value for each of `Indicators.sparkline_months`. `query` is the query string of the list behind it,
    for the page `list`: "activity", "collaborations" or "firms".
    """

    code: str
    unit: str  # jobs, firms, share, days, hours
    value: float | None
    of: NotRequired[int]
    compared: float | None
    before: float | None
    change: float | None
    monthly: list[float | None]
    list: str
    query: str


class MonthOfKinds(TypedDict):
    """The confirmed jobs of a month by kind, those claimed beside them; the running month is `partial`."""

    month: str
    partial: bool
    kinds: dict[str, int]
    total: int
    claimed: int
    query: str


class Sector(TypedDict):
    """The confirmed jobs and the members of a sector, null where none was told; `query` is that of its jobs."""

    sector: str | None
    jobs: int
    members: int
    active: int
    query: str | None


class Border(TypedDict):
    """Confirmed jobs among firms of one country alone, and across a border."""

    crossing: int
    domestic: dict[str, int]
    share: float | None


class Quarter(TypedDict):
    """A calendar quarter such as "2026-Q4"."""

    quarter: str
    partial: bool
    training_hours: float
    trainees: int
    capacity_hours: float


class Suggested(TypedDict):
    """A partner that a rule suggests, and what the rule found."""

    firm: str
    name: str | None
    sector: str | None
    country: str
    partners: int
    rule: str
    jobs_between_sectors: int


class Isolated(TypedDict):
    """A member without a confirmed partner in the period; `last_month` is null if it never had one."""

    firm: str
    name: str | None
    sector: str | None
    country: str
    last_month: str | None
    admitted_month: str
    suggestion: Suggested | None


class PairOfSectors(TypedDict):
    """Confirmed jobs that link firms of two sectors; `one` stands not behind `other`."""

    one: str | None
    other: str | None
    jobs: int


class Currency(TypedDict):
    """Sums in one currency: nothing is converted. `before` as in `Figure`, of whole months."""

    volume: MoneyData
    compared: MoneyData
    before: MoneyData
    saving: MoneyData


class Indicators(TypedDict):
    """All figures of a network's overview."""

    network: str
    months: int
    sector: str | None
    country: str | None
    period: dict[str, str]  # from, to
    sparkline_months: list[str]
    figures: list[Figure]
    claimed: int
    members: int
    by_month: list[MonthOfKinds]
    kinds: list[str]
    sectors: list[Sector]
    border: Border
    quarters: list[Quarter]
    currencies: list[Currency]
    isolated: list[Isolated]
    isolated_count: int
    pairs: list[PairOfSectors]
    position: int
    as_of: str


class Told(TypedDict):
    """An event of the feed. `firms` have `firm`, `name` and, in a job, `role`; `by` is who acted, where a firm did."""

    position: int
    what: str
    kind: str | None
    collaboration: str | None
    by: str | None
    outcome: str | None
    firms: list[dict[str, Any]]
    happened_on: str
    recorded_at: str
