"""Writing saves in one transaction: repeated until the database answers, and apart where one stands in the way."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from itertools import chain, islice
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, DataError, IntegrityError, PersistenceError, StoredEvent

from ledger.store.asking import answered, unavailable, unknown
from ledger.store.backend import Backend
from ledger.store.errors import StoreError, StoreUnavailable, VersionTaken
from ledger.store.saves import Save

# Seconds before each attempt on a connection that broke: together longer than a restart of the server.
PAUSES = (0, 0.05, 0.5, 1)

# Seconds after which no further attempt begins: each may take as long as a connection's patience, and somebody waits.
ENOUGH = 15.0


class Writer:
    """Settles saves over one recorder."""

    def __init__(self, backend: Backend, recorder: ApplicationRecorder) -> None:
        self._backend = backend
        self._recorder = recorder

    def write(self, saves: Sequence[Save], broken: PersistenceError | None = None) -> None:
        """Settle all of them: (id, version) is unique, so repeating cannot record twice.

        `broken` is how an earlier attempt lost its connection: then nobody can say that nothing was recorded.
        """
        deadline = time.monotonic() + ENOUGH
        for pause in PAUSES:
            if time.monotonic() > deadline:
                break
            if pause:
                time.sleep(pause)
            try:
                return self._insert(saves)
            except (IntegrityError, DataError) as refusal:
                return self._apart(saves, refusal, broken)
            except PersistenceError as error:
                if self._backend.nothing_written(error):
                    return _fail(saves, error, broken)
                broken = error
                self._backend.reconnect()
        return _fail(saves, broken or PersistenceError(), broken)

    def _insert(self, saves: Sequence[Save]) -> None:
        positions = iter(self._recorder.insert_events([event for save in saves for event in save.events]) or ())
        for save in saves:
            save.recorded(max(islice(positions, len(save.events)), default=0))

    def _apart(self, saves: Sequence[Save], refusal: PersistenceError, broken: PersistenceError | None) -> None:
        """Settle what the log tells of already and write the others without it, so that the guilty one alone fails."""
        conflict = isinstance(refusal, IntegrityError)
        if conflict:
            self._look_up(saves, refusal)
        rest = [save for save in saves if not save.settled]
        if len(rest) == len(saves) == 1:
            _fail(rest, refusal, broken, VersionTaken(_id(rest[0].events[0])) if conflict else None)
        elif len(rest) == len(saves):
            half = len(rest) // 2
            self.write(rest[:half], broken)
            self.write(rest[half:], broken)
        elif rest:
            self.write(rest, broken)

    def _look_up(self, saves: Sequence[Save], conflict: PersistenceError) -> None:
        """Settle those whose events, or others in their place, stand in the log.

        Their own do after a commit whose reply was lost.
        """
        try:
            for save in saves:
                found = [list(answered(self._backend, partial(self._same_version, mine))) for mine in save.events]
                if found == [[mine] for mine in save.events]:
                    save.recorded(answered(self._backend, partial(self._backend.position_of, save.events[-1])) or 0)
                elif any(found):
                    save.failed(VersionTaken(_id(next(chain.from_iterable(found)))), conflict)
        except StoreUnavailable as error:
            _fail(saves, conflict, broken=error)

    def _same_version(self, event: StoredEvent) -> Sequence[StoredEvent]:
        version = event.originator_version
        return self._recorder.select_events(event.originator_id, gt=version - 1, lte=version)


def _fail(
    saves: Sequence[Save], cause: PersistenceError, broken: BaseException | None, error: StoreError | None = None
) -> None:
    for save in saves:
        if not save.settled:
            save.failed(error or (unknown(broken) if broken else unavailable(cause)), cause)


def _id(event: StoredEvent) -> UUID:
    return UUID(str(event.originator_id))
