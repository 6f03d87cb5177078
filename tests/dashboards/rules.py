"""Which addresses are pages."""

from __future__ import annotations

from werkzeug.routing import Rule

from ledger.dashboards import assets
from ledger.dashboards.catalogue import PAGES

NAMES = {blueprint.name for blueprint in (*PAGES, assets.bp)}


def is_page(rule: Rule) -> bool:
    """Tell whether people are served under this rule."""
    return rule.endpoint.partition(".")[0] in NAMES
