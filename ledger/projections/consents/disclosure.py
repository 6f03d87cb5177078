"""Who may see what, as a clause that every query takes.

Judged by what is in force now, also when the question is about the past: a bank whose consent has ended
cannot look by asking for a day on which it had one.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, BindParameter, ColumnElement, Date, Select, and_, bindparam, false, select, true

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.consents.tables import CONSENTS, MEMBERS
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


def _in_force(position: int | BindParameter[int], today: date | BindParameter[date]) -> ColumnElement[bool]:
    return and_(as_of(CONSENTS, position), CONSENTS.c.withdrawn_at.is_(None), CONSENTS.c.until >= today)


# What every look of a bank asks is built once: building it costs more than running it.
OF_BANK = and_(
    CONSENTS.c.bank == bindparam("bank"),
    _in_force(bindparam("now_position", type_=BigInteger), bindparam("today", type_=Date)),
)
CONSENTING = select(CONSENTS.c.firm).where(OF_BANK)
NETWORK_OF_CONSENTING = select(MEMBERS.c.network_id).where(
    MEMBERS.c.firm == bindparam("firm"), MEMBERS.c.firm.in_(CONSENTING)
)


def judged_by(reading: Reading, bank: UUID | None) -> dict[str, Any]:
    """Return the values that `OF_BANK` asks for: this bank, now."""
    return {"bank": bank, "now_position": reading.now_position, "today": reading.now.date()}


def firm_visible(
    reading: Reading, viewer: Actor, network: ColumnElement[Any], firm: ColumnElement[Any]
) -> ColumnElement[bool]:
    """A firm's history, score and partners: for itself, its coordinator, a bank by consent, the operator."""
    match viewer.role:
        case Role.OPERATOR:
            return true()
        case Role.COORDINATOR:
            return network == viewer.network
        case Role.FIRM:
            return firm == viewer.subject
        case Role.BANK:
            return firm.in_(consenting_firms(reading, viewer))


def listed(
    reading: Reading, viewer: Actor, network: ColumnElement[Any], firm: ColumnElement[Any]
) -> ColumnElement[bool]:
    """A firm's profile: beyond `firm_visible`, firms of one network see each other in its directory."""
    if viewer.role is Role.FIRM:
        return network == viewer.network
    return firm_visible(reading, viewer, network, firm)


def headcount_visible(viewer: Actor, network: ColumnElement[Any], firm: ColumnElement[Any]) -> ColumnElement[bool]:
    """How many people a firm employs: for itself, its coordinator and the operator; for no bank."""
    match viewer.role:
        case Role.OPERATOR:
            return true()
        case Role.COORDINATOR:
            return network == viewer.network
        case Role.FIRM:
            return firm == viewer.subject
        case Role.BANK:
            return false()


def network_visible(viewer: Actor, network: ColumnElement[Any]) -> ColumnElement[bool]:
    """What belongs to a network as a whole: for those in it and the operator."""
    if viewer.role is Role.OPERATOR:
        return true()
    return network == viewer.network if viewer.network is not None else false()


def find_firm(reading: Reading, viewer: Actor, firm: UUID) -> UUID:
    """Return the firm's network; raise `NotFound` unless `firm_visible`."""
    network = reading.once(("network of", firm, viewer), lambda: _network_of(reading, viewer, firm))
    if network is None:
        raise NotFound("There is no such firm.")
    return network


def _network_of(reading: Reading, viewer: Actor, firm: UUID) -> UUID | None:
    network: UUID | None
    if viewer.role is Role.BANK:
        asked = {"firm": firm, **judged_by(reading, viewer.subject)}
        network = reading.connection.execute(NETWORK_OF_CONSENTING, asked).scalar_one_or_none()
        return network
    visible = firm_visible(reading, viewer, MEMBERS.c.network_id, MEMBERS.c.firm)
    query = select(MEMBERS.c.network_id).where(MEMBERS.c.firm == firm, visible)
    network = reading.connection.execute(query).scalar_one_or_none()
    return network


def consenting_firms(reading: Reading, bank: Actor) -> Select[tuple[UUID]]:
    """The firms that let this bank look now."""
    question = ("consenting firms", bank)  # built once: every clause of what a bank may see has it inside
    return reading.once(
        question, lambda: select(CONSENTS.c.firm).where(CONSENTS.c.bank == bank.subject, in_force(reading))
    )


def in_force(reading: Reading) -> ColumnElement[bool]:
    """The consents that are in force now."""
    return _in_force(reading.now_position, reading.now.date())


def check_office(viewer: Actor, network: UUID) -> None:
    """Raise `NotFound` unless the viewer coordinates this network, or is the operator."""
    own = viewer.role is Role.COORDINATOR and viewer.network == network
    if not (own or viewer.role is Role.OPERATOR):
        raise NotFound("There is no such network.")
