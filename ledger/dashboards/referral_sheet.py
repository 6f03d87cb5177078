"""A referral as a sheet of paper: the same figures and pictures on the page, in print and as a PDF file."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel import dates
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from ledger.dashboards import labels, reasons
from ledger.dashboards.charts import distribution, factors, shares, timeline
from ledger.dashboards.charts.parts import Caption, Figure
from ledger.dashboards.charts.svg import Medium
from ledger.dashboards.faces import called
from ledger.dashboards.formats import locale, written
from ledger.dashboards.referral_around import YEARS
from ledger.dashboards.words import language
from ledger.domain.event import ERASED
from ledger.domain.sectors import sector
from ledger.projections.trust.parameters import PER_EURO
from ledger.web.referrals import keep
from ledger.web.signing import issuer

if TYPE_CHECKING:
    from ledger.dashboards.referral_around import Around

Shown = dict[str, Any]

# Which joint work stands behind a factor.
COMPLETED = {"state": "completed"}
BEHIND = {
    **dict.fromkeys(("on_time", "accepted", "rating"), COMPLETED),
    "paid": {},
    "disputes": {"state": "disputed"},
}
MOST_PARTNERS = 5
# Every mask makes a code that can be read. This one is on average 4 % from the best, which takes 6 ms to find.
MASK = 2
LARGE = (Decimal(5_000), Decimal(50_000))  # euro: from here on a dot is larger, and the largest


def sheet(document: Shown, around: Around, medium: Medium = Medium.PAGE) -> Shown:
    """Return everything that the sheet shows."""
    score, address = document["trust"], f"{issuer()}/verify/{document['id']}"
    found = _factors(score, medium) if score["sufficient"] else []
    dots = _timeline(document, around)
    return {
        "document": document,
        "erased": document["firm"]["name"] == ERASED,
        "around": around,
        "trade": sector(document["firm"]["nace"], language()),
        "distribution": distribution.distribution(_distribution(score, around), medium),
        "scores": distribution.table(_distribution(score, around), str(_("Trust score")), str(_("Firms"))),
        "why": None if score["sufficient"] else reasons.missing(score["missing"]).shows,
        "grade": labels.label(labels.GRADES, score["grade"]),
        "factors": found,
        "states": BEHIND,
        "timeline": timeline.timeline(dots, medium),
        "legend": timeline.legend(dots),
        "jobs": timeline.table(dots, str(_("Month")), str(_("Joint work"))),
        "partners": _partners(document, medium),
        "not_known": reasons.not_known(document),
        "address": address,
        "qr": keep(("qr", address, language()), lambda: qr(address)),
    }


def qr(address: str) -> Markup:
    """Return a QR code that leads to an address, black on white in every theme."""
    import segno

    drawn = segno.make(address, error="m", micro=False, mask=MASK)
    words = str(_("QR code: where this referral is checked"))
    # nosemgrep: markup-elsewhere - drawn here
    return Markup(drawn.svg_inline(scale=2, border=2, light="#fff", title=words, omitsize=True))  # nosec B704 # noqa: S704 - drawn here


def _distribution(score: Shown, around: Around) -> distribution.Distribution:
    peers = around.peers
    median = Figure(str(_("Median of rated firms")), peers["median"], written(peers["median"], 0)) if peers else None
    band = score["interval"]
    interval = None
    if band:
        ends = (band["low"], band["high"])
        level = {"low": written(band["low"], 0), "high": written(band["high"], 0)}
        interval = distribution.Interval(score["score"], ends, ends, str(_("80 %% sure: %(low)s to %(high)s", **level)))
    text = interval.text if interval else str(_("No score: too little is known"))
    caption = Caption("peers", str(_("The score among the rated firms of the network")), text)
    bins, alone = tuple(peers["bins"]) if peers else (), "" if interval else text
    return distribution.Distribution(caption, bins, median, interval, alone)


def _factors(score: Shown, medium: Medium) -> list[Shown]:
    every = score["factors"]
    moved = [one for one in every if one["code"] != "base"]
    named = [(labels.label(labels.FACTORS, one["code"]), one["points"]) for one in moved]
    figures = [Figure(name, points, written(points, 1)) for name, points in named]
    bars: dict[str, Markup] = dict(zip((one["code"] for one in moved), factors.bars(figures, medium), strict=True))
    return [
        {
            "code": one["code"],
            "label": labels.label(labels.FACTORS, one["code"]),
            "shows": reasons.factor(one).shows,
            "bar": bars.get(one["code"], ""),
            "points": one["points"],
            "change": reasons.factor(one).changes if one["code"] != "base" else "",
        }
        for one in every
    ]


def _timeline(document: Shown, around: Around) -> timeline.Timeline:
    last = datetime.fromisoformat(document["issued_at"]).year
    kinds = {dot["kind"] for dot in around.dots}
    number = {kind: at for at, kind in enumerate(labels.KINDS)}
    named = dates.get_month_names("wide", "stand-alone", locale())
    count = ngettext("%(num)d confirmed joint job", "%(num)d confirmed joint jobs", len(around.dots))
    return timeline.Timeline(
        caption=Caption("work", str(_("Confirmed joint work by month")), str(count)),
        years=(last - YEARS + 1, last),
        months=tuple(named[month] for month in range(1, 13)),
        kinds=tuple(timeline.Series(at, str(labels.KINDS[kind])) for kind, at in number.items() if kind in kinds),
        dots=tuple(_dot(dot, number[dot["kind"]]) for dot in around.dots),
    )


def _dot(dot: Shown, colour: int) -> timeline.Dot:
    on = date.fromisoformat(dot["on"])
    words = labels.label(labels.KINDS, dot["kind"])
    size = sum(_euro(money) >= least for money in [_largest(dot["volume"])] for least in LARGE)
    return timeline.Dot(on.year, on.month, colour, words, size, corrected=dot["corrected"])


def _largest(volume: list[Shown]) -> Shown | None:
    return max(volume, key=_euro, default=None)


def _euro(money: Shown | None) -> Decimal:
    """Return about how much it is, for the size of a dot and nothing else; without a rate as little as can be."""
    if money is None or money["currency"] not in PER_EURO:
        return Decimal(0)
    return Decimal(money["amount"]) / PER_EURO[money["currency"]]


def _partners(document: Shown, medium: Medium) -> list[Shown]:
    items = document["partners"]
    shown = [shares.Share(called(one), 100 * one["share"], _per_cent(one["share"])) for one in items[:MOST_PARTNERS]]
    rest = items[MOST_PARTNERS:]
    if rest:
        share = sum(one["share"] for one in rest)
        words = ngettext("%(num)d further partner", "%(num)d further partners", len(rest))
        shown.append(shares.Share(str(words), 100 * share, _per_cent(share), None))
    most = max((one.value for one in shown), default=0)
    return [{"label": one.label, "text": one.text, "bar": shares.bar(one, most, medium)} for one in shown]


def _per_cent(share: float) -> str:
    gap = "" if language() == "en" else "\N{NO-BREAK SPACE}"
    return f"{written(100 * share, 0)}{gap}%"
