"""What a page loads besides itself: one stylesheet and one module, under names that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort

from ledger.dashboards.compression import compress

bp = Blueprint("assets", __name__)
bp.after_request(compress)
FOLDER = Path(__file__).parent / "static"
# The stylesheet in its parts, in the order in which they build on each other.
SHEETS = (
    "tokens.css",
    "frame.css",
    "parts.css",
    "charts.css",
    "own.css",
    "office.css",
    "referral.css",
    "print.css",
    "paper.css",
    "report.css",
)
FILES = {
    "app.css": ("text/css", SHEETS),
    "app.js": ("text/javascript", ("app.js",)),
    "icon.svg": ("image/svg+xml", ("icon.svg",)),
}
EVER = 31_536_000  # seconds; another content has another name


@cache
def content(name: str) -> bytes:
    """Return what a name stands for."""
    return b"\n".join((FOLDER / part).read_bytes() for part in FILES[name][1])


@cache
def address(name: str) -> str:
    """Return where a browser finds it; one that it has kept it need not ask for again."""
    return f"/static/{hashlib.sha256(content(name)).hexdigest()[:12]}/{name}"


@bp.get("/static/<version>/<name>")
def asset(version: str, name: str) -> Response:
    """Show a file; an address of an earlier release has gone."""
    if name not in FILES or address(name) != f"/static/{version}/{name}":
        abort(404)
    response = Response(content(name), content_type=f"{FILES[name][0]}; charset=utf-8")
    response.cache_control.public = True
    response.cache_control.max_age = EVER
    response.cache_control.immutable = True
    return response
