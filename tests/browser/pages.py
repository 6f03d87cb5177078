"""The pages that are looked at in every language, theme and width, with who looks: every one that there is."""

from __future__ import annotations

from typing import NamedTuple


class Seen(NamedTuple):
    """One page: its rule in `tests/dashboards/access_table.py`, who looks (None: nobody signed in), and its address.

    Where the address holds an id, it is that of the first link of this kind on the page named here.
    """

    rule: str
    role: str | None
    address: str
    link: str = ""


SHEET = Seen("/referrals/<uuid:referral>", "bank", "/referrals", "tbody th a")
HOOK = 'tbody th a[href^="/settings/webhooks/"]'  # of the webhook that the site is given
PAGES: tuple[Seen, ...] = (
    Seen("/login", None, "/login"),
    Seen("/invitation/<token>", None, "/invitation/none"),
    Seen("/verify", None, "/verify"),
    Seen("/verify/<uuid:referral>", None, "/verify/00000000-0000-4000-8000-000000000000"),
    Seen("/help/score", None, "/help/score"),
    Seen("/accessibility", None, "/accessibility"),
    Seen("", None, "/nothing-here"),
    Seen("/inbox", "firm", "/inbox"),
    Seen("/inbox", "firm", "/inbox?view=done"),
    Seen("/inbox", "coordinator", "/inbox"),
    Seen("/inbox/<uuid:id_>", "firm", "/inbox?view=done", "nav.list a"),
    Seen("/inbox/<uuid:id_>", "firm", "/inbox?view=todo", 'a[href*="do=correct"]'),
    Seen("/inbox/<uuid:id_>", "firm", "/inbox?view=todo", 'a[href*="do=decline"]'),
    Seen("/inbox/<uuid:id_>", "firm", "/inbox?view=done", 'a[href*="do=dispute"]'),
    Seen("/record", "firm", "/record"),
    Seen("/record", "firm", "/record?kind=joint_purchase"),
    Seen("/record", "coordinator", "/record"),
    Seen("/mine", "firm", "/mine"),
    Seen("/mine/as-a-bank", "firm", "/mine/as-a-bank"),
    Seen("/mine/looks", "firm", "/mine/looks"),
    Seen("/mine/acted-for", "firm", "/mine/acted-for"),
    Seen("/consents", "firm", "/consents"),
    Seen("/consents/new", "firm", "/consents/new"),
    Seen("/consents/<uuid:consent>/withdraw", "firm", "/consents", 'a[href$="/withdraw"]'),
    Seen("/consents/referrals/<uuid:referral>/revoke", "firm", "/consents", 'a[href$="/revoke"]'),
    Seen("/settings", "firm", "/settings"),
    Seen("/settings/profile", "firm", "/settings/profile"),
    Seen("/settings/users", "firm", "/settings/users"),
    Seen("/settings/users", "coordinator", "/settings/users"),
    Seen("/settings/users/<uuid:account>/close", "firm", "/settings/users", 'a[href$="/close"]'),
    Seen("/settings/webhooks", "firm", "/settings/webhooks"),
    Seen("/settings/webhooks", "bank", "/settings/webhooks"),
    Seen("/settings/webhooks/<uuid:webhook>", "firm", "/settings/webhooks", HOOK),
    Seen("/settings/webhooks/<uuid:webhook>/remove", "firm", "/settings/webhooks", f'{HOOK} => a[href$="/remove"]'),
    Seen("/settings/keys", "firm", "/settings/keys"),
    Seen("/settings/keys", "bank", "/settings/keys"),
    Seen("/settings/keys/<uuid:key>/rotation", "firm", "/settings/keys", 'a[href$="/rotation"]'),
    Seen("/settings/keys/<uuid:key>/revoke", "firm", "/settings/keys", 'a[href$="/revoke"]'),
    Seen("/referrals", "bank", "/referrals"),
    Seen("/referrals", "firm", "/referrals"),
    SHEET,
    Seen("/referrals/<uuid:referral>", "firm", "/referrals", "tbody th a"),
    Seen("/referrals/<uuid:referral>/collaborations", "bank", "/referrals", "tbody th a => a[href*=collaborations]"),
    Seen("/queries", "bank", "/queries"),
    Seen("/overview", "coordinator", "/overview"),
    Seen("/overview", "coordinator", "/overview?months=24&country=DK"),
    Seen("/network", "coordinator", "/network"),
    Seen("/network/suggestions/<uuid:firm>", "coordinator", "/overview", 'a[href^="/network/suggestions/"]'),
    Seen("/activity", "coordinator", "/activity"),
    Seen("/activity", "coordinator", "/activity?what=disputed"),
    Seen("/collaborations", "coordinator", "/collaborations"),
    Seen("/collaborations", "coordinator", "/collaborations?state=disputed"),
    Seen("/collaborations", "coordinator", "/collaborations?counted=crossing&sector=25&country=DK"),
    Seen("/collaborations/<uuid:id_>", "coordinator", "/collaborations", 'main a[href^="/collaborations/"]'),
    Seen("/firms", "coordinator", "/firms"),
    Seen("/firms", "coordinator", "/firms?worked_from=2025-01&worked_to=2025-12"),
    Seen("/firms/new", "coordinator", "/firms/new"),
    Seen("/firms/<uuid:firm>", "coordinator", "/firms", 'tbody a[href^="/firms/"]'),
    Seen("/firms/<uuid:firm>/edit", "coordinator", "/firms", 'tbody a[href^="/firms/"] => a[href*="/edit"]'),
    Seen("/firms/<uuid:firm>/invite", "coordinator", "/firms", 'tbody a[href^="/firms/"] => a[href*="/invite"]'),
    Seen("/disputes", "coordinator", "/disputes"),
    Seen("/disputes/<uuid:job>/<int:number>", "coordinator", "/disputes", 'main a[href^="/disputes/"]'),
    Seen("/training", "coordinator", "/training"),
    Seen("/capacity", "coordinator", "/capacity"),
    Seen("/board", "firm", "/board"),
    Seen("/board", "coordinator", "/board"),
    Seen("/reports/<int:year>", "coordinator", "/reports/2025"),
)
# What leads on, streams, or is a file.
NO_PAGES = {
    "/",
    "/live",
    "/login/oidc",
    "/login/oidc/callback",
    "/reports",
    "/settings/personal-data",
    "/static/<version>/<name>",
}
FILES = (".jwt", ".pdf", ".xlsx")
