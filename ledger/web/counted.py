"""The list behind a figure: which jobs it counts is asked of the sums, what is told of them of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.errors import NotFound
from ledger.projections.activity import behind, membership
from ledger.projections.activity.behind import Counted
from ledger.projections.activity.months import read
from ledger.projections.collaborations import queries as collaborations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading


SELECTED = ("kind", "since", "until", "sector", "country", "currency")


class CountedWork(NamedTuple):
    """One page of joint work, the latest first, and how many pieces there are in all."""

    items: list[dict[str, Any]]
    next: str | None
    total: int


def asked_of(query: Mapping[str, Any]) -> Counted:
    """Return what a `WorkQuery` says of a figure."""
    return Counted(query["counted"], **{name: query[name] for name in SELECTED if name in query})


def network_of(viewer: Actor) -> UUID:
    """Return the network that the viewer coordinates; raise `NotFound` for whoever coordinates none."""
    if viewer.network is None:
        raise NotFound("There is no such network.")
    return viewer.network


def counted_firms(reading: Reading, viewer: Actor, network: UUID, query: Mapping[str, Any]) -> list[UUID]:
    """Return the firms that a figure counts, as a `MembersQuery` asks; raise `NotFound`."""
    if "worked_from" in query:
        return membership.worked(reading, viewer, network, read(query["worked_from"]), read(query["worked_to"]))
    return membership.admitted(reading, viewer, network, read(query["admitted_to"]))


def counted_work(
    reading: Reading, viewer: Actor, network: UUID, counted: Counted, *, limit: int, cursor: str | None = None
) -> CountedWork:
    """Return what a figure counts; `reading` holds the activity and the collaborations; raise `NotFound`."""
    found = behind.jobs(reading, viewer, network, counted, limit=limit, cursor=cursor)
    return CountedWork(collaborations.some(reading, viewer, found.jobs), found.next, found.total)
