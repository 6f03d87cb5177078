"""Closing epochs of the trust score: every network's once a night, and whenever another rule asks for one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from uuid import UUID

from ledger.application import epochs
from ledger.domain.actor import OPERATOR
from ledger.domain.errors import LedgerError
from ledger.projections.networks.queries import every_network
from ledger.projections.trust.awaiting import awaiting

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.subscriptions.reading import Views

logger = logging.getLogger(__name__)


class Due(NamedTuple):
    """An epoch that is to be closed; the same key of the same network closes one epoch, whoever is first."""

    network: UUID
    key: str


# Says what is due now. It may say so again and again: what is closed already is not closed twice.
Rule: TypeAlias = Callable[[datetime], Sequence[Due]]


def rules(views: Views, hour: int) -> tuple[Rule, ...]:
    """Return all rules in one visible tuple."""
    return (nightly(views, hour), early(views))


def nightly(views: Views, hour: int) -> Rule:
    """Every network, once a day from this hour (UTC) on; days that were missed need no epochs of their own."""

    def due(now: datetime) -> list[Due]:
        day = (now - timedelta(hours=hour)).astimezone(UTC).date()
        with views.read("networks") as reading:
            return [Due(network, f"nightly-{day.isoformat()}") for network in every_network(reading)]

    return due


def early(views: Views) -> Rule:
    """A network in which nobody is believed yet does not wait for the night once there is something to go by."""

    def due(_: datetime) -> list[Due]:
        with views.read("trust") as reading:
            return [Due(one.network, f"after-{one.last_epoch}") for one in awaiting(reading)]

    return due


class Epochs:
    """Closes what its rules ask for; any number of them, in any processes, may do so together."""

    def __init__(self, ledger: Ledger, rules: Sequence[Rule]) -> None:
        self._ledger = ledger
        self._rules = rules
        self._closed: set[Due] = set()  # spares the log a question about each network at each look

    def look(self) -> None:
        """Close what is due."""
        now = self._ledger.clock()
        wanted = [due for rule in self._rules for due in rule(now)]
        self._closed.intersection_update(wanted)  # what is no longer asked for need not be remembered
        for due in wanted:
            if due not in self._closed:
                self._close(due)

    def _close(self, due: Due) -> None:
        try:
            epochs.close(self._ledger, OPERATOR, due.network, due.key)
        except LedgerError:  # one network that the log does not know must not cost the others their epoch
            logger.warning("The epoch %s of network %s was refused.", due.key, due.network, exc_info=True)
        self._closed.add(due)
