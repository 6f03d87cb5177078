"""Which pages each role finds in the frame, in one visible table."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from ledger.domain.actor import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation: the endpoint it leads to, its words, its icon."""

    endpoint: str
    words: str
    icon: str


SETTINGS = Entry("settings.look", _("Settings"), "settings")
NAVIGATION: dict[Role, tuple[Entry, ...]] = {
    Role.FIRM: (
        Entry("inbox.page", _("Inbox"), "inbox"),
        Entry("record.form", _("Record a job"), "plus"),
        Entry("mine.mine", _("My firm"), "score"),
        Entry("board.page", _("Capacity board"), "capacity"),
        Entry("my_consents.given", _("Consents"), "consent"),
        Entry("referral.listed", _("Referrals"), "referral"),
        SETTINGS,
    ),
    Role.BANK: (
        Entry("referral.listed", _("Referrals"), "referral"),
        Entry("queries.listed", _("Query log"), "log"),
        Entry("verify.form", _("Verify a referral"), "check"),
        SETTINGS,
    ),
    Role.COORDINATOR: (
        Entry("overview.show", _("Overview"), "overview"),
        Entry("network.show", _("Network"), "network"),
        Entry("members.page", _("Firms"), "firms"),
        Entry("news.show", _("Activity"), "activity"),
        Entry("work.show", _("Joint work"), "log"),
        Entry("disputes.page", _("Disputes"), "dispute"),
        Entry("training.page", _("Training"), "training"),
        Entry("capacity.page", _("Capacity"), "capacity"),
        Entry("board.page", _("Capacity board"), "capacity"),
        Entry("reports.latest", _("Yearly report"), "report"),
        Entry("referral.listed", _("Referrals"), "referral"),
        Entry("inbox.page", _("Inbox"), "inbox"),
        Entry("record.form", _("Record a job"), "plus"),
        SETTINGS,
    ),
    Role.OPERATOR: (SETTINGS,),
}
PUBLIC: tuple[Entry, ...] = (
    Entry("verify.form", _("Verify a referral"), "check"),
    Entry("help.score", _("The trust score"), "score"),
)


def entries(role: Role | None) -> tuple[Entry, ...]:
    """Return the lines for a role, or those for everybody."""
    return PUBLIC if role is None else NAVIGATION[role]
