"""From the events of collaborations to ties, reports and disputes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from ledger.domain.collaboration import Collaboration
from ledger.projections.trust import outcomes
from ledger.projections.trust.story import CHANGES, Story, begin
from ledger.projections.trust.tables import DISPUTES, METADATA, REPORTS, STORIES, TIES, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.rewriting import rewrite


def proposed(connection: Connection, recorded: Recorded) -> None:
    """Remember what was claimed; nothing counts yet."""
    row = {**_key(recorded), "story": begin(recorded.event)}
    connection.execute(STORIES.insert().values(row))


def changed(connection: Connection, recorded: Recorded) -> None:
    """Continue the story, and rewrite what it says of the parties where that has changed."""
    same = [STORIES.c[name] == value for name, value in _key(recorded).items()]
    before: Story = connection.execute(select(STORIES.c.story).where(*same)).scalar_one()
    story = CHANGES[type(recorded.event)](before, recorded.event)
    connection.execute(STORIES.update().where(*same).values(story=story))
    rewrite(connection, TIES, _key(recorded), outcomes.ties(story), recorded)
    rewrite(connection, REPORTS, _key(recorded), outcomes.reports(story), recorded)
    rewrite(connection, DISPUTES, _key(recorded), outcomes.disputes(story), recorded)


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "collaboration": recorded.event.originator_id}


HANDLERS: Mapping[type, Handler] = {Collaboration.Proposed: proposed, **dict.fromkeys(CHANGES, changed)}

PROJECTION = Projection("trust", VERSION, METADATA, HANDLERS)
