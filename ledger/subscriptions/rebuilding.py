"""Building read models anew beside the live ones, which serve and follow until the new ones take their place."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, Engine

from ledger.subscriptions import checkpoints
from ledger.subscriptions.beside import BUILT, Beside, tables_of, take_place
from ledger.subscriptions.catching_up import CatchingUp, Gone, Progress, Stand, patiently
from ledger.subscriptions.checkpoints import Checkpoint
from ledger.subscriptions.database import analyse, is_trouble, one_writes_at_a_time, switching, writing
from ledger.subscriptions.event_log import EventLog, Recorded
from ledger.subscriptions.holding import holding
from ledger.subscriptions.pace import Pace
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.sole import REBUILDING, sole

# Events that are applied while readers wait; with more to do, one catches up first.
FEW = 200
# Seconds that a transaction may take which keeps nobody from writing.
UNDISTURBING = 5.0
# Seconds that the live read models get at most to catch up after each transaction, and how often that is looked at.
GIVE_WAY, LOOK = 0.5, 0.005


class Busy(Exception):
    """Another process is rebuilding."""


class Stumbled(Exception):
    """A handler raised: the read models that serve are as they were."""

    def __init__(self, stands: Sequence[Stand]) -> None:
        told = "; ".join(f"{s.key.removeprefix(BUILT)} at position {s.error_position}: {s.error}" for s in stands)
        super().__init__(told)
        self.stands = stands


def rebuild(log: EventLog, engine: Engine, projections: Sequence[Projection], progress: Progress) -> None:
    """Build these anew and let them take their place; raise `Busy`, or `Stumbled` once all others have."""
    with sole(engine, REBUILDING) as ours:
        if not ours():
            raise Busy("another rebuild is running")
        while True:
            try:
                return Rebuild(log, engine, projections).run(progress)
            except Gone:  # an erasure has dropped what was built so far: it may have held what was erased
                continue


class _Raised(Exception):
    """A handler raised at one of the last events."""


class Rebuild:
    """One attempt."""

    def __init__(self, log: EventLog, engine: Engine, projections: Sequence[Projection]) -> None:
        self._log = log
        self._engine = engine
        self._live = list(projections)
        self._beside = Beside(engine, projections)
        self._building = self._begin()
        self._patience = GIVE_WAY

    def run(self, progress: Progress) -> None:
        """Build, switch, and clean up."""
        self._beside.begin()
        try:
            self._build(progress)
            for projection in self._live:
                self._switch(projection)
            failed = [stand for stand in self._building.stand() if stand.error]
        finally:
            self._beside.drop()
        if failed:
            raise Stumbled(failed)

    def _begin(self) -> CatchingUp:
        """Give way to the live read models, and keep short, only where we are in their way."""
        building = partial(CatchingUp, self._log, self._beside.engine, self._beside.projections, alone=True)
        if one_writes_at_a_time(self._engine):
            return building(rest=self._give_way)
        return building(Pace(long=UNDISTURBING))

    def _build(self, progress: Progress) -> None:
        """Come close to the head: what was recorded during a long pass is read once for all, not at each switch."""
        moving = set(self._building.projections)
        self._building.pass_over(moving, lambda done, total: progress(min(done, total), total))
        while self._building.pass_over(moving) > FEW * len(moving):
            pass

    def _give_way(self, seconds: float) -> None:
        """Let the live ones catch up, for as long as our transaction took.

        When nobody brings them forward, the pauses grow shorter.
        """
        before, deadline = self._positions(), time.monotonic() + min(seconds, self._patience)
        while min(self._positions()) < self._log.head():
            if time.monotonic() >= deadline:
                moved = self._positions() != before
                self._patience = GIVE_WAY if moved else max(self._patience / 2, LOOK)
                return
            time.sleep(LOOK)

    def _positions(self) -> list[int]:
        found = self._building.checkpoints()
        return [found.get(projection.key, Checkpoint()).position for projection in self._live]

    def _switch(self, projection: Projection) -> None:
        """Catch up and take the place of the live tables; more events may have come meanwhile."""
        key = BUILT + projection.key
        with writing(self._engine) as connection:
            analyse(connection, [BUILT + table.name for table in projection.metadata.sorted_tables])
        while not self._has_failed(key) and not patiently(partial(self._switched, projection)):
            self._building.pass_over({key})

    def _has_failed(self, key: str) -> bool:
        found = self._building.checkpoints().get(key)
        if found is None:
            raise Gone(key)
        return found.error is not None

    def _switched(self, projection: Projection) -> bool:
        try:
            with switching(self._engine, checkpoints.CHECKPOINTS, tables_of(self._engine, projection)) as connection:
                stands = checkpoints.read_all(connection)
                built, live = stands.get(BUILT + projection.key), stands.get(projection.key, Checkpoint())
                if built is None:
                    raise Gone(projection.key)
                events = self._log.read(built.position, FEW)
                position = events[-1].position if events else built.position
                if position < live.position:  # readers have seen more
                    return False
                self._apply(connection, projection, events)
                take_place(connection, projection, position)
        except _Raised:
            return False
        return True

    def _apply(self, connection: Connection, projection: Projection, events: Sequence[Recorded]) -> None:
        connection.execution_options(renamed=self._beside.renamed)
        try:
            with holding(connection):
                for recorded in events:
                    projection.handle(connection, recorded)
        except Exception as error:
            if is_trouble(error):
                raise
            raise _Raised from error
        connection.execution_options(renamed=None)
