"""The courier: tells every webhook of what its holder may see, at least once and in the order of the log.

What an event says, and whether its holder may be told of it at all, is looked up for each one just before it is sent.
"""

from __future__ import annotations

import json
import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ledger.application.holders import in_office
from ledger.delivery import signature
from ledger.delivery.cloud_events import EVENT
from ledger.delivery.sending import ALTOGETHER, GONE, Answer, post
from ledger.domain.errors import NotFound
from ledger.domain.webhook import Webhook
from ledger.outbox import attempts, states
from ledger.outbox.attempts import Attempt
from ledger.projections.webhooks.queries import served
from ledger.subscriptions.database import guarded, reading, writing
from ledger.subscriptions.reading import NotYet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from sqlalchemy import Engine

    from ledger.application.ledger import Ledger
    from ledger.delivery.feed import Feed
    from ledger.outbox.states import Standing
    from ledger.projections.webhooks.queries import Registered

    Send = Callable[[str, Mapping[str, str], bytes], Answer]

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds between two looks
AT_ONCE = 8  # receivers; one that is slow holds up itself alone
HOLD = timedelta(seconds=ALTOGETHER + 3)  # longer than any sending takes
COURIER = 7_204_115  # guards the beginning of a webhook against other processes
STRIDE = 1000  # positions that concern nobody, before it is worth noting that they were looked at


class Courier:
    """Serves all webhooks; any number of couriers, in any processes, may do so together."""

    def __init__(self, ledger: Ledger, feed: Feed, engine: Engine, *, local: bool) -> None:
        self._ledger = ledger
        self._feed = feed
        self._engine = engine
        self._local = local
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="courier")
        self._running: dict[UUID, Future[None]] = {}
        self._looked: dict[UUID, int] = {}  # up to where there was nothing for a webhook

    def look(self) -> None:
        """Begin to serve every webhook for which something may have to be sent."""
        registered, standings = self._registered(), self._standings()
        now = self._ledger.clock()
        self._forget(standings, registered)
        self._running = {id_: task for id_, task in self._running.items() if not task.done()}
        for id_, one in registered.items():
            standing = standings.get(id_) or self._begun(one)
            if id_ not in self._running and standing.is_due(now):
                self._running[id_] = self._pool.submit(self._serve, id_)

    def settle(self) -> None:
        """Wait for what was begun."""
        wait(self._running.values())

    def close(self) -> None:
        """End; what is being sent is finished, nothing else is begun."""
        self._pool.shutdown(cancel_futures=True)

    def _serve(self, id_: UUID) -> None:
        try:
            while self._send_next(id_):
                pass
        except NotYet:
            logger.info("The consents of a bank cannot be judged yet; its webhook waits.")
        except Exception:  # whatever it is, the next look may succeed, and other webhooks are served
            logger.warning("A webhook could not be served; trying again.", exc_info=True)

    def _send_next(self, id_: UUID) -> bool:
        """Send the next event; tell whether there may be another."""
        webhook, standing = self._loaded(id_), self._standing(id_)
        if webhook is None or standing is None or not standing.is_due(self._ledger.clock()):
            return False
        with reading(self._engine) as connection:
            again = attempts.asked_again(connection, id_)
        if again is not None:
            return self._send_again(webhook, standing, *again)
        after = max(standing.position, self._looked.get(id_, 0))
        batch = self._feed.fetch(webhook.holder, after=after, limit=1, types=webhook.types)
        if not batch.events:
            self._pass_over(standing, batch.next)
            return False
        answer = self._sent(webhook, standing, batch.events[0])
        return answer is not None and answer.delivered

    def _send_again(self, webhook: Webhook, standing: Standing, number: int, position: int) -> bool:
        """Send an event once more, if its holder may still be told of it."""
        batch = self._feed.fetch(webhook.holder, after=position - 1, limit=1)
        with writing(self._engine) as connection:
            attempts.answered(connection, webhook.id, number)
        known = [event for event in batch.events if int(event["id"]) == position]
        answer = self._sent(webhook, standing, known[0], again=True) if known else None
        return not known or (answer is not None and answer.delivered)

    def _sent(
        self, webhook: Webhook, standing: Standing, event: dict[str, Any], *, again: bool = False
    ) -> Answer | None:
        """Send an event and note what came of it; None when another courier is about to."""
        began = self._ledger.clock()
        with writing(self._engine) as connection:
            if not states.hold(connection, webhook.id, standing.position, began, began + HOLD):
                return None
        body = json.dumps(event, ensure_ascii=False).encode()
        id_, timestamp = f"{webhook.id.hex}-{event['id']}", int(began.timestamp())
        headers = {"Content-Type": EVENT, "User-Agent": "collaboration-ledger"}
        signed = {**headers, **signature.headers(webhook.secret, id_, timestamp, body)}
        answer = post(webhook.url, signed, body, local=self._local)
        now = self._ledger.clock()
        with writing(self._engine) as connection:
            data = (int(event["id"]), event["data"]["type"], began)
            attempts.note(connection, webhook.id, Attempt(*data, answer.outcome, answer.status, answer.milliseconds))
            if answer.delivered:
                states.delivered(connection, standing, standing.position if again else int(event["id"]))
            else:
                states.failed(connection, standing, now, gone=answer.status == GONE)
        return answer

    def _pass_over(self, standing: Standing, position: int) -> None:
        """Remember how far there was nothing, on disk only now and then."""
        self._looked[standing.webhook] = position
        if position - standing.position >= STRIDE and standing.failures == 0:
            with writing(self._engine) as connection:
                states.delivered(connection, standing, position)

    def _loaded(self, id_: UUID) -> Webhook | None:
        """Return the webhook as the log knows it now, None when nothing is to be sent there any more."""
        try:
            webhook = self._ledger.load(Webhook, id_)
        except NotFound:
            return None
        return webhook if webhook.active and in_office(self._ledger, webhook.holder) else None

    def _begun(self, one: Registered) -> Standing:
        with guarded(self._engine, COURIER) as connection:
            states.begin(connection, one.id, one.position)
            standing = states.standing(connection, one.id)
        assert standing is not None  # nosec B101 # noqa: S101 - it has just been written
        return standing

    def _registered(self) -> dict[UUID, Registered]:
        with self._feed.views.read("webhooks") as opened:
            return {one.id: one for one in served(opened)}

    def _standings(self) -> dict[UUID, Standing]:
        with reading(self._engine) as connection:
            return states.standings(connection)

    def _standing(self, id_: UUID) -> Standing | None:
        with reading(self._engine) as connection:
            return states.standing(connection, id_)

    def _forget(self, standings: Mapping[UUID, Standing], registered: Mapping[UUID, Registered]) -> None:
        """Forget webhooks that are removed, by the log and not by a read model that may be behind."""
        for id_ in standings.keys() - registered.keys():
            if self._loaded(id_) is None and id_ not in self._running:
                with writing(self._engine) as connection:
                    states.forget(connection, id_)
