"""The network whose office reads a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards.page import viewer
from ledger.web.counted import network_of

if TYPE_CHECKING:
    from uuid import UUID


def network_of_office() -> UUID:
    """Return the network that the reader coordinates; raise `NotFound` for whoever coordinates none."""
    return network_of(viewer().actor)
