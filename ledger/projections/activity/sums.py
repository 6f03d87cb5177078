"""Keeping the sums: an event adds what it changes, and touches no other row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, select

from ledger.projections.activity.job import ALL, Sums
from ledger.projections.activity.months import NEVER
from ledger.projections.activity.tables import ACTIVE, MEMBERS, RHYTHM, SUMMED, TIES
from ledger.subscriptions.database import increase, upsert

Row = dict[str, Any]


def _its(table: Table, *names: str) -> ColumnElement[bool]:
    own = (table.c[name] == bindparam(f"of_{name}", type_=table.c[name].type) for name in names)
    return and_(table.c.network_id == bindparam("network", type_=table.c.network_id.type), *own)


# Statements are built once: several run for every event, and building costs more than running.
_MONTH = bindparam("of_month", type_=ACTIVE.c.month.type)
JOBS_OF_MONTH = select(ACTIVE.c.jobs).where(_its(ACTIVE, "firm", "month"))
WITHOUT_MONTH = ACTIVE.delete().where(_its(ACTIVE, "firm", "month"))
NEIGHBOURS = select(
    select(func.max(ACTIVE.c.month)).where(_its(ACTIVE, "firm"), ACTIVE.c.month < _MONTH).scalar_subquery(),
    select(func.min(ACTIVE.c.month)).where(_its(ACTIVE, "firm"), ACTIVE.c.month > _MONTH).scalar_subquery(),
)
MEMBER = select(MEMBERS).where(_its(MEMBERS, "firm"))
QUIET = MEMBERS.update().where(_its(MEMBERS, "firm")).values(last=bindparam("to_last"), quiet=bindparam("to_quiet"))


def add(connection: Connection, network: UUID, position: int, sums: Sums) -> None:
    """Add these differences to a network's sums."""
    for table, rows in sums.items():
        if table not in (ACTIVE, TIES):
            increase(connection, table, list(rows_of(table, network, rows)))
    _add_ties(connection, network, sums.get(TIES, {}))
    for (firm, month), (jobs,) in sums.get(ACTIVE, {}).items():
        _add_active(connection, network, firm, month, jobs)
    note(connection, network, position)


def note(connection: Connection, network: UUID, position: int) -> None:
    """Note since when the sums are what they are."""
    upsert(connection, SUMMED, {"network_id": network}, {"position": position})


def rows_of(table: Table, network: UUID, rows: Mapping[tuple[Any, ...], tuple[int, ...]]) -> Iterator[Row]:
    """Write keys and amounts as rows of their table."""
    names = [column.name for column in table.columns]
    for key, amounts in rows.items():
        yield dict(zip(names, (network, *key, *amounts), strict=True))


def selections(sector: str, country: str) -> list[tuple[str, str]]:
    """Return the selections that a firm is in."""
    return sorted(set(product((ALL, sector), (ALL, country))))


def rhythm(months: Sequence[int]) -> list[tuple[int, int]]:
    """Return each month with the one before it among a firm's months, which rise."""
    return list(zip(months, (NEVER, *months), strict=False))


def move(connection: Connection, network: UUID, firm: UUID, before: Row, after: Row) -> None:
    """Move a firm's months from the selections that it was in to those that it is in now."""
    of_it = select(ACTIVE.c.month).where(ACTIVE.c.network_id == network, ACTIVE.c.firm == firm)
    steps = rhythm(list(connection.scalars(of_it.order_by(ACTIVE.c.month))))
    _add_rhythm(connection, network, before, steps, -1)
    _add_rhythm(connection, network, after, steps, 1)


def _add_ties(connection: Connection, network: UUID, ties: Mapping[tuple[UUID, UUID], tuple[int, ...]]) -> None:
    if not ties:
        return
    firms = {firm for firm, _ in ties}
    present = select(TIES).where(TIES.c.network_id == network, TIES.c.firm.in_(firms), TIES.c.partner.in_(firms))
    jobs = {(row.firm, row.partner): row.jobs for row in connection.execute(present)}
    increase(connection, TIES, list(rows_of(TIES, network, ties)))
    for key, (change,) in ties.items():
        before = jobs.get(key, 0)
        if bool(before) != bool(before + change):
            of_it = (MEMBERS.c.network_id == network, MEMBERS.c.firm == key[0])
            connection.execute(
                MEMBERS.update().where(*of_it).values(partners=MEMBERS.c.partners + (-1 if before else 1))
            )


def _add_active(connection: Connection, network: UUID, firm: UUID, month: int, change: int) -> None:
    this = {"network": network, "of_firm": firm, "of_month": month}
    before = connection.scalar(JOBS_OF_MONTH, this) or 0
    if before + change:
        increase(connection, ACTIVE, list(rows_of(ACTIVE, network, {(firm, month): (change,)})))
    else:
        connection.execute(WITHOUT_MONTH, this)
    if bool(before) == bool(before + change):
        return
    earlier, later = connection.execute(NEIGHBOURS, this).one()
    _change_rhythm(connection, network, firm, (NEVER if earlier is None else earlier, month, later), bool(before))


def _change_rhythm(
    connection: Connection,
    network: UUID,
    firm: UUID,
    months: tuple[int, int, int | None],
    gone: bool,  # noqa: FBT001
) -> None:
    """Let a month come in between its neighbours, or go."""
    earlier, month, later = months
    row = connection.execute(MEMBER, {"network": network, "of_firm": firm}).mappings().one_or_none()
    if row is None:
        return
    member = dict(row)
    sign = -1 if gone else 1
    _add_rhythm(connection, network, member, [(month, earlier)], sign)
    if later is not None:
        _add_rhythm(connection, network, member, [(later, month)], sign)
        _add_rhythm(connection, network, member, [(later, earlier)], -sign)
    else:
        last = earlier if gone else month
        quiet = member["admitted"] if last == NEVER else last
        connection.execute(QUIET, {"network": network, "of_firm": firm, "to_last": last, "to_quiet": quiet})


def _add_rhythm(
    connection: Connection, network: UUID, member: Mapping[str, Any], steps: Sequence[tuple[int, int]], sign: int
) -> None:
    where = selections(member["sector"], member["country"])
    rows = {(*one, *step): (sign,) for one in where for step in steps}
    increase(connection, RHYTHM, list(rows_of(RHYTHM, network, rows)))
