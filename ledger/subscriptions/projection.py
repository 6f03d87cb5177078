"""What a read model declares: its tables, and a handler for each event that changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData

from ledger.subscriptions.event_log import Recorded

Handler = Callable[[Connection, Recorded], None]


@dataclass(frozen=True)
class Projection:
    """A read model; handlers write its own tables and know no clock, no network, no other room's tables.

    A changed read model is not migrated: its `version` rises, and it is built anew under another `key`.
    """

    name: str
    version: int
    metadata: MetaData
    handlers: Mapping[type, Handler]
    every: Handler | None = None

    @property
    def key(self) -> str:
        """The name of its checkpoint."""
        return f"{self.name}_v{self.version}"

    def handle(self, connection: Connection, recorded: Recorded) -> None:
        """Apply one event; one without a handler changes nothing."""
        handler = self.handlers.get(type(recorded.event))
        if self.every is not None:
            self.every(connection, recorded)
        if handler is not None:
            handler(connection, recorded)
