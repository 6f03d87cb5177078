"""A file of collaborations from its first record to its last: handed over in batches, and told of as it goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from ledger.domain.errors import Fault
from ledger.imports.records import Finding, Record

if TYPE_CHECKING:
    from ledger.imports.recording import Outcome
    from ledger.imports.workers import Submit

AT_ONCE = 500  # records whose keys are looked up with one question


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records were new, there already, or wrong."""

    new: int = 0
    known: int = 0
    wrong: int = 0

    @property
    def all(self) -> int:
        """How many records were looked at."""
        return self.new + self.known + self.wrong

    def and_(self, outcome: Outcome) -> Tally:
        """Count one more."""
        if isinstance(outcome, tuple):
            return replace(self, wrong=self.wrong + 1)
        return replace(self, known=self.known + 1) if outcome else replace(self, new=self.new + 1)


@dataclass(slots=True)
class Importer:
    """Has all records recorded that are right; `told` of what is wrong with the others, and of how far it is."""

    submit: Submit
    most_waiting: int
    told: Callable[[Finding], None]
    done: Callable[[Tally], None]
    _tally: Tally = Tally()
    _firsts: dict[tuple[str, str], int] = field(default_factory=dict)  # the line of each key and document

    def run(self, records: Iterable[Record]) -> Tally:
        """Go through a file; while batches are on their way to the database, the next ones are read."""
        source, waiting = iter(records), deque[tuple[list[Record], "Future[list[Outcome]]"]]()
        while batch := [self._alone_of_its_key(record) for record in islice(source, AT_ONCE)]:
            waiting.append((batch, self.submit([replace(record, columns={}) for record in batch])))
            if len(waiting) > self.most_waiting:
                self._close(*waiting.popleft())
        for handed_over in waiting:
            self._close(*handed_over)
        return self._tally

    def _close(self, batch: Sequence[Record], answer: Future[list[Outcome]]) -> None:
        for record, outcome in zip(batch, answer.result(), strict=True):
            self._tally = self._tally.and_(outcome)
            if isinstance(outcome, tuple):
                for finding in record.findings(outcome):
                    self.told(finding)
        self.done(self._tally)

    def _alone_of_its_key(self, record: Record) -> Record:
        """Return the record, refused where a line before it has its key or its document."""
        faults = () if record.faults else tuple(self._repetitions(record))
        return replace(record, faults=faults) if faults else record

    def _repetitions(self, record: Record) -> Iterator[Fault]:
        said = record.body if isinstance(record.body, dict) else {}
        for name, rule in (("key", "each record has its own"), ("document", "a document makes one job")):
            value = said.get(name)
            if isinstance(value, str):
                first = self._firsts.setdefault((name, value.lower() if name == "document" else value), record.line)
                if first != record.line:
                    yield Fault(f"/{name}", f"Line {first} has this {name} already; {rule}.")
