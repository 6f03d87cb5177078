"""All pages in one visible tuple; a new one is one file and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards import (
    assets,
    formats,
    frame,
    help_score,
    home,
    invitation,
    live,
    login,
    network,
    news,
    overview,
    verify,
    words,
    work,
)

if TYPE_CHECKING:
    from flask import Blueprint, Flask

PAGES: tuple[Blueprint, ...] = (
    home.bp,
    login.bp,
    invitation.bp,
    live.bp,
    overview.bp,
    network.bp,
    news.bp,
    work.bp,
    verify.bp,
    help_score.bp,
)


def register(app: Flask) -> None:
    """Show every page, with its words, its files and its error pages."""
    words.register(app)
    formats.register(app)
    app.jinja_env.globals["here"] = frame.here
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (*PAGES, assets.bp):
        app.register_blueprint(blueprint)
