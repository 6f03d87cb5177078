"""All pages in one visible tuple; a new one is one file and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards import (
    accessibility,
    assets,
    consents,
    disputes,
    firms,
    firms_edit,
    firms_new,
    firms_users,
    formats,
    frame,
    help_score,
    home,
    invitation,
    live,
    login,
    mine,
    mine_bank,
    mine_looks,
    settings,
    settings_keys,
    settings_profile,
    verify,
    words,
)

if TYPE_CHECKING:
    from flask import Blueprint, Flask

PAGES: tuple[Blueprint, ...] = (
    home.bp,
    login.bp,
    invitation.bp,
    live.bp,
    verify.bp,
    help_score.bp,
    accessibility.bp,
    mine.bp,
    mine_bank.bp,
    mine_looks.bp,
    consents.bp,
    settings.bp,
    settings_profile.bp,
    settings_keys.bp,
    firms.bp,
    firms_new.bp,
    firms_edit.bp,
    firms_users.bp,
    disputes.bp,
)


def register(app: Flask) -> None:
    """Show every page, with its words, its files and its error pages."""
    words.register(app)
    formats.register(app)
    app.jinja_env.globals["here"] = frame.here
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (*PAGES, assets.bp):
        app.register_blueprint(blueprint)
