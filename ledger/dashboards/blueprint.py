"""The blueprint of a page: what goes wrong on it is told by a page, and it is small on the way."""

from __future__ import annotations

from flask import Blueprint

from ledger.dashboards import compression, troubles


def pages(name: str) -> Blueprint:
    """Return a new blueprint for the pages of one file."""
    blueprint = Blueprint(name, __name__)
    troubles.register(blueprint)
    blueprint.after_request(compression.compress)
    return blueprint
