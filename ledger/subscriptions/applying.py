"""Applying events to one projection, each exactly once whoever else is doing the same."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import is_trouble, writing
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import Held, holding
from ledger.subscriptions.projection import Projection

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many events went in, and whether the handler raised at the next one."""

    events: int
    failed: bool = False


def apply(engine: Engine, projection: Projection, position: int, events: Sequence[Recorded], kept: Held) -> Applied:
    """Apply the events behind `position`; those before one whose handler raises stand.

    `kept` knows the tables, and hears what becomes of them. Raises only when the database is in trouble (`is_trouble`).
    """
    try:
        return Applied(_apply_together(engine, projection, position, events, kept))
    except Exception as error:
        kept.forget()
        if is_trouble(error):
            raise
        cause = type(error).__name__
    applied = _apply_one_by_one(engine, projection, position, events)
    if not applied.failed:  # nothing is lost but speed, and without a word nobody would ever look
        logger.warning("A batch of %s failed (%s), its events one by one did not.", projection.key, cause)
    return applied


def _apply_together(
    engine: Engine, projection: Projection, position: int, events: Sequence[Recorded], kept: Held | None = None
) -> int:
    with writing(engine) as connection:
        # The checkpoint first: a rival waits here for our commit and then finds it moved, before its
        # handlers could collide with our rows.
        if not checkpoints.move(connection, projection.key, position, events[-1].position):
            if kept:
                kept.forget()
            return 0
        with holding(connection, kept):
            for recorded in events:
                projection.handle(connection, recorded)
    return len(events)


def _apply_one_by_one(engine: Engine, projection: Projection, position: int, events: Sequence[Recorded]) -> Applied:
    applied = 0
    for recorded in events:
        try:
            applied += _apply_together(engine, projection, position, [recorded])
        except Exception as error:
            if is_trouble(error):
                raise
            _mark_failed(engine, projection, position, recorded, error)
            return Applied(applied, failed=True)
        position = recorded.position
    return Applied(applied)


def _mark_failed(engine: Engine, projection: Projection, position: int, recorded: Recorded, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}"
    with writing(engine) as connection:
        now = datetime.now(UTC)
        checkpoints.fail(connection, projection.key, position, recorded.position, text, now)
