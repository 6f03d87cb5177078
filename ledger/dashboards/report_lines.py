"""The figures of a yearly report, one line each and in the order of the benefits: the same in every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ledger.dashboards.labels import KINDS, label
from ledger.dashboards.words import gettext as _

Year = Mapping[str, Any]
Value = Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is of, its unit (`share` or a currency are written as such), this year's and last year's."""

    name: str
    unit: str
    this: Value
    before: Value

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
    return (
        _line(_("Confirmed jobs"), "", this, before, "confirmed_jobs"),
        _line(_("Firms with a partner"), "", this, before, "firms_with_partner"),
        _line(_("Across the border"), "share", this, before, "crossing_share"),
        _line(_("Days to confirm"), "days", this, before, "days_to_confirm"),
        _line(_("Disputed"), "share", this, before, "disputed_share"),
        Line(_("Training hours"), "h", *(_of(year, "shared_training", "training_hours") for year in (this, before))),
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
                Line(_("Trainees"), "", *(_of(year, "shared_training", "trainees") for year in years)),
                _jobs("joint_development", years),
                *_money("joint_development", "volume", _("Volume of joint development"), years),
            ),
        ),
        Benefit(_("References when a firm asks for a loan"), (_jobs("credit_reference", years), *_loans(banks))),
        Benefit(_("Firms and staff getting to know each other"), (_jobs("exchange_visit", years), _crossing(years))),
        Benefit(
            _("Secure jobs and a stronger location"),
            (_line(_("Member firms"), "", this, before, "members"), *_staff(this, before)),
        ),
    ]


def sectors(this: Year, before: Year, names: Mapping[str | None, str]) -> list[Line]:
    """Return the confirmed jobs of each sector, the most first."""
    earlier = {one["sector"]: one["jobs"] for one in before["sectors"]}
    return [
        Line(names[one["sector"]], "", Decimal(one["jobs"]), Decimal(earlier.get(one["sector"], 0)))
        for one in this["sectors"]
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
    return [Line(name, "", *(Decimal(year[code]) for year in years)) for code, name in names.items()]


def _line(name: str, unit: str, this: Year, before: Year, code: str) -> Line:
    return Line(name, unit, _value(this[code]), _value(before[code]))


def _value(figure: float | None) -> Value:
    return None if figure is None else Decimal(str(figure))


def _kind(year: Year, kind: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(one for one in year["kinds"] if one["kind"] == kind)
    return found


def _of(year: Year, kind: str, code: str) -> Value:
    return _value(_kind(year, kind)[code])


def _jobs(kind: str, years: Sequence[Year]) -> Line:
    return Line(label(KINDS, kind), "", *(_of(year, kind, "jobs") for year in years))


def _hours(kind: str, code: str, name: str, years: Sequence[Year]) -> Line:
    return Line(name, "h", *(_of(year, kind, code) for year in years))


def _money(kind: str, code: str, name: str, years: Sequence[Year]) -> list[Line]:
    """Return a line for each currency: nothing is converted."""
    sums = [{one["currency"]: Decimal(one["amount"]) for one in _kind(year, kind)[code]} for year in years]
    currencies = sorted({currency for year in sums for currency in year}, key=lambda one: (one != "EUR", one))
    return [Line(name, currency, *(year.get(currency, Decimal(0)) for year in sums)) for currency in currencies]


def _loans(banks: Sequence[Mapping[str, Any] | None]) -> list[Line]:
    names = {
        "looks": _("Looks by banks"),
        "referrals": _("Referrals"),
        "granted": _("Loans granted"),
        "refused": _("Refused"),
    }
    years = [year or dict.fromkeys(names, 0) for year in banks]
    return [Line(name, "", *(_value(year[code]) for year in years)) for code, name in names.items()]


def _crossing(years: Sequence[Year]) -> Line:
    return Line(_("Jobs across the border"), "", *(Decimal(year["crossing"]) for year in years))


def _staff(this: Year, before: Year) -> list[Line]:
    """Return what firms told of their staff; nothing where none did, which is not the same as nobody."""
    names = {
        "employees": _("Employees of member firms"),
        "apprentices": _("Apprentices among them"),
        "firms": _("Member firms that reported them"),
    }
    years = [year["headcounts"] for year in (this, before)]
    return [Line(name, "", *(_value(year[code]) for year in years)) for code, name in names.items()]
