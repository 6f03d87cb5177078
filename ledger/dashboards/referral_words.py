"""What a referral's figures say in words, made of its codes and numbers in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from ledger.dashboards.formats import written
from ledger.delivery.referral_document import unknown
from ledger.projections.trust.explanation import ENOUGH

Shown = Mapping[str, Any]

PRAISED = {
    "on_time": lazy_gettext("Rises with every partner who reports work on time"),
    "accepted": lazy_gettext("Rises with every partner who accepts work without defects"),
    "paid": lazy_gettext("Rises with every partner who reports payment on time"),
    "rating": lazy_gettext("Rises with good marks from further partners"),
}
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


def shows(factor: Shown) -> str:
    """Return what the ledger shows of a factor."""
    code, because = factor["code"], factor["because"]
    if code == "base":
        return str(_("Every firm"))
    if code == "disputes":
        return _disputes(because)
    if not because["reports"]:
        return str(_("Nothing is known of it"))
    if code == "rating":
        mean = written(because["mean"] or 0, 1)
        return str(
            ngettext(
                "%(num)d rating, %(mean)s of 5",
                "%(num)d ratings, %(mean)s of 5 on average",
                because["count"],
                mean=mean,
            )
        )
    said = because["yes"] + because["no"]
    return str(_("%(yes)s of %(said)s reports say so", yes=written(because["yes"], 0), said=written(said, 0)))


def would_change(factor: Shown, factors: list[Shown], score: float) -> str:
    """Return what would move a factor: what good reports do, or what bad ones cost now."""
    code, bad = factor["code"], factor["because"]["bad"]
    if code == "base":
        return ""
    if not bad:
        return str(PRAISED.get(code, _("Only a new dispute would lower it")))
    points = written(_cost(bad, factors, score), 1)
    if code == "disputes":
        return str(_("Costs %(points)s points until settled in the firm's favour", points=points))
    return str(_("Bad reports cost %(points)s points; after four years they weigh half", points=points))


def no_score(document: Shown) -> str:
    """Return why there is no score."""
    score = document["trust"]
    if score["counterparties"] < ENOUGH:
        return str(
            ngettext(
                "%(num)d partner has confirmed joint work with this firm; a score needs at least %(enough)s.",
                "%(num)d partners have confirmed joint work with this firm; a score needs at least %(enough)s.",
                score["counterparties"],
                enough=ENOUGH,
            )
        )
    if score["independent_counterparties"] < ENOUGH:
        return str(_("Too few of its partners are connected with verified firms: their word makes no score yet."))
    return str(_("Partners have confirmed joint work with this firm, but said too little of it for a score."))


def not_known(document: Shown) -> list[str]:
    """Return what a reader must not take for granted."""
    return [_unknown(code, document) for code in unknown(dict(document))]


def _unknown(code: str, document: Shown) -> str:
    if code == "no_score":
        return no_score(document)
    if code == "sealed":
        number = document["trust"]["facts"]["sealed_reports"]
        return str(
            ngettext(
                "%(num)d assessment was still sealed and is not counted.",
                "%(num)d assessments were still sealed and are not counted.",
                number,
            )
        )
    return str(UNKNOWN[code])


def _disputes(because: Shown) -> str:
    if not because["open"] and not because["settled"]:
        return str(_("No dispute"))
    counts = {name: written(because[name], 0) for name in ("open", "settled", "in_favour")}
    return str(_("%(open)s open, %(settled)s settled, %(in_favour)s of them in its favour", **counts))


def _cost(bad: float, factors: list[Shown], score: float) -> float:
    """Return the points that are missing because of this bad evidence, from the evidence of all factors."""
    good, all_bad = (sum(factor["because"][side] for factor in factors) for side in ("good", "bad"))
    return float(100 * good / (good + all_bad - bad) - score)
