"""What another firm is called on a page: by its name, or in the reader's language by what may be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.dashboards.words import language
from ledger.domain.sectors import described_in

if TYPE_CHECKING:
    from collections.abc import Mapping


def called(face: Mapping[str, Any]) -> str:
    """Return the name that the reader may know, else "a firm in metalworking, DE" in the reader's language."""
    return str(face["name"] or described_in(face["description"], language()))
