"""What is said of webhooks: how it goes with one, what came of a delivery, and which events whom concern."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import lazy_gettext as _

from ledger.domain.actor import Role
from ledger.web.schemas.bodies import TYPES

STATES = {"active": _("Delivers"), "failing": _("Given up"), "gone": _("Receiver gone")}
OUTCOMES = {
    "delivered": _("Arrived"),
    "refused": _("Refused"),
    "timeout": _("No answer in time"),
    "unreachable": _("Not reached"),
    "forbidden": _("Address not allowed"),
}
# The nouns that events are about, as the feed tells them to each role.
NOUNS = {
    "collaboration": _("Collaborations"),
    "firm": _("Firms"),
    "consent": _("Consents"),
    "referral": _("Referrals"),
    "access": _("Looks by banks"),
    "key": _("API keys"),
    "webhook": _("Webhooks"),
    "network": _("Networks"),
    "epoch": _("Epochs of the score"),
    "document": _("Documents"),
    "bank": _("Banks"),
}
OF_FIRMS = ("collaboration", "firm", "consent", "referral", "access", "key", "webhook")
TOLD = {
    Role.FIRM: OF_FIRMS,
    Role.BANK: ("consent", "referral"),
    Role.COORDINATOR: (*OF_FIRMS, "network", "epoch", "document"),
    Role.OPERATOR: tuple(NOUNS),
}

FIRMS_ALONE = ("ledger.referral.outcome-reported",)


class Group(NamedTuple):
    """The events about one noun."""

    words: str
    types: list[str]


def types_for(role: Role) -> list[Group]:
    """Return the types of events that a role is told of, by what they are about."""
    told = [type_ for type_ in sorted(TYPES) if role is Role.FIRM or type_ not in FIRMS_ALONE]
    return [Group(NOUNS[noun], [type_ for type_ in told if type_.split(".")[1] == noun]) for noun in TOLD[role]]
