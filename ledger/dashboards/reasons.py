"""Why a score is what it is, why there may be none, and what would change it: figures become the reader's sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from flask_babel import lazy_gettext

from ledger.dashboards.formats import MINUS, written
from ledger.dashboards.words import gettext as _
from ledger.dashboards.words import ngettext
from ledger.delivery.referral_document import unknown
from ledger.projections.trust.parameters import HALF_LIFE

Shown = Mapping[str, Any]

# What the score would be after each step of the method.
STEPS = {
    "plain": lazy_gettext("Every report at its face value"),
    "ceilings": lazy_gettext("No partner carries a firm alone"),
    "credibility": lazy_gettext("Each partner's word as far as it is believed"),
}
CONFIDENCES = {
    "A": lazy_gettext("Much evidence"),
    "B": lazy_gettext("A good deal of evidence"),
    "C": lazy_gettext("Little evidence, so a wide band"),
    "D": lazy_gettext("Not rated"),
}

# What a referral may leave open, by the codes of its document.
UNKNOWN = {
    "unverified": lazy_gettext("Nobody has compared this firm with an extract of a register."),
    "no_number": lazy_gettext("The firm has stated no register number."),
    "no_recent_job": lazy_gettext("No confirmed joint job falls into the last 12 months."),
    "punctuality": lazy_gettext("No partner has said whether this firm delivers on time."),
    "acceptance": lazy_gettext("No partner has said whether this firm's work was accepted."),
    "payment": lazy_gettext("Nothing is known of how this firm pays."),
    "no_reference": lazy_gettext("No credit reference has been given."),
    "unconfirmed": lazy_gettext("Work that no partner has confirmed is not counted."),
    "joint_work_only": lazy_gettext(
        "The ledger knows joint work only: no balance sheets, no other liabilities, no other customers."
    ),
}


class Reason(NamedTuple):
    """What the ledger shows, and what would change it."""

    shows: str
    changes: str


def factor(one: Shown) -> Reason:
    """Return a factor of a score in words; `one` is a factor as the trust query gives it."""
    because, change = one["because"], one["change"]
    if one["code"] == "base":
        return Reason(_("Every firm"), _("Nothing"))
    if one["code"] == "disputes":
        return Reason(_disputes(because), _without_disputes(change["cost"]))
    return Reason(SHOWN[one["code"]](because), " ".join(_better(change)))


def missing(lack: Shown) -> Reason:
    """Return why a firm is not rated, and what helps; `lack` is the `missing` of a score."""
    have, need = (written(lack[name], 0 if lack["code"] in COUNTED else 2) for name in ("have", "need"))
    helps = _("Partners that are verified, or work with verified firms, count most.")
    if lack["code"] == "partners":
        return Reason(
            _("Partners that have confirmed joint work: %(have)s. A score needs %(need)s.", have=have, need=need),
            _("Joint work with one more partner, recorded by one side and confirmed by the other."),
        )
    if lack["code"] == "said":
        return Reason(
            _("Partners have confirmed joint work, but said too little about it for a score."),
            _("Partners' answers to whether the work was on time, accepted and paid."),
        )
    if lack["code"] == "believed_partners":
        return Reason(
            _("Partners whose word counts so far: %(have)s. A score needs %(need)s.", have=have, need=need), helps
        )
    return Reason(
        _("What partners said weighs as much as %(have)s typical jobs. A score needs %(need)s.", have=have, need=need),
        helps,
    )


def interval(score: Shown) -> str:
    """Return the band of a score in words."""
    band = score["interval"]
    sure = round(100 * band["level"])
    low, high = written(band["low"], 0), written(band["high"], 0)
    return _("%(sure)s in 100 sure: between %(low)s and %(high)s", sure=sure, low=low, high=high)


def not_known(document: Shown) -> list[str]:
    """Return what the document of a referral does not say, and a reader could take for granted."""
    return [_unknown(code, document["trust"]) for code in unknown(dict(document))]


def _unknown(code: str, score: Shown) -> str:
    if code == "no_score":
        return missing(score["missing"]).shows
    if code == "sealed":
        return ngettext(
            "%(num)d assessment is still sealed and does not count yet.",
            "%(num)d assessments are still sealed and do not count yet.",
            score["facts"]["sealed_reports"],
        )
    return str(UNKNOWN[code])


def _yes_of(because: Shown) -> tuple[str, str]:
    return written(because["yes"], 0), written(because["yes"] + because["no"], 0)


def _on_time(because: Shown) -> str:
    yes, said = _yes_of(because)
    return _("On time: %(yes)s of %(said)s answers", yes=yes, said=said) if said != "0" else _silence()


def _accepted(because: Shown) -> str:
    yes, said = _yes_of(because)
    return _("Accepted without defects: %(yes)s of %(said)s answers", yes=yes, said=said) if said != "0" else _silence()


def _paid(because: Shown) -> str:
    yes, said = _yes_of(because)
    references = because["credit_references"]
    told = [_("Paid when it was due: %(yes)s of %(said)s answers", yes=yes, said=said)] if said != "0" else []
    if references:
        told.append(ngettext("%(num)d credit reference", "%(num)d credit references", references))
    return "; ".join(told) or _silence()


def _rating(because: Shown) -> str:
    if not because["count"]:
        return _silence()
    mean = written(because["mean"], 1)
    return ngettext(
        "%(mean)s of 5 points, from %(num)d rating",
        "%(mean)s of 5 points on average, from %(num)d ratings",
        because["count"],
        mean=mean,
    )


def _disputes(because: Shown) -> str:
    if not because["open"] + because["settled"]:
        return _("No disputes")
    return _(
        "Open: %(open)s. Settled: %(settled)s, %(favour)s of them in the firm's favour.",
        open=because["open"],
        settled=because["settled"],
        favour=because["in_favour"],
    )


def _silence() -> str:
    return _("No partner has said anything about it yet")


def _better(change: Shown) -> Iterable[str]:
    yield _("One more good answer from a new partner: %(points)s points.", points=points(change["gain"]))
    if change["cost"]:
        years = HALF_LIFE // 365
        cost = written(change["cost"], 1)
        yield _("Bad answers cost %(cost)s points now; after %(years)s years they weigh half.", cost=cost, years=years)


def _without_disputes(cost: float | None) -> str:
    if not cost:
        return _("Nothing to do: none weighs on the score")
    cost_of_them = written(cost, 1)
    return _(
        "Disputes cost %(cost)s points now. One that ends with the record as it was counts no longer.",
        cost=cost_of_them,
    )


def points(value: float) -> str:
    """Write points with their sign, as in +1.2."""
    shown = round(value, 1)
    return ("+" if shown > 0 else MINUS if shown < 0 else "±") + written(abs(shown), 1)


COUNTED = ("partners", "believed_partners")
SHOWN: Mapping[str, Callable[[Shown], str]] = {
    "on_time": _on_time,
    "accepted": _accepted,
    "paid": _paid,
    "rating": _rating,
}
