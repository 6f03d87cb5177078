"""Who records the batches of a file: a thread beside the reader, or for a long file a process for each core."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from ledger.imports.recording import Choices, Outcome, Recording, few_collections
from ledger.services import House, build

if TYPE_CHECKING:
    from ledger.config import Settings
    from ledger.domain.actor import Actor
    from ledger.imports.firms import Firms
    from ledger.imports.records import Record

LONG = 10_000_000  # bytes: below it, starting processes takes longer than they save
MOST_PROCESSES = 4  # all of them wait for one lock in the end

Submit: TypeAlias = "Callable[[Sequence[Record]], Future[list[Outcome]]]"
_recordings: list[Recording] = []  # of this process


@contextmanager
def recorder(house: House, office: Actor, firms: Firms, choices: Choices, size: int) -> Iterator[tuple[Submit, int]]:
    """Open who records; yield how a batch is handed over, and how many may be on their way at once."""
    count = min(os.cpu_count() or 1, MOST_PROCESSES)
    if size < LONG or count == 1 or house.settings.database_url == "memory:":
        with ThreadPoolExecutor(1) as thread, few_collections():
            recording = Recording(house.ledger, office, firms, choices)
            yield lambda records: thread.submit(recording, records), 1
        return
    spawn = multiprocessing.get_context("spawn")
    given = (house.settings, office, firms, choices)
    with ProcessPoolExecutor(count, spawn, _begin, given) as processes, few_collections():
        yield lambda records: processes.submit(_record, records), 2 * count


def _begin(settings: Settings, office: Actor, firms: Firms, choices: Choices) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    few_collections().__enter__()  # for as long as the process lives
    _recordings.append(Recording(build(settings).ledger, office, firms, choices))


def _end_with_parent() -> None:
    """End when the reader was killed: nobody else would tell this process to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _record(records: Sequence[Record]) -> list[Outcome]:
    return _recordings[0](records)
