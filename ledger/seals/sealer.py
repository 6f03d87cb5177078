"""The sealer: gives every new event its leaf and signs the head over them, or stops for good and says why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, insert

from ledger.seals import tables
from ledger.seals.comparison import BEGINNING, differences
from ledger.seals.log_keys import signing, verifying
from ledger.store import leaves as encoding
from ledger.store.leaves import Stored
from ledger.store.notes import BadNote, Checkpoint, opened, sign
from ledger.store.signing_keys import SigningKeys
from ledger.subscriptions.database import guarded, reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ledger.seals.tables import Head
    from ledger.store.event_store import EventStore
    from ledger.store.merkle import CompactRange

logger = logging.getLogger(__name__)

POLL = 0.5  # seconds between two looks
BATCH = 1000  # events under one head
PATROL = 200  # leaves that each look, and each signing, holds against their events once more
SEALING = 7_204_114  # guards the tree against other processes


class LogAlteredError(Exception):
    """The log is not what was sealed: nothing more is signed until an operator has settled it."""


class Sealer:
    """Seals what is recorded; any number of them, in any processes, may do so together."""

    def __init__(
        self, store: EventStore, engine: Engine, keys: SigningKeys, origin: str, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._engine = engine
        self._keys = keys
        self._origin = origin
        self._clock = clock
        self._patrolled = 0
        self._told: str | None = None

    def look(self) -> None:
        """Seal every event that is new, and walk on round the sealed ones; stop at the first that was altered."""
        try:
            while self._seal():
                pass
            self._patrol()
        except LogAlteredError as altered:
            self._raise_alarm(str(altered))

    def _seal(self) -> bool:
        """Seal one batch; tell whether there may be another."""
        with reading(self._engine) as connection:
            if stopped := tables.alarm(connection):
                raise LogAlteredError(stopped)
            size, position = tables.end(connection)
        events = self._store.read_stored(position, BATCH)
        if not events:
            return False
        salts = [encoding.new_salt() for _ in events]
        with guarded(self._engine, SEALING) as connection:
            if tables.end(connection) == (size, position):  # else another process was first
                head = tables.latest(connection)
                tree = self._taken_up(connection, size, head)
                self._held(connection, max(0, size - PATROL))
                origin = head.note.partition("\n")[0] if head else self._origin
                self._append(connection, tree, events, salts)
                self._sign(connection, Checkpoint(origin, tree.size, tree.root()))
        return True

    def _taken_up(self, connection: Connection, size: int, head: Head | None) -> CompactRange:
        """Take up the tree; it must be the one that the last head was signed over."""
        if size != (head.size if head else 0):
            raise LogAlteredError(f"there are {size} leaves, and the last head was signed over another number")
        try:
            tree = tables.grown(connection, size)
            signed = opened(head.note, verifying(self._keys)) if head else None
        except (LookupError, BadNote) as error:
            raise LogAlteredError(f"the tree of {size} leaves is damaged: {error}") from error
        if signed and (signed.size, signed.root) != (size, tree.root()):
            raise LogAlteredError(f"the tree of {size} leaves is not the one that was signed")
        return tree

    def _append(
        self, connection: Connection, tree: CompactRange, events: Sequence[Stored], salts: Sequence[bytes]
    ) -> None:
        leaves: list[dict[str, Any]] = []
        nodes: list[dict[str, Any]] = []
        for event, salt in zip(events, salts, strict=True):
            index = tree.size
            leaves.append({"leaf_index": index, "position": event.position, "salt": salt})
            for level, made in enumerate(tree.append(encoding.hashed(event, salt))):
                nodes.append({"place": tables.place(level, index >> level), "hash": made})
        connection.execute(insert(tables.LEAVES), leaves)
        connection.execute(insert(tables.NODES), nodes)

    def _sign(self, connection: Connection, checkpoint: Checkpoint) -> None:
        note = sign(checkpoint, signing(self._keys))
        row = {"size": checkpoint.size, "root": checkpoint.root, "note": note, "signed_at": self._clock()}
        connection.execute(insert(tables.HEADS), row)

    def _patrol(self) -> None:
        with reading(self._engine) as connection:
            seen = self._held(connection, self._patrolled)
        self._patrolled = self._patrolled + seen if seen == PATROL else 0

    def _held(self, connection: Connection, first: int) -> int:
        """Hold the next leaves against their events; return how many there were."""
        before = tables.leaves(connection, first - 1, 1)
        leaves = tables.leaves(connection, first, PATROL)
        after = before[0].position if before else BEGINNING
        found = next(differences(self._store, leaves, after), None) if leaves else None
        if found:
            raise LogAlteredError(str(found))
        return len(leaves)

    def _raise_alarm(self, what: str) -> None:
        """Keep it where every process sees it, and say it once."""
        if self._told == what:
            return
        logger.critical("SEALING HAS STOPPED, the log is not what was signed: %s. Run `ledger verify`.", what)
        with writing(self._engine) as connection:
            if tables.alarm(connection) is None:
                row = {"noticed_at": self._clock(), "what": what}
                connection.execute(insert(tables.ALARMS), row)
        self._told = what
