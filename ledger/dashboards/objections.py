"""Why a record is not right: a few reasons to choose from, and a message beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

if TYPE_CHECKING:
    from ledger.dashboards.sent import Sent

OBJECTIONS = {
    "never": _("We did not work together on this"),
    "figures": _("The figures or dates are wrong"),
    "twice": _("It was recorded twice"),
    "other": _("Something else"),
}


def reason(form: Sent) -> str:
    """Return the reason as the others will read it: the chosen one in words, then the message."""
    chosen, message = form.text("why"), form.text("message")
    words = str(OBJECTIONS[chosen]) if chosen in OBJECTIONS and (chosen != "other" or not message) else ""
    return ". ".join(filter(None, (words, message)))
