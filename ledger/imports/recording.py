"""What is done with a batch of records: read over the path that a request takes, and recorded in few transactions."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from ledger.application.batches import Entered, Result, check_many, propose_many
from ledger.application.collaborations import Entry
from ledger.domain.errors import Fault, InvalidRequest, LedgerError
from ledger.domain.kinds.catalogue import BY_NAME
from ledger.domain.kinds.terms import read_fields
from ledger.web.entries import answered, loaded
from ledger.web.schemas.collaborations import PastItem

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.domain.actor import Actor
    from ledger.imports.firms import Firms
    from ledger.imports.records import Record

# What came of a record: whether it was there already, or everything that is wrong with it.
Outcome: TypeAlias = bool | tuple[Fault, ...]

ITEM = PastItem()
NEW_OBJECTS = 100_000
NOT_TAKEN_OVER = (
    "Partners' confirmations are taken over with --confirmed alone: the office answers for them. "
    "Without it leave them out, and the partners are asked."
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for all records: only to try, and to take over partners' confirmations."""

    dry: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """Records in the name of a network's office."""

    ledger: Ledger
    office: Actor
    firms: Firms
    choices: Choices

    def __call__(self, records: Sequence[Record]) -> list[Outcome]:
        """Record all that is right; return what came of each."""
        command = check_many if self.choices.dry else propose_many
        results = answered([self._read(record) for record in records], partial(command, self.ledger, self.office))
        return [_outcome(record, result) for record, result in zip(records, results, strict=True)]

    def _read(self, record: Record) -> Entry | LedgerError:
        if record.faults:
            return _refused(record.faults)
        faults = self.firms.named(record.body) if isinstance(record.body, dict) else []
        entry = loaded(ITEM, record.body)
        if isinstance(entry, LedgerError):
            return _refused(_with(faults, _faults(entry)))
        if entry.past is not None and entry.past.confirmed and not self.choices.confirmed:
            faults.append(Fault("/confirmed", NOT_TAKEN_OVER))
        return _refused(faults) if faults else entry


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for circles of garbage seldom: records leave none, and each look costs more than a batch."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _outcome(record: Record, result: Result) -> Outcome:
    """Say all that is wrong at once: whatever was found first, the terms are looked at as well."""
    if isinstance(result, Entered):
        return result.known
    return _with(_faults(result), () if record.faults else _of_terms(record.body))


def _of_terms(body: object) -> list[Fault]:
    faults: list[Fault] = []
    if isinstance(body, dict) and "terms" in body and (kind := BY_NAME.get(str(body.get("kind")))):
        read_fields(kind.fields, body["terms"], "/terms", faults)
    return faults


def _with(faults: Sequence[Fault], more: Sequence[Fault]) -> tuple[Fault, ...]:
    """Add faults of places that nothing was said of."""
    told = {fault.pointer for fault in faults}
    return (*faults, *(fault for fault in more if fault.pointer not in told))


def _refused(faults: Sequence[Fault]) -> InvalidRequest:
    return InvalidRequest(faults[0].detail, faults=faults)


def _faults(error: LedgerError) -> tuple[Fault, ...]:
    return error.faults or (Fault("", error.detail),)
