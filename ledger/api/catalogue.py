"""All nouns of the interface in one visible tuple; a new one is one file and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.api import (
    accounts,
    activity,
    benefits,
    collaborations,
    consents,
    docs,
    epochs,
    events,
    firms,
    health,
    invoices,
    keys,
    log,
    metrics,
    networks,
    offers,
    openapi,
    personal_data,
    problems,
    referrals,
    steps,
    verifications,
    webhooks,
)

if TYPE_CHECKING:
    from flask import Blueprint, Flask

V1: tuple[Blueprint, ...] = (
    networks.bp,
    epochs.bp,
    firms.bp,
    personal_data.bp,
    collaborations.bp,
    steps.bp,
    consents.bp,
    referrals.bp,
    offers.bp,
    activity.bp,
    benefits.bp,
    verifications.bp,
    keys.bp,
    accounts.bp,
    invoices.bp,
    events.bp,
    webhooks.bp,
    log.bp,
    openapi.bp,
)
ROOT: tuple[Blueprint, ...] = (health.bp, metrics.bp, docs.bp, verifications.well_known)


def register(app: Flask) -> None:
    """Answer every address of the interface, and everything that goes wrong anywhere as a problem."""
    for blueprint in V1:
        app.register_blueprint(blueprint, url_prefix="/v1")
    for blueprint in ROOT:
        app.register_blueprint(blueprint)
    problems.register(app)
