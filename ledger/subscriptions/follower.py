"""The follower: keeps projections at the head of the log, one process at a time, and builds them anew."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from sqlalchemy import Engine

from ledger.subscriptions import checkpoints
from ledger.subscriptions.catching_up import CatchingUp, Progress, Stand, pause
from ledger.subscriptions.comparing import Difference, compare
from ledger.subscriptions.database import migrating
from ledger.subscriptions.event_log import EventLog
from ledger.subscriptions.pace import MOST, Pace
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.rebuilding import rebuild
from ledger.subscriptions.sole import FOLLOWING, sole

logger = logging.getLogger(__name__)

# Seconds after which a follower asks again who leads.
LEAD = 1.0


class Follower:
    """Keeps projections up to date; of any number of followers, in any processes, one leads and the others wait."""

    def __init__(self, log: EventLog, engine: Engine, projections: Sequence[Projection], batch: int = MOST) -> None:
        self._log = log
        self._engine = engine
        self._projections = {projection.name: projection for projection in projections}
        self._catching_up = CatchingUp(log, engine, projections, Pace(batch))

    def catch_up(self, progress: Progress | None = None, names: Sequence[str] = ()) -> int:
        """Bring every projection to the present head, also one that failed before; return events applied.

        One whose handler raises stops, is marked, and lets the others go on. Raises only what the log raises,
        or when the database stays in trouble. `progress` hears how many events were applied, and of how many.
        Asks nobody who leads: checkpoints see to it that each event is applied once.
        """
        return self._catching_up.pass_over({projection.key for projection in self._named(names)}, progress)

    def run(self, stop: threading.Event, poll: float) -> None:
        """Follow the log until `stop`, looking every `poll` seconds; outlive outages of either database."""
        outages = 0
        while not stop.wait(pause(outages) if outages else 0):
            try:
                with sole(self._engine, FOLLOWING) as leads:
                    while leads() and not stop.is_set():
                        outages = self._follow(stop, poll)
                stop.wait(LEAD)
            except Exception:  # whatever it is, the next pass may succeed
                outages += 1
                logger.warning("Following the log was interrupted; trying again.", exc_info=True)

    def stand(self) -> list[Stand]:
        """Return where each projection stands."""
        return self._catching_up.stand()

    def rebuild(self, *names: str, progress: Progress = lambda _done, _total: None) -> None:
        """Build these anew, or all, while they serve, and switch; raises `Busy` or `Stumbled`."""
        rebuild(self._log, self._engine, self._named(names), progress)

    def compare(self, *names: str, progress: Progress = lambda _done, _total: None) -> list[Difference]:
        """Build these to the side, or all, and return where the live ones differ; nothing changes."""
        return compare(self._log, self._engine, self._named(names), progress)

    def unserved(self) -> list[str]:
        """Return the names of those that stand behind the log and that an earlier release had in another version.

        While that release still serves from its own tables, nobody reads these: they can be filled where they are.
        """
        found = {stand.key: stand for stand in self.stand()}
        before = {key.rpartition("_v")[0] for key in self._catching_up.checkpoints() if key not in found}
        return [name for name, one in self._projections.items() if name in before and found[one.key].lag]

    def _named(self, names: Sequence[str]) -> list[Projection]:
        return [self._projections[name] for name in names or self._projections]

    def _follow(self, stop: threading.Event, poll: float) -> int:
        """Follow for as long as nobody needs to ask who leads."""
        looks = max(1, round(LEAD / max(poll, LEAD / 1000)))
        for _ in range(looks):
            self._catching_up.pass_over(self._catching_up.due())
            if stop.wait(poll):
                break
        return 0


def migrate(engine: Engine, projections: Sequence[Projection]) -> None:
    """Create the tables and checkpoints that are missing; racing processes do not hurt each other."""
    with migrating(engine) as connection:
        checkpoints.METADATA.create_all(connection)
        for projection in projections:
            projection.metadata.create_all(connection)
            checkpoints.begin(connection, projection.key)
