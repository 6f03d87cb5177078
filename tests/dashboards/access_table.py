"""Who may open which page, and send which form: one row each. `.json` and `.csv` beside a page are like the page."""

from __future__ import annotations

EVERYBODY = ("nobody", "firm", "bank", "coordinator", "operator")

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
    "GET /overview": ("coordinator",),
    "GET /network": ("coordinator",),
    "GET /network/suggestions/<uuid:firm>": ("coordinator",),
    "GET /activity": ("coordinator",),
    "GET /collaborations": ("coordinator",),
    "GET /collaborations/<uuid:id_>": ("coordinator",),
}
