"""The pages that are looked at in every language, theme and width, with who looks."""

from __future__ import annotations

# Role (None: nobody signed in) and address. `{…}` is filled by what the demonstration has.
PAGES: tuple[tuple[str | None, str], ...] = (
    (None, "/login"),
    (None, "/invitation/none"),
    (None, "/verify"),
    (None, "/help/score"),
    (None, "/nothing-here"),
    ("coordinator", "/overview"),
    ("coordinator", "/overview?months=24&country=DK"),
    ("coordinator", "/network"),
    ("coordinator", "/activity"),
    ("coordinator", "/activity?what=disputed"),
    ("coordinator", "/collaborations"),
    ("coordinator", "/collaborations?state=disputed"),
)
