"""Many collaborations at once: each stands or falls by itself, and those that stand share few transactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ledger.application.collaborations import Entry, check_document, decide, document_of, enter
from ledger.application.ledger import Receipt, same
from ledger.domain.collaboration import Collaboration
from ledger.domain.document import Document
from ledger.domain.errors import DocumentAlreadyRecorded, LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from eventsourcing.domain import BaseAggregate

    from ledger.application.ledger import Ledger
    from ledger.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of an entry that stands; `known` when the same was recorded before."""

    receipt: Receipt
    known: bool


Result: TypeAlias = Entered | LedgerError


def propose_many(ledger: Ledger, actor: Actor, entries: Sequence[Entry]) -> list[Result]:
    """Record entries as if each came by itself; return one result each, in order."""
    batch = _Batch(ledger, actor, entries)
    batch.record(batch.newcomers())
    batch.one_by_one(batch.entered)
    return batch.in_order()


def check_many(ledger: Ledger, actor: Actor, entries: Sequence[Entry]) -> list[Result]:
    """Answer as `propose_many` would, and record nothing: positions are 0."""
    batch = _Batch(ledger, actor, entries)
    batch.pretend(batch.newcomers())
    batch.one_by_one(batch.checked)
    return batch.in_order()


@dataclass(slots=True)
class _Batch:
    """Entries on their way to their results, by the place of each."""

    ledger: Ledger
    actor: Actor
    entries: Sequence[Entry]
    _results: dict[int, Result] = field(default_factory=dict)
    _decided: dict[int, Collaboration] = field(default_factory=dict)
    _groups: dict[int, list[BaseAggregate[UUID]]] = field(default_factory=dict)  # that, and its document if it has one
    _first: dict[UUID, int] = field(default_factory=dict)  # the place of the first entry of this key or document
    _documents: dict[UUID, Document] = field(default_factory=dict)  # those that were recorded before

    def newcomers(self) -> list[int]:
        """Ask every rule of every entry; return who is new and shares neither key nor document with another."""
        for n in range(len(self.entries)):
            self._decide(n)
        known = self.ledger.load_all(Collaboration, {new.id for new in self._decided.values()})
        head = self.ledger.settled_head() if known else 0
        for n, new in self._decided.items():
            if new.id in known:
                self._results[n] = _repeated(self.ledger, known[new.id], new, head)
        left = {n: self._ids(n) for n in self._decided if n not in self._results}
        self._documents = self.ledger.load_all(Document, {id_ for ids in left.values() for id_ in ids[1:]})
        return [n for n, ids in left.items() if self._comes_first(n, ids)]

    def record(self, places: Sequence[int]) -> None:
        """Record these in few transactions; what collides with a newcomer from elsewhere is left."""
        outcomes = self.ledger.record_each([self._groups[n] for n in places])
        for n, outcome in zip(places, outcomes, strict=True):
            if isinstance(outcome, int):
                self._results[n] = Entered(self.ledger.receipt(self._decided[n], outcome), known=False)

    def pretend(self, places: Sequence[int]) -> None:
        """Answer for these as if they were recorded."""
        for n in places:
            self._results[n] = Entered(self.ledger.receipt(self._decided[n], 0), known=False)

    def one_by_one(self, answer: Callable[[int], Entered]) -> None:
        """Answer for all that are left, each by itself."""
        for n in range(len(self.entries)):
            if n not in self._results:
                self._results[n] = _attempted(answer, n)

    def entered(self, n: int) -> Entered:
        """Record an entry by itself."""
        receipt = enter(self.ledger, self.actor, self.entries[n])
        known = receipt.id != self._decided[n].id or self._first.get(receipt.id, n) != n
        return Entered(receipt, known)

    def checked(self, n: int) -> Entered:
        """Look for what an entry by itself would collide with."""
        new, *documents = self._ids(n)
        if (first := self._first.get(new, n)) != n:
            return Entered(self.ledger.receipt(same(self._decided[first], self._decided[n]), 0), known=True)
        for id_ in documents:
            if id_ in self._documents:
                earlier = check_document(self.ledger, self._documents[id_], self._decided[n])
                return Entered(self.ledger.receipt(earlier or self._decided[n], 0), known=earlier is not None)
        raise DocumentAlreadyRecorded("Another entry was read from the same document.")

    def in_order(self) -> list[Result]:
        """Return all results."""
        return [self._results[n] for n in range(len(self.entries))]

    def _decide(self, n: int) -> None:
        try:
            self._decided[n] = new = decide(self.ledger, self.actor, self.entries[n])
            document = document_of(self.ledger, self.actor, self.entries[n], new)
            self._groups[n] = [new] if document is None else [new, document]
        except LedgerError as error:
            self._results[n] = error

    def _ids(self, n: int) -> list[UUID]:
        return [aggregate.id for aggregate in self._groups[n]]

    def _comes_first(self, n: int, ids: Sequence[UUID]) -> bool:
        firsts = [self._first.setdefault(id_, n) for id_ in ids]
        return firsts == [n] * len(ids) and not any(id_ in self._documents for id_ in ids)


def _attempted(answer: Callable[[int], Entered], n: int) -> Result:
    try:
        return answer(n)
    except LedgerError as error:
        return error


def _repeated(ledger: Ledger, known: Collaboration, new: Collaboration, head: int) -> Result:
    try:
        return Entered(ledger.receipt(same(known, new), head), known=True)
    except LedgerError as error:
        return error
