"""What the events of a collaboration are called on its page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

EVENTS = {
    "collaboration.proposed": _("Recorded"),
    "collaboration.accepted": _("Accepted"),
    "collaboration.declined": _("Declined"),
    "collaboration.confirmed": _("Confirmed by everybody"),
    "collaboration.completed": _("Completed"),
    "collaboration.assessed": _("Assessed"),
    "collaboration.amended": _("Corrected"),
    "collaboration.evidence-attached": _("Document attached"),
    "collaboration.withdrawn": _("Withdrawn"),
    "collaboration.disputed": _("Disputed"),
    "collaboration.answered": _("Dispute answered"),
    "collaboration.settled": _("Dispute settled"),
}
