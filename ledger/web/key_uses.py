"""Keys as they are shown, with when each was last used: that lies beside the log, and no read model knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.subscriptions.plain import plain
from ledger.web.house import house

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAST = {"as_of", "as_of_position"}


def with_last_use(keys: Sequence[dict[str, Any]], query: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return these keys, each with the hour in which it was last used; of the past only the log can tell."""
    used = {} if PAST & query.keys() else house().uses.of(UUID(key["id"]) for key in keys)
    return [{**key, "last_used_at": plain(used.get(UUID(key["id"])))} for key in keys]
