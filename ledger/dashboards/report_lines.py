"""The figures of a yearly report, one line each and in the order of the benefits: the same in every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from ledger.dashboards.labels import KINDS, label
from ledger.dashboards.words import gettext as _
from ledger.projections.activity import behind
from ledger.projections.activity.feed import DISPUTED, SETTLED

Year = Mapping[str, Any]
Value = Decimal | None


class Behind(NamedTuple):
    """The list that a figure counts: on which page, and its query string in a year."""

    page: str
    query: Callable[..., str]
    which: Mapping[str, str] = MappingProxyType({})

    def of_year(self, year: int) -> str:
        """Return the query string."""
        return self.query(year, **self.which)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is of, its unit (`share` or a currency are written as such), this year's and last year's."""

    name: str
    unit: str
    this: Value
    before: Value
    behind: Behind | None = field(default=None, kw_only=True)

    @property
    def change(self) -> Value:
        """Return by how much it changed, of itself; of a share in points; None where nothing was before."""
        if self.this is None or self.before is None:
            return None
        if self.unit == "share":
            return self.this - self.before
        return self.this / self.before - 1 if self.before else None


@dataclass(frozen=True, slots=True)
class Benefit:
    """One of the benefits that the network was founded for, and what it has come to."""

    title: str
    lines: tuple[Line, ...]


def headline(this: Year, before: Year) -> tuple[Line, ...]:
    """Return the six figures at the top."""
    years = (this, before)
    return (
        _line(_("Confirmed jobs"), "", years, "confirmed_jobs", _work()),
        _line(_("Firms with a partner"), "", years, "firms_with_partner", Behind("firms", behind.active_in)),
        _line(_("Across the border"), "share", years, "crossing_share", _work(counted=behind.CROSSING)),
        _line(_("Days to confirm"), "days", years, "days_to_confirm", _work()),
        _line(_("Disputed"), "share", years, "disputed_share", _work(counted=behind.DISPUTED)),
        _hours("shared_training", "training_hours", _("Training hours"), years),
    )


def benefits(this: Year, before: Year, banks: Sequence[Mapping[str, Any] | None]) -> list[Benefit]:
    """Return the seven benefits; `banks` are what banks have done in this year and the one before."""
    years = (this, before)
    return [
        Benefit(
            _("Whole solutions instead of parts, and the markets they open"),
            (_jobs("joint_order", years), *_money("joint_order", "volume", _("Volume of joint orders"), years)),
        ),
        Benefit(
            _("Division of labour; machines and staff used evenly"),
            (
                _jobs("subcontract", years),
                *_money("subcontract", "volume", _("Volume of subcontracts"), years),
                _jobs("capacity_sharing", years),
                _hours("capacity_sharing", "capacity_hours", _("Hours of machines and staff lent"), years),
            ),
        ),
        Benefit(
            _("Better prices through joint purchasing"),
            (
                _jobs("joint_purchase", years),
                *_money("joint_purchase", "volume", _("Volume of joint purchases"), years),
                *_money("joint_purchase", "saving", _("Saved by buying together"), years),
            ),
        ),
        Benefit(
            _("Research, apprenticeships and training organised together"),
            (
                _jobs("shared_training", years),
                _hours("shared_training", "training_hours", _("Training hours"), years),
                _of_kind("shared_training", "trainees", _("Trainees"), "", years),
                _jobs("joint_development", years),
                *_money("joint_development", "volume", _("Volume of joint development"), years),
            ),
        ),
        Benefit(_("References when a firm asks for a loan"), (_jobs("credit_reference", years), *_loans(banks))),
        Benefit(_("Firms and staff getting to know each other"), (_jobs("exchange_visit", years), _crossing(years))),
        Benefit(
            _("Secure jobs and a stronger location"),
            (_members(years), *_staff(this, before)),
        ),
    ]


