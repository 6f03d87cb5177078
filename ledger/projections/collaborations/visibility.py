"""Which collaborations a caller may see: its own, its network's, or the confirmed ones of a firm by consent."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select, true

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import State
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.projections.consents.disclosure import consenting_firms
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

# The states in which a record counts.
COUNTED = (State.CONFIRMED.value, State.COMPLETED.value, State.DISPUTED.value)
# An inner query on the same table needs a name of its own, or it would be taken for the outer one.
TODAY = COLLABORATIONS.alias("today")


def visible(reading: Reading, viewer: Actor) -> ColumnElement[bool]:
    """The clause on `COLLABORATIONS`."""
    match viewer.role:
        case Role.OPERATOR:
            return true()
        case Role.COORDINATOR:
            return COLLABORATIONS.c.network_id == viewer.network
        case Role.FIRM:
            return COLLABORATIONS.c.id.in_(with_party(reading.position, viewer.subject))
        case Role.BANK:
            return _visible_to_bank(reading, viewer)


def with_party(position: int, firm: UUID | None, *, confirmed: bool = False) -> Select[tuple[UUID]]:
    """The collaborations of a firm; `confirmed`: only those to which it has agreed."""
    query = select(PARTIES.c.collaboration).where(PARTIES.c.firm == firm, as_of(PARTIES, position))
    return query.where(PARTIES.c.confirmed) if confirmed else query


def _visible_to_bank(reading: Reading, bank: Actor) -> ColumnElement[bool]:
    """What counts now, and counted at the time asked for, for a firm whose consent is in force now."""
    same = and_(TODAY.c.network_id == COLLABORATIONS.c.network_id, TODAY.c.id == COLLABORATIONS.c.id)
    # Of each record by itself: SQLite would list all that count in the ledger before it looks at the first.
    counts_now = exists().where(same, as_of(TODAY, reading.now_position), TODAY.c.state.in_(COUNTED))
    return and_(
        COLLABORATIONS.c.state.in_(COUNTED),
        counts_now,
        COLLABORATIONS.c.id.in_(_agreed(reading, bank, reading.position)),
        COLLABORATIONS.c.id.in_(_agreed(reading, bank, reading.now_position)),
    )


def _agreed(reading: Reading, bank: Actor, position: int) -> Select[tuple[UUID]]:
    firms = consenting_firms(reading, bank)
    return select(PARTIES.c.collaboration).where(
        PARTIES.c.confirmed, as_of(PARTIES, position), PARTIES.c.firm.in_(firms)
    )
