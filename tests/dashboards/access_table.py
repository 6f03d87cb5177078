"""Who may open which page, and send which form: one row each. `.json` and `.csv` beside a page are like the page."""

from __future__ import annotations

EVERYBODY = ("nobody", "firm", "bank", "coordinator", "operator")

# Whoever is not named gets 404; whoever is not signed in is led to signing in.
TABLE: dict[str, tuple[str, ...]] = {
    "GET /": EVERYBODY,
    "GET /login": EVERYBODY,
    "POST /logout": EVERYBODY,
    "GET /static/<version>/<name>": EVERYBODY,
    "GET /verify": EVERYBODY,
    "POST /verify": EVERYBODY,
    "GET /help/score": EVERYBODY,
    "GET /mine": ("firm",),
    "GET /mine/as-a-bank": ("firm",),
    "GET /mine/looks": ("firm",),
    "GET /consents": ("firm",),
    "POST /consents": ("firm",),
    "GET /consents/new": ("firm",),
    "GET /consents/<uuid:consent>/withdraw": ("firm",),
    "POST /consents/<uuid:consent>/withdraw": ("firm",),
    "GET /consents/referrals/<uuid:referral>/revoke": ("firm",),
    "POST /consents/referrals/<uuid:referral>/revoke": ("firm",),
    "POST /consents/disclosure": ("firm",),
}
