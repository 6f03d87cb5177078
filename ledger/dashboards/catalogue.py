"""All pages in one visible tuple; a new one is one file and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards import (
    accessibility,
    answers,
    assets,
    board,
    capacity,
    consents,
    disputes,
    event_words,
    firms,
    firms_edit,
    firms_new,
    firms_users,
    formats,
    frame,
    headcounts,
    help_score,
    home,
    inbox,
    invitation,
    labels,
    live,
    login,
    mine,
    mine_acted,
    mine_bank,
    mine_looks,
    network,
    news,
    objections,
    overview,
    queries,
    record,
    referral,  # noqa: F401 - its pages stand in the blueprint of referrals
    referral_pdf,
    referrals,
    reports,
    settings,
    settings_keys,
    settings_profile,
    settings_users,
    settings_webhooks,
    term_forms,
    term_words,
    training,
    verify,
    words,
    work,
)
from ledger.domain.money import MINOR_UNITS

if TYPE_CHECKING:
    from flask import Blueprint, Flask

PAGES: tuple[Blueprint, ...] = (
    home.bp,
    login.bp,
    invitation.bp,
    live.bp,
    referrals.bp,
    queries.bp,
    overview.bp,
    network.bp,
    news.bp,
    work.bp,
    verify.bp,
    help_score.bp,
    inbox.bp,
    answers.bp,
    record.bp,
    accessibility.bp,
    mine.bp,
    mine_bank.bp,
    mine_looks.bp,
    mine_acted.bp,
    consents.bp,
    settings.bp,
    settings_profile.bp,
    settings_keys.bp,
    firms.bp,
    firms_new.bp,
    firms_edit.bp,
    firms_users.bp,
    headcounts.bp,
    board.bp,
    disputes.bp,
    training.bp,
    capacity.bp,
    reports.bp,
    settings_users.bp,
    settings_webhooks.bp,
)


def register(app: Flask) -> None:
    """Show every page, with its words, its files and its error pages."""
    words.register(app)
    formats.register(app)
    referral_pdf.register(app)
    app.jinja_env.globals["here"] = frame.here
    app.jinja_env.globals["labels"] = labels
    app.jinja_env.globals["term_words"] = term_words
    app.jinja_env.globals["shape"] = term_forms.shape
    app.jinja_env.globals["choices"] = term_words.choices
    app.jinja_env.globals["currencies"] = [(currency, currency) for currency in MINOR_UNITS]
    app.jinja_env.globals["event_words"] = event_words.EVENTS
    app.jinja_env.globals["objections"] = objections.OBJECTIONS
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (*PAGES, assets.bp):
        app.register_blueprint(blueprint)
