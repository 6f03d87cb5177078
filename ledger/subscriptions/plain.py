"""How values look in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """Return the value made of JSON types: ids and decimals as text, dates in ISO 8601, moments with Z."""
    match value:
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            return value


def moment(value: datetime) -> str:
    """Return "2026-11-06T10:00:00Z", with microseconds where there are any."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
