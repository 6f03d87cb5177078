"""Who may open which page, and send which form: one row each. `.json` and `.csv` beside a page are like the page."""

from __future__ import annotations

EVERYBODY = ("nobody", "firm", "bank", "coordinator", "operator")
SIGNED_IN = EVERYBODY[1:]

# Whoever is not named gets 404; whoever is not signed in is led to signing in.
TABLE: dict[str, tuple[str, ...]] = {
    "GET /": EVERYBODY,
    "GET /login": EVERYBODY,
    "POST /login": EVERYBODY,
    "POST /logout": EVERYBODY,
    "GET /login/oidc": EVERYBODY,
    "GET /login/oidc/callback": EVERYBODY,
    "GET /invitation/<token>": EVERYBODY,
    "POST /invitation/<token>": EVERYBODY,
    "GET /static/<version>/<name>": EVERYBODY,
    "GET /live": ("firm", "bank", "coordinator", "operator"),
    "GET /verify": EVERYBODY,
    "POST /verify": EVERYBODY,
    "GET /help/score": EVERYBODY,
    "GET /accessibility": EVERYBODY,
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
    "GET /settings": SIGNED_IN,
    "POST /settings/shortcuts": SIGNED_IN,
    "GET /settings/profile": ("firm",),
    "POST /settings/profile": ("firm",),
    "GET /settings/personal-data": ("firm",),
    "GET /settings/keys": SIGNED_IN,
    "POST /settings/keys": SIGNED_IN,
    "GET /settings/keys/<uuid:key>/revoke": SIGNED_IN,
    "POST /settings/keys/<uuid:key>/revoke": SIGNED_IN,
}
