"""The statement on accessibility: what was tested, what was not, and whom to tell of a barrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import render

if TYPE_CHECKING:
    from flask import Response

bp = pages("accessibility")


@bp.get("/accessibility")
def statement() -> Response:
    """Show the statement to anybody."""
    return render("accessibility.html")
