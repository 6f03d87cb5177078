"""Sending the confirmations that can no longer be taken back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ledger.application import collaborations
from ledger.application.collaborations import Target
from ledger.application.holders import in_office
from ledger.domain.errors import AlreadyAnswered, LedgerError, NotPermitted, VersionConflict

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.deferred.confirmations import Confirmations, Kept

logger = logging.getLogger(__name__)
POLL = 1.0  # seconds between two looks: a minute may last a second longer


class Confirming:
    """Sends what is due, at least once: what has arrived already is refused by the collaboration itself."""

    def __init__(self, ledger: Ledger, kept: Confirmations) -> None:
        self._ledger = ledger
        self._kept = kept

    def look(self) -> None:
        """Send every confirmation that is due."""
        for one in self._kept.take():
            self._send(one)

    def _send(self, kept: Kept) -> None:
        try:
            if not in_office(self._ledger, kept.actor):
                raise NotPermitted("The network was handed over to another office before it was sent.")
            version, content = collaborations.content(self._ledger, kept.actor, kept.collaboration)
            if content != kept.content:
                raise VersionConflict("The record was corrected after it had been confirmed.")
            collaborations.accept(self._ledger, kept.actor, Target(kept.collaboration, kept.firm, version))
        except AlreadyAnswered:  # sent before, by somebody who did not come to forget it
            self._kept.forget(kept)
        except VersionConflict as conflict:
            self._met_a_change(kept, conflict)
        except LedgerError as error:
            self._kept.refuse(kept, error.code)
        else:
            self._kept.forget(kept)

    def _met_a_change(self, kept: Kept, conflict: VersionConflict) -> None:
        """Refuse it when another content would be confirmed; another step than that only asks for a second try."""
        _, content = collaborations.content(self._ledger, kept.actor, kept.collaboration)
        if content != kept.content:
            self._kept.refuse(kept, conflict.code)
