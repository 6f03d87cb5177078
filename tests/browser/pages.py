"""The pages that are looked at in every language, theme and width, with who looks."""

from __future__ import annotations

# Role (None: nobody signed in) and address. `{…}` is filled by what the demonstration has.
PAGES: tuple[tuple[str | None, str], ...] = (
    (None, "/login"),
    (None, "/invitation/none"),
    (None, "/verify"),
    (None, "/help/score"),
    (None, "/accessibility"),
    ("firm", "/mine"),
    ("firm", "/mine/as-a-bank"),
    ("firm", "/mine/looks"),
    ("firm", "/consents"),
    ("firm", "/consents/new"),
    ("firm", "/settings"),
    ("firm", "/settings/profile"),
    ("firm", "/settings/users"),
    ("firm", "/settings/keys"),
    ("firm", "/settings/webhooks"),
    ("coordinator", "/settings/users"),
    ("bank", "/settings/keys"),
    ("coordinator", "/settings/webhooks"),
    ("bank", "/settings/webhooks"),
    (None, "/nothing-here"),
    (None, "/verify/00000000-0000-4000-8000-000000000000"),
    ("bank", "/referrals"),
    ("bank", "/queries"),
    ("coordinator", "/overview"),
    ("coordinator", "/overview?months=24&country=DK"),
    ("coordinator", "/network"),
    ("coordinator", "/activity"),
    ("coordinator", "/activity?what=disputed"),
    ("coordinator", "/collaborations"),
    ("coordinator", "/collaborations?state=disputed"),
)
