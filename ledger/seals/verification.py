"""Holding the whole log against its seals: every event, every leaf, every node, every signed head."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import update

from ledger.seals import tables
from ledger.seals.comparison import BEGINNING, Finding, differences, moved
from ledger.store.merkle import CompactRange
from ledger.store.notes import BadNote, opened
from ledger.subscriptions.database import reading, writing

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from sqlalchemy import Connection, Engine

    from ledger.seals.tables import Head, Leaf
    from ledger.store.event_store import EventStore

BATCH = 2000
MOST_TRACED = 200  # findings that are compared with each other to tell what was moved


@dataclass
class Report:
    """What was found; the log is intact when nothing was."""

    sealed: int = 0
    unsealed: int = 0
    heads: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether every sealed event is what was signed."""
        return not self.findings


class Verification:
    """One pass over the log, which changes nothing."""

    def __init__(self, store: EventStore, engine: Engine, keys: Sequence[Ed25519PublicKey]) -> None:
        self._store = store
        self._engine = engine
        self._keys = keys
        self._tree = CompactRange()
        self._next = 0
        self._roots: dict[int, bytes] = {}

    def run(self, progress: Callable[[int, int], None], kept: str | None = None) -> Report:
        """Hold the log against its seals, and against a head that was kept elsewhere; `progress` hears leaves."""
        report = Report()
        with reading(self._engine) as connection:
            total, heads = tables.count(connection), tables.heads(connection)
            report.heads = len(heads)
            outside = self._outside(kept, report.findings) if kept else None
            wanted = {head.size for head in heads} | ({outside[0]} if outside else set())
            after = BEGINNING
            for leaves in _batches(connection):
                report.findings += differences(self._store, leaves, after)
                report.findings += self._grow(connection, leaves, wanted)
                after = max(after, leaves[-1].position)
                progress(self._tree.size, total)
        report.sealed = self._tree.size
        report.findings += self._signed(heads, outside)
        report.findings = _ordered(report.findings)
        report.unsealed = self._behind(after, report.findings)
        return report

    def _grow(self, connection: Connection, leaves: Sequence[Leaf], wanted: set[int]) -> Iterator[Finding]:
        """Grow the tree by what was stored, and hold each node that this makes against the stored one."""
        made: list[bytes] = []
        for leaf in leaves:
            if leaf.leaf_index != self._next:
                yield Finding(leaf.position, f"leaf {self._next} of the tree is missing before this one")
            self._next = leaf.leaf_index + 1
            made += self._tree.append(leaf.hash)
            if self._tree.size in wanted:
                self._roots[self._tree.size] = self._tree.root()
        if tables.completed(connection, leaves[0].leaf_index, len(leaves)) != made:
            yield Finding(
                None, f"stored nodes over leaves {leaves[0].leaf_index} to {leaves[-1].leaf_index} are damaged"
            )

    def _signed(self, heads: Sequence[Head], outside: tuple[int, bytes] | None) -> Iterator[Finding]:
        """Hold the grown tree against every head; between two of them lies what was changed with its leaf."""
        good = 0
        for head in heads:
            try:
                note = opened(head.note, self._keys)
            except BadNote as bad:
                yield Finding(None, f"the head over {head.size} leaves: {bad}")
                continue
            if (note.size, note.root) != (head.size, head.root):
                yield Finding(None, f"the head over {head.size} leaves is not kept as it was signed")
            if self._roots.get(note.size) != note.root:
                yield Finding(None, f"leaves {good} to {note.size - 1} are not those that were signed")
                break
            good = note.size
        if outside and self._roots.get(outside[0]) != outside[1]:
            yield Finding(None, f"the log does not begin with the {outside[0]} leaves of the head kept elsewhere")
        if self._tree.size != (heads[-1].size if heads else 0):
            yield Finding(None, f"there are {self._tree.size} leaves, and the last head is over another number")

    def _outside(self, kept: str, findings: list[Finding]) -> tuple[int, bytes] | None:
        try:
            note = opened(kept, self._keys)
        except BadNote as bad:
            findings.append(Finding(None, f"the head kept elsewhere: {bad}"))
            return None
        return note.size, note.root

    def _behind(self, after: int, findings: list[Finding]) -> int:
        """Count the events that are not sealed yet."""
        found = 0
        try:
            # A damaged file may answer with what lies before, again and again.
            while places := [
                event.position for event in self._store.read_stored(after, BATCH) if event.position > after
            ]:
                found, after = found + len(places), max(places)
        except (ValueError, TypeError, AttributeError) as error:
            findings.append(Finding(after, f"an event behind this position cannot be read: {error}"))
        return found


def settle(engine: Engine, now: datetime) -> None:
    """Let signing go on after an alarm: the log was found intact."""
    with writing(engine) as connection:
        connection.execute(update(tables.ALARMS).where(tables.ALARMS.c.settled_at.is_(None)).values(settled_at=now))


def _batches(connection: Connection) -> Iterator[list[Leaf]]:
    first = 0
    while (leaves := tables.leaves_from(connection, first, BATCH)) and leaves[-1].leaf_index >= first:
        yield leaves
        first = leaves[-1].leaf_index + 1


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    traced = moved(findings) if len(findings) <= MOST_TRACED else list(findings)
    return sorted(traced, key=lambda finding: (finding.position is None, finding.position or 0))
