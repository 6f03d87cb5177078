"""What codes of the ledger are called on pages: kinds, roles, states, factors and the like, each in one place."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

KINDS = {
    "joint_order": _("Joint order"),
    "subcontract": _("Subcontract"),
    "shared_training": _("Shared training"),
    "credit_reference": _("Credit reference"),
    "joint_purchase": _("Joint purchase"),
    "capacity_sharing": _("Capacity sharing"),
    "joint_development": _("Joint development"),
    "exchange_visit": _("Exchange visit"),
}
# Which of the eight categorical colours a kind has, everywhere.
COLOURS = {kind: f"cat-{n}" for n, kind in enumerate(KINDS, 1)}
ROLES = {
    "lead": _("Lead firm"),
    "partner": _("Partner"),
    "contractor": _("Contractor"),
    "subcontractor": _("Subcontractor"),
    "host": _("Host"),
    "participant": _("Participant"),
    "referee": _("Referee"),
    "subject": _("Subject"),
    "user": _("User"),
    "provider": _("Provider"),
    "visitor": _("Visitor"),
}
STATES = {
    "proposed": _("Awaiting confirmation"),
    "confirmed": _("Confirmed"),
    "completed": _("Completed"),
    "disputed": _("Disputed"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn"),
    "struck": _("Struck"),
}
# How a state is marked: the look of its tag.
MARKS = {"confirmed": "good", "completed": "good", "proposed": "warn", "disputed": "bad", "struck": "bad"}
OUTCOMES = {"upheld": _("Upheld"), "amended": _("Amended by the office"), "struck": _("Struck by the office")}
GRADES = {"strong": _("Strong"), "good": _("Good"), "fair": _("Fair"), "weak": _("Weak")}
FACTORS = {
    "base": _("Every firm begins here"),
    "on_time": _("On time"),
    "accepted": _("Accepted without defects"),
    "paid": _("Paid on time"),
    "rating": _("Partners' ratings"),
    "disputes": _("Disputes"),
}
COUNTRIES = {"DE": _("Germany"), "DK": _("Denmark")}
REFERRAL_STATES = {
    "in_force": _("In force"),
    "expired": _("Expired"),
    "revoked": _("Revoked"),
    "withdrawn": _("Withdrawn"),
}


def label(labels: dict[str, str], code: str | None) -> str:
    """Return what a code is called; one that nobody has named reads as itself."""
    return str(labels.get(code or "", code or "–"))
