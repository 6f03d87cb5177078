"""What a person should look at in a draft that was read from an invoice, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel import dates
from flask_babel import gettext, lazy_gettext

from ledger.dashboards.formats import locale
from ledger.dashboards.labels import label
from ledger.dashboards.term_words import TERMS

if TYPE_CHECKING:
    from ledger.intake.remarks import Remark

# By the code of the remark; the names in them are those of what it says.
REMARKS = {
    "amount-unreadable": lazy_gettext("%(term)s: “%(written)s” is no amount."),
    "correction": lazy_gettext(
        "The document corrects an earlier one (%(earlier)s). If that job is recorded, correct it instead."
    ),
    "credit-note": lazy_gettext(
        "The document is a credit note (earlier invoice: %(earlier)s). It takes money back and records no work."
    ),
    "currency-unknown": lazy_gettext("%(stated)s: the ledger does not keep this currency."),
    "date-unreadable": lazy_gettext("%(place)s: “%(written)s” is no day of the calendar."),
    "ends-after-invoice": lazy_gettext(
        "The work ends on %(day)s, after the date of the invoice. A day to come cannot be recorded."
    ),
    "identifier-check-failed": lazy_gettext("%(party)s: the number “%(number)s” fails its check."),
    "identifier-differs": lazy_gettext("%(party)s: a firm of this name has another register number."),
    "media-type-differs": lazy_gettext("The document is of another type than stated: %(found)s."),
    "not-read-whole": lazy_gettext("Of %(count)s “%(name)s” only the first %(most)s were read."),
    "party-ambiguous": lazy_gettext("%(party)s: several firms fit. Please choose."),
    "party-unknown": lazy_gettext("%(party)s: none of the known firms. The invoice says: %(described)s."),
    "period-missing": lazy_gettext("The document states no day of work, and none of its own."),
    "period-reversed": lazy_gettext("A period from %(begin)s to %(end)s was left out."),
    "reference-too-long": lazy_gettext("%(name)s: longer than %(most)s characters, so it was left out."),
    "same-firm": lazy_gettext("Buyer and seller are the same firm. Please choose."),
    "stated-twice": lazy_gettext("%(term)s is stated %(count)s times; the first is taken."),
    "value-left-out": lazy_gettext("%(stated)s is no value of work, so it was left out."),
    "value-missing": lazy_gettext("The total without VAT (BT-109) is not stated."),
    "value-rounded": lazy_gettext("%(stated)s was rounded to %(rounded)s."),
    "weak-match": lazy_gettext("%(party)s: found by %(how)s alone. Please check."),
}
PARTIES = {"buyer": lazy_gettext("The buyer"), "seller": lazy_gettext("The seller")}
HOW = {
    "name": lazy_gettext("its name"),
    "name, not its town": lazy_gettext("its name, in another town"),
    "electronic address": lazy_gettext("its electronic address"),
}
DAYS = ("day", "begin", "end")


def worded(remark: Remark) -> str:
    """Return a remark in the reader's language; one that nobody has put into words reads as the ledger wrote it."""
    if remark.code not in REMARKS:
        return remark.detail
    return str(REMARKS[remark.code]) % {name: _said(name, value) for name, value in remark.said.items()}


def _said(name: str, value: Any) -> str:
    if name in DAYS:
        return str(dates.format_date(value, locale=locale()))
    words = {"party": PARTIES, "how": HOW, "name": TERMS}.get(name, {})
    return label(words, str(value)) if value else gettext("not named")
