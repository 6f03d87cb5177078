"""The firm that the reader acts for, what only its owner decides, and what a faulty form says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards.page import viewer
from ledger.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from ledger.domain.errors import Invalid

OWNER = "owner"


def own_firm() -> UUID:
    """Return the firm that the reader acts for; raise `NotFound` for whoever acts for none."""
    firm = viewer().actor.subject
    if firm is None:
        raise NotFound("There is no such firm.")
    return firm


def decides() -> bool:
    """Tell whether the reader may decide for the firm: its owners do, clerks record and confirm."""
    return viewer().position == OWNER


def faults_of(error: Invalid, right: Mapping[str, str]) -> dict[str, str]:
    """Return for each field what right looks like, in the reader's words; the ledger's own where there are none."""
    found = {fault.pointer.strip("/").partition("/")[0]: fault.detail for fault in error.faults}
    return {field: str(right.get(field, detail)) for field, detail in (found or {"": error.detail}).items()}
