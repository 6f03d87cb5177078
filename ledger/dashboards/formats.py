"""Numbers, money, dates and spans of time as the reader's language writes them.

Each filter looks at the context, or Jinja would work it out once, in the language of whoever came first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pyphen
from babel import Locale, dates, numbers
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from ledger.dashboards.words import TIME_ZONE, language

ZONE = ZoneInfo(TIME_ZONE)
MINUS = "\N{MINUS SIGN}"
NOTHING = "–"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
SYLLABLE = 2  # letters at least


def locale() -> Locale:
    """Return the locale of this page."""
    return _locale(language())


@pass_context
def number(_: Context, value: float | Decimal | str | None, places: int = 0) -> str:
    """Write a number with so many decimal places, `–` for none."""
    return NOTHING if value is None else written(value, places)


@pass_context
def signed(_: Context, value: float | None, places: int = 1) -> str:
    """Write a number with its sign, as in +13.2."""
    if value is None:
        return NOTHING
    sign = "+" if value > 0 else MINUS if value < 0 else "±"
    return sign + written(abs(value), places)


@pass_context
def share(_: Context, value: float | None, places: int = 0) -> str:
    """Write a share of one as per cent."""
    return NOTHING if value is None else per_cent(value, places)


@pass_context
def money(_: Context, value: Mapping[str, Any] | None) -> str:
    """Write an amount with its currency; cents only where there are any."""
    if value is None:
        return NOTHING
    amount = Decimal(str(value["amount"]))
    whole = amount == amount.to_integral_value()
    pattern = locale().currency_formats["standard"].pattern.replace(".00", "" if whole else ".00")
    return numbers.format_currency(amount, value["currency"], format=pattern, locale=locale(), currency_digits=False)


@pass_context
def day(_: Context, value: date | datetime | str | None, width: str = "medium") -> str:
    """Write a day: 14 Sept 2026."""
    found = moment(value)
    return NOTHING if found is None else dates.format_date(found, width, locale=locale())


@pass_context
def clock(_: Context, value: datetime | str | None, width: str = "short") -> str:
    """Write a moment in the members' time, to the minute."""
    found = moment(value)
    if not isinstance(found, datetime):
        return NOTHING
    return dates.format_datetime(found, "medium" if width == "medium" else "short", tzinfo=ZONE, locale=locale())


@pass_context
def month(_: Context, value: date | str, pattern: str = "LLLL yyyy") -> str:
    """Write a month: September 2026."""
    found = moment(value if len(str(value)) > 7 else f"{value}-01")  # noqa: PLR2004 - the length of 2026-09
    return NOTHING if found is None else dates.format_date(found, pattern, locale=locale())


@pass_context
def ago(context: Context, value: datetime | date | str | None) -> str:
    """Write how long ago something was, as of the moment of the page: 2 days ago."""
    found = moment(value)
    now = context.get("now") or datetime.now(UTC)
    if found is None:
        return NOTHING
    if not isinstance(found, datetime):
        found = datetime(found.year, found.month, found.day, tzinfo=ZONE)
    return dates.format_timedelta(found - now, add_direction=True, locale=locale())


@pass_context
def since(context: Context, value: datetime | str | None) -> str:
    """Write how long something has lasted, as of the moment of the page: 2 days."""
    found, now = moment(value), context.get("now") or datetime.now(UTC)
    return dates.format_timedelta(now - found, locale=locale()) if isinstance(found, datetime) else NOTHING


@pass_context
def hyphenated(_: Context, value: str) -> str:
    """Write a name with the places where it may break: not every browser knows how German or Danish words do."""
    return _hyphenated(value, language())


def moment(value: date | datetime | str | None) -> date | datetime | None:
    """Return what a JSON document says as a date, or as a moment in the members' time."""
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)  # noqa: PLR2004
    return value.astimezone(ZONE) if isinstance(value, datetime) else value


def per_cent(value: float, places: int = 0) -> str:
    """Write a share of one as per cent in the language of this page."""
    return _per_cent(value, places, language())


def short_month(value: str, pattern: str = "LLL yyyy") -> str:
    """Write a month such as 2026-09 in the language of this page, briefly unless told otherwise."""
    return _month(value, pattern, language())


def written(value: float | Decimal | str, places: int) -> str:
    """Write a number in the language of this page."""
    return _decimal(str(value), places, language())


# A page writes some hundred numbers, most of them more than once. A language is told apart faster than a `Locale`.


@cache
def _locale(where: str) -> Locale:
    return Locale(where)


@lru_cache(maxsize=4096)
def _hyphenated(value: str, where: str) -> str:
    known = pyphen.Pyphen(lang=pyphen.language_fallback(where), left=4, right=4)
    return " ".join(_parted(word, known.positions(word)) for word in value.split(" "))


def _parted(word: str, places: Sequence[int]) -> str:
    """Part a word at these places; the patterns take single letters for syllables, which stay with what is before."""
    good = [place for place, after in pairwise([*places, len(word)]) if after - place >= SYLLABLE]
    return SOFT_HYPHEN.join(word[begin:end] for begin, end in pairwise([0, *good, len(word)]))


@lru_cache(maxsize=4096)
def _per_cent(value: float, places: int, where: str) -> str:
    pattern = _pattern(places) + ("%" if where == "en" else "\xa0%")
    return numbers.format_percent(value, format=pattern, locale=_locale(where)).replace("-", MINUS)


@lru_cache(maxsize=4096)
def _month(value: str, pattern: str, where: str) -> str:
    return dates.format_date(date.fromisoformat(f"{value}-01"), pattern, locale=_locale(where))


@lru_cache(maxsize=4096)
def _decimal(value: str, places: int, where: str) -> str:
    return numbers.format_decimal(Decimal(value), format=_pattern(places), locale=_locale(where)).replace("-", MINUS)


def _pattern(places: int) -> str:
    return "#,##0" + ("." + "0" * places if places else "")


def register(app: Flask) -> None:
    """Make the filters known to every template."""
    app.jinja_env.filters.update(
        number=number,
        signed=signed,
        share=share,
        money=money,
        day=day,
        clock=clock,
        month=month,
        ago=ago,
        since=since,
        hyphenated=hyphenated,
    )