def sectors(this: Year, before: Year, names: Mapping[str | None, str]) -> list[Line]:
    """Return the confirmed jobs of each sector, the most first."""
    earlier = {one["sector"]: one["jobs"] for one in before["sectors"]}
    return [
        Line(names[sector], "", Decimal(jobs), Decimal(earlier.get(sector, 0)), behind=_of(sector))
        for sector, jobs in ((one["sector"], one["jobs"]) for one in this["sectors"])
    ]


def disputes(this: Year, before: Year) -> list[Line]:
    """Return how many disputes were raised, and how they were settled."""
    names = {
        "raised": _("Disputes raised"),
        "upheld": _("Settled: upheld"),
        "amended": _("Settled: amended"),
        "struck": _("Settled: struck"),
    }
    years = [year["disputes"] for year in (this, before)]
    return [Line(name, "", *_values(years, code), behind=_told(code)) for code, name in names.items()]


def _work(**which: str) -> Behind:
    return Behind("collaborations", behind.in_the_year, which)


def _of(sector: str | None) -> Behind | None:
    """Return the list of a sector's work; those who have told none cannot be asked for."""
    return _work(sector=sector) if sector else None


def _told(code: str) -> Behind:
    which = {"what": DISPUTED} if code == "raised" else {"what": SETTLED, "outcome": code}
    return Behind("activity", behind.told_in, which)


def _line(name: str, unit: str, years: Sequence[Year], code: str, its: Behind | None = None) -> Line:
    return Line(name, unit, *_values(years, code), behind=its)


def _values(years: Sequence[Year], code: str) -> tuple[Value, Value]:
    this, before = (_value(year[code]) for year in years)
    return this, before


def _value(figure: float | None) -> Value:
    return None if figure is None else Decimal(str(figure))


def _kind(year: Year, kind: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(one for one in year["kinds"] if one["kind"] == kind)
    return found


def _of_kind(kind: str, code: str, name: str, unit: str, years: Sequence[Year]) -> Line:
    return Line(name, unit, *_values([_kind(year, kind) for year in years], code), behind=_work(kind=kind))


def _jobs(kind: str, years: Sequence[Year]) -> Line:
    return _of_kind(kind, "jobs", label(KINDS, kind), "", years)


def _hours(kind: str, code: str, name: str, years: Sequence[Year]) -> Line:
    return _of_kind(kind, code, name, "h", years)


def _money(kind: str, code: str, name: str, years: Sequence[Year]) -> list[Line]:
    """Return a line for each currency: nothing is converted."""
    sums = [{one["currency"]: Decimal(one["amount"]) for one in _kind(year, kind)[code]} for year in years]
    currencies = sorted({currency for year in sums for currency in year}, key=lambda one: (one != "EUR", one))
    its = {currency: _work(kind=kind, currency=currency) for currency in currencies}
    return [Line(name, one, *(year.get(one, Decimal(0)) for year in sums), behind=its[one]) for one in currencies]


def _loans(banks: Sequence[Mapping[str, Any] | None]) -> list[Line]:
    names = {
        "looks": _("Looks by banks"),
        "referrals": _("Referrals"),
        "granted": _("Loans granted"),
        "refused": _("Refused"),
    }
    years = [year or dict.fromkeys(names, 0) for year in banks]
    return [Line(name, "", *(_value(year[code]) for year in years)) for code, name in names.items()]


def _members(years: Sequence[Year]) -> Line:
    return _line(_("Member firms"), "", years, "members", Behind("firms", behind.admitted_by))


def _crossing(years: Sequence[Year]) -> Line:
    return _line(_("Jobs across the border"), "", years, "crossing", _work(counted=behind.CROSSING))


def _staff(this: Year, before: Year) -> list[Line]:
    """Return what firms told of their staff; nothing where none did, which is not the same as nobody."""
    names = {
        "employees": _("Employees of member firms"),
        "apprentices": _("Apprentices among them"),
        "firms": _("Member firms that reported them"),
    }
    years = [year["headcounts"] for year in (this, before)]
    return [Line(name, "", *(_value(year[code]) for year in years)) for code, name in names.items()]
