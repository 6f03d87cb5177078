"""Pages as the service makes them: wall and processor time, beside a page of the same app that is little but frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from ledger.app import create_app
from ledger.config import Settings
from ledger.services import build
from scripts.benchmarks.report import Row, Rows
from tests.browser.pages import SHEET

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.browser.site import Site

HEAVY = (
    *(("coordinator", path) for path in ("/overview", "/network", "/firms", "/activity", "/reports/2025")),
    *(("firm", path) for path in ("/inbox", "/mine", "/mine/as-a-bank")),
    ("bank", "/referrals"),
    ("bank", SHEET.rule),
)
# What was drawn is kept until the next event; the figures of a referral, which no event changes, from look to look.
KEPT = (("coordinator", "/overview"), ("coordinator", "/network"), ("bank", SHEET.rule))
FRAME, PEER = "/settings", "a page that is little but frame"
MILLISECONDS = 1e3
Times = list[tuple[float, float]]


def measure(site: Site, often: int) -> Rows:
    """Ask for each page in turn with the peer, so that a busy moment meets both; nothing is kept unless it says so."""
    house = build(Settings(database_url=site.database_url, public_url=site.url, requests_per_minute=0))
    try:
        app = create_app(house)
        found: Rows = {}
        for role, rule in HEAVY:
            found |= rows(f"{rule}, server", *_of_page(app, site, role, rule, often, keep=False))
        for role, rule in KEPT:
            found |= rows(f"{rule}, server, kept", *_of_page(app, site, role, rule, often, keep=True))
        return found
    finally:
        house.close()


def times(app: Flask, client: FlaskClient, path: str, often: int, *, keep: bool) -> tuple[Times, Times]:
    """Return what a page took each time, and what the peer took beside it."""
    found: dict[str, Times] = {path: [], FRAME: []}
    for asked in found:  # templates are compiled once
        _get(client, asked)
    for _ in range(often):
        for asked, its in found.items():
            if not keep:
                app.extensions.pop("kept", None)
                app.extensions.pop("shelves", None)
            its.append(timed(lambda asked=asked: _get(client, asked)))  # type: ignore[misc]
    return found[path], found[FRAME]


def rows(name: str, ours: Times, theirs: Times, peer: str = PEER) -> Rows:
    """Return both times in milliseconds, half and all but one in twenty of them, beside a peer's."""
    found: Rows = {}
    for at, what in enumerate(("", ", processor")):
        mine, other = ([one[at] * MILLISECONDS for one in whose] for whose in (ours, theirs))
        for percent in (50, 95):
            us, them = (quantiles(figures, n=100, method="inclusive")[percent - 1] for figures in (mine, other))
            found[f"{name}{what}, p{percent}"] = Row(us, "ms", min(mine), max(mine), {peer: them}, {peer: us / them})
    return found


def signed_in(app: Flask, login: Mapping[str, str]) -> FlaskClient:
    """Return a client at which somebody with this `email` and `password` sits."""
    client = app.test_client()
    client.post("/login", data={name: login[name] for name in ("email", "password")})
    return client


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Return by the clock and by the processor what it takes to ask."""
    began, worked = perf_counter(), process_time()
    ask()
    return perf_counter() - began, process_time() - worked


def _of_page(app: Flask, site: Site, role: str, rule: str, often: int, *, keep: bool) -> tuple[Times, Times]:
    client = signed_in(app, site.login(role))
    return times(app, client, _sheet(client) if rule == SHEET.rule else rule, often, keep=keep)


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "de"})
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{path} answers {answer.status_code}")


def _sheet(client: FlaskClient) -> str:
    newest = client.get("/referrals.json").get_json()["items"][0]
    return f"/referrals/{newest['id']}"
