"""Pages as the service makes them: wall and processor time, beside a page of the same app that is little but frame."""

from __future__ import annotations

from collections.abc import Callable
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
    *(("firm", path) for path in ("/inbox", "/mine")),
    ("bank", "/referrals"),
    ("bank", SHEET.rule),
)
KEPT = (("coordinator", "/overview"), ("coordinator", "/network"))  # what was drawn is kept until the next event
FRAME, PEER = "/settings", "a page that is little but frame"
MILLISECONDS = 1e3
Times = list[tuple[float, float]]


def measure(site: Site, often: int) -> Rows:
    """Ask for each page in turn with the peer, so that a busy moment meets both; nothing is kept unless it says so."""
    house = build(Settings(database_url=site.database_url, public_url=site.url))
    try:
        app = create_app(house)
        rows: Rows = {}
        for role, rule in HEAVY:
            rows |= _rows(f"{rule}, server", _times(app, site, role, rule, often, keep=False))
        for role, rule in KEPT:
            rows |= _rows(f"{rule}, server, kept", _times(app, site, role, rule, often, keep=True))
        return rows
    finally:
        house.close()


def _times(app: Flask, site: Site, role: str, rule: str, often: int, *, keep: bool) -> dict[str, Times]:
    client = _signed_in(app, site, role)
    path = _sheet(client) if rule == SHEET.rule else rule
    times: dict[str, Times] = {path: [], FRAME: []}
    for asked in times:  # templates are compiled once
        _get(client, asked)
    for _ in range(often):
        for asked, found in times.items():
            if not keep:
                app.extensions.pop("kept", None)
            found.append(_timed(lambda asked=asked: _get(client, asked)))  # type: ignore[misc]
    return {"ours": times[path], "frame": times[FRAME]}


def _rows(name: str, times: dict[str, Times]) -> Rows:
    rows: Rows = {}
    for at, what in enumerate(("", ", processor")):
        ours, frame = ([one[at] * MILLISECONDS for one in times[whose]] for whose in ("ours", "frame"))
        for percent in (50, 95):
            mine, other = (quantiles(figures, n=100, method="inclusive")[percent - 1] for figures in (ours, frame))
            peers = {PEER: other}
            rows[f"{name}{what}, p{percent}"] = Row(mine, "ms", min(ours), max(ours), peers, {PEER: mine / other})
    return rows


def _timed(ask: Callable[[], None]) -> tuple[float, float]:
    began, worked = perf_counter(), process_time()
    ask()
    return perf_counter() - began, process_time() - worked


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "de"})
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{path} answers {answer.status_code}")


def _signed_in(app: Flask, site: Site, role: str) -> FlaskClient:
    client, login = app.test_client(), site.login(role)
    client.post("/login", data={name: login[name] for name in ("email", "password")})
    return client


def _sheet(client: FlaskClient) -> str:
    newest = client.get("/referrals.json").get_json()["items"][0]
    return f"/referrals/{newest['id']}"
