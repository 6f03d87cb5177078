"""From the events of collaborations to ties, reports and disputes; from verifications and epochs to credibility."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from ledger.domain.collaboration import Collaboration
from ledger.domain.epoch import Epoch
from ledger.domain.firm import Firm
from ledger.projections.trust import outcomes
from ledger.projections.trust.epoch import Said, believe
from ledger.projections.trust.peers import distribution
from ledger.projections.trust.story import CHANGES, Story, begun
from ledger.projections.trust.strength import worth
from ledger.projections.trust.tables import (
    CREDIBILITY,
    DISPUTES,
    EPOCHS,
    METADATA,
    PEERS,
    REPORTS,
    STORIES,
    TIES,
    VERIFIED,
    VERSION,
)
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add, begin, existing, put
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.rewriting import rewrite
from ledger.subscriptions.versioning import currents, supersede


def proposed(connection: Connection, recorded: Recorded) -> None:
    """Remember what was claimed; nothing counts yet."""
    begin(connection, _key(recorded), TIES, REPORTS, DISPUTES)
    add(connection, STORIES, {**_key(recorded), "story": begun(recorded.event)})


def changed(connection: Connection, recorded: Recorded) -> None:
    """Continue the story, and rewrite what it says of the parties where that has changed."""
    before: Story = existing(connection, STORIES, _key(recorded))["story"]
    story = CHANGES[type(recorded.event)](before, recorded.event)
    put(connection, STORIES, {**_key(recorded), "story": story})
    rewrite(connection, TIES, _key(recorded), outcomes.ties(story), recorded)
    rewrite(connection, REPORTS, _key(recorded), outcomes.reports(story), recorded)
    rewrite(connection, DISPUTES, _key(recorded), outcomes.disputes(story), recorded)


def verified(connection: Connection, recorded: Recorded) -> None:
    """Let trust start at this firm, from the next epoch on."""
    authority = " ".join(recorded.event.register.casefold().split())
    supersede(connection, VERIFIED, *_firm(recorded), {"authority": authority})


def updated(connection: Connection, recorded: Recorded) -> None:
    """Let no more trust start at a firm whose registered identity has changed."""
    if recorded.event.reidentified:
        supersede(connection, VERIFIED, *_firm(recorded), None)


def epoch_closed(connection: Connection, recorded: Recorded) -> None:
    """Work out anew how far each firm's word counts, from what is known at this event and open at its time."""
    network = {"network_id": recorded.event.network_id}
    seeds = {row["firm"]: row["authority"] for row in currents(connection, VERIFIED, network)}
    today = worth(recorded.recorded_at.astimezone(UTC).date())
    said = _said(connection, recorded)
    believed = believe(said, seeds, today)
    rows = [{"firm": firm, "thousandths": thousandths} for firm, thousandths in believed.items()]
    rewrite(connection, CREDIBILITY, network, rows, recorded)
    closed = {"position": recorded.position, "closed_at": recorded.recorded_at}
    connection.execute(EPOCHS.insert().values(**network, **closed, verified=len(seeds), believed=len(believed)))
    peers = distribution(said, _partners(connection, recorded), believed, today)
    connection.execute(PEERS.insert().values(**network, position=recorded.position, **peers))


def _partners(connection: Connection, recorded: Recorded) -> Mapping[UUID, set[UUID]]:
    """Return whom each firm has confirmed joint work with."""
    query = select(TIES.c.firm, TIES.c.partner).distinct()
    query = query.where(TIES.c.network_id == recorded.event.network_id, TIES.c.until_position.is_(None))
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for firm, partner in connection.execute(query):
        found[firm].add(partner)
    return found


def _said(connection: Connection, recorded: Recorded) -> list[Said]:
    """Return what is open, added up by subject and rater; PostgreSQL adds in decimals."""
    pair = (REPORTS.c.about, REPORTS.c.by)
    query = (
        select(*pair, func.sum(REPORTS.c.good), func.sum(REPORTS.c.bad))
        .where(REPORTS.c.network_id == recorded.event.network_id, REPORTS.c.until_position.is_(None))
        .where(REPORTS.c.opens_at <= recorded.recorded_at)
        .group_by(*pair)
    )
    return [Said(about, by, int(good), int(bad)) for about, by, good, bad in connection.execute(query)]


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "collaboration": recorded.event.originator_id}


def _firm(recorded: Recorded) -> tuple[dict[str, Any], int, Any]:
    key = {"network_id": recorded.event.network_id, "firm": recorded.event.originator_id}
    return key, recorded.position, recorded.recorded_at


HANDLERS: Mapping[type, Handler] = {
    Firm.Verified: verified,
    Firm.Updated: updated,
    Epoch.Closed: epoch_closed,
    Collaboration.Proposed: proposed,
    **dict.fromkeys(CHANGES, changed),
}

PROJECTION = Projection("trust", VERSION, METADATA, HANDLERS)
