"""The house that the application serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from ledger.services import House


def house() -> House:
    """Return the house that this application serves."""
    built: House = current_app.extensions["house"]
    return built
