"""Who may open which page, and send which form: one row each. `.json` and `.csv` beside a page are like the page."""

from __future__ import annotations

DESK = ("firm", "coordinator")  # a firm, and the network office that acts for it
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
    "GET /inbox": DESK,
    "GET /inbox/<uuid:id_>": DESK,
    "POST /inbox/<uuid:id_>/confirm": DESK,
    "POST /inbox/<uuid:id_>/undo": DESK,
    "POST /inbox/<uuid:id_>/decline": DESK,
    "POST /inbox/<uuid:id_>/correct": DESK,
    "POST /inbox/<uuid:id_>/dispute": DESK,
    "POST /inbox/<uuid:id_>/disputes/<int:number>/answer": DESK,
    "POST /inbox/<uuid:id_>/complete": DESK,
    "POST /inbox/<uuid:id_>/assess": DESK,
    "POST /inbox/<uuid:id_>/withdraw": DESK,
    "GET /record": DESK,
    "POST /record": DESK,
    "POST /record/invoice": DESK,
}
