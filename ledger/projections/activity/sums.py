"""Keeping the sums: an event adds what it changes, and touches no other row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table

from ledger.projections.activity.job import ALL, Sums
from ledger.projections.activity.months import NEVER
from ledger.projections.activity.tables import ACTIVE, MEMBERS, RHYTHM, SUMMED, TIES
from ledger.subscriptions.held import Row
from ledger.subscriptions.holding import increase, put, remove, row, rows


def add(connection: Connection, network: UUID, position: int, sums: Sums) -> None:
    """Add these differences to a network's sums."""
    for table, amounts in sums.items():
        if table not in (ACTIVE, TIES):
            increase(connection, table, list(rows_of(table, network, amounts)))
    _add_ties(connection, network, sums.get(TIES, {}))
    for (firm, month), (jobs,) in sums.get(ACTIVE, {}).items():
        _add_active(connection, network, firm, month, jobs)
    note(connection, network, position)


def note(connection: Connection, network: UUID, position: int) -> None:
    """Note since when the sums are what they are."""
    put(connection, SUMMED, {"network_id": network, "position": position})


def rows_of(table: Table, network: UUID, sums: Mapping[tuple[Any, ...], tuple[int, ...]]) -> Iterator[Row]:
    """Write keys and amounts as rows of their table."""
    names = [column.name for column in table.columns]
    for key, amounts in sums.items():
        yield dict(zip(names, (network, *key, *amounts), strict=True))


def selections(sector: str, country: str) -> list[tuple[str, str]]:
    """Return the selections that a firm is in."""
    return sorted(set(product((ALL, sector), (ALL, country))))


def rhythm(months: Sequence[int]) -> list[tuple[int, int]]:
    """Return each month with the one before it among a firm's months, which rise."""
    return list(zip(months, (NEVER, *months), strict=False))


def change(connection: Connection, network: UUID, firm: UUID, **changes: Any) -> None:
    """Change a member's row, if there is one."""
    key = {"network_id": network, "firm": firm}
    member = row(connection, MEMBERS, key)
    if member is not None:
        put(connection, MEMBERS, {**member, **changes})


def move(connection: Connection, network: UUID, firm: UUID, before: Row, after: Row) -> None:
    """Move a firm's months from the selections that it was in to those that it is in now."""
    steps = rhythm(sorted(_months(connection, network, firm)))
    _add_rhythm(connection, network, before, steps, -1)
    _add_rhythm(connection, network, after, steps, 1)


def _add_ties(connection: Connection, network: UUID, ties: Mapping[tuple[UUID, UUID], tuple[int, ...]]) -> None:
    for (firm, partner), (added,) in ties.items():
        key = {"network_id": network, "firm": firm, "partner": partner}
        tie = row(connection, TIES, key)
        before = tie["jobs"] if tie else 0
        put(connection, TIES, {**key, "jobs": before + added})
        if bool(before) != bool(before + added):
            member = row(connection, MEMBERS, {"network_id": network, "firm": firm})
            if member is not None:
                put(connection, MEMBERS, {**member, "partners": member["partners"] + (-1 if before else 1)})


def _add_active(connection: Connection, network: UUID, firm: UUID, month: int, added: int) -> None:
    key, months = {"network_id": network, "firm": firm, "month": month}, _months(connection, network, firm)
    before = months.pop(month, 0)
    if before + added:
        put(connection, ACTIVE, {**key, "jobs": before + added})
    else:
        remove(connection, ACTIVE, key)
    if bool(before) == bool(before + added):
        return
    earlier = max((one for one in months if one < month), default=NEVER)
    later = min((one for one in months if one > month), default=None)
    _change_rhythm(connection, network, firm, (earlier, month, later), bool(before))


def _months(connection: Connection, network: UUID, firm: UUID) -> dict[int, int]:
    """Return the firm's jobs by month."""
    return {row["month"]: row["jobs"] for row in rows(connection, ACTIVE, {"network_id": network, "firm": firm})}


def _change_rhythm(
    connection: Connection,
    network: UUID,
    firm: UUID,
    months: tuple[int, int, int | None],
    gone: bool,  # noqa: FBT001
) -> None:
    """Let a month come in between its neighbours, or go."""
    earlier, month, later = months
    member = row(connection, MEMBERS, {"network_id": network, "firm": firm})
    if member is None:
        return
    sign = -1 if gone else 1
    _add_rhythm(connection, network, member, [(month, earlier)], sign)
    if later is not None:
        _add_rhythm(connection, network, member, [(later, month)], sign)
        _add_rhythm(connection, network, member, [(later, earlier)], -sign)
    else:
        last = earlier if gone else month
        quiet = member["admitted"] if last == NEVER else last
        put(connection, MEMBERS, {**member, "last": last, "quiet": quiet})


def _add_rhythm(
    connection: Connection, network: UUID, member: Mapping[str, Any], steps: Sequence[tuple[int, int]], sign: int
) -> None:
    where = selections(member["sector"], member["country"])
    firms = {(*one, *step): (sign,) for one in where for step in steps}
    increase(connection, RHYTHM, list(rows_of(RHYTHM, network, firms)))
