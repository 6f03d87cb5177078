"""From admissions, new profiles, verifications and headcounts to rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from ledger.domain.event import ERASED
from ledger.domain.firm import NOBODY, Firm, Identity, ToBanks
from ledger.projections.firms.tables import FIRMS, HEADCOUNTS, METADATA, VERIFICATIONS, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise, standing
from ledger.subscriptions.versioning import supersede


def admitted(connection: Connection, recorded: Recorded) -> None:
    """Add a firm."""
    since = {"admitted_at": recorded.recorded_at, "registered_since": recorded.position}
    values = {**_profile(recorded), **since, "to_banks": ToBanks.DESCRIBED.value}
    supersede(connection, FIRMS, _key(recorded), recorded.position, recorded.recorded_at, values)


def updated(connection: Connection, recorded: Recorded) -> None:
    """Replace the profile; one with another registered identity is unverified."""
    row = standing(connection, FIRMS, _key(recorded))
    profile = _profile(recorded)
    if recorded.event.reidentified:
        profile["registered_since"] = recorded.position
    revise(connection, FIRMS, _key(recorded), recorded.position, recorded.recorded_at, profile, row=row)


def verified(connection: Connection, recorded: Recorded) -> None:
    """Add a verification."""
    event = recorded.event
    connection.execute(
        VERIFICATIONS.insert().values(
            network_id=event.network_id,
            firm=event.originator_id,
            position=recorded.position,
            register=event.register,
            extract=event.extract,
            happened_on=event.happened_on,
            recorded_at=recorded.recorded_at,
        )
    )
    changes = {"version": event.originator_version}
    revise(connection, FIRMS, _key(recorded), recorded.position, recorded.recorded_at, changes)


def disclosure_set(connection: Connection, recorded: Recorded) -> None:
    """Note how the firm is shown to banks."""
    changes = {"to_banks": recorded.event.to_banks, "version": recorded.event.originator_version}
    revise(connection, FIRMS, _key(recorded), recorded.position, recorded.recorded_at, changes)


def headcount_reported(connection: Connection, recorded: Recorded) -> None:
    """Put the figures of a year in place of earlier ones; an erasure leaves them, for they name nobody."""
    event = recorded.event
    key = {"network_id": event.network_id, "firm": event.originator_id, "year": event.year}
    figures = {"employees": event.employees, "apprentices": event.apprentices}
    supersede(connection, HEADCOUNTS, key, recorded.position, recorded.recorded_at, figures)
    changes = {"version": event.originator_version}
    revise(connection, FIRMS, _key(recorded), recorded.position, recorded.recorded_at, changes)


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the firm's identity out of every row that there ever was of it."""
    network, firm = recorded.event.network_id, recorded.event.originator_id
    its = (FIRMS.c.network_id == network, FIRMS.c.id == firm)
    connection.execute(FIRMS.update().where(*its).values(_identity(NOBODY)))
    its_extracts = (VERIFICATIONS.c.network_id == network, VERIFICATIONS.c.firm == firm)
    connection.execute(VERIFICATIONS.update().where(*its_extracts).values(extract=ERASED))
    changes = {"version": recorded.event.originator_version}
    revise(connection, FIRMS, _key(recorded), recorded.position, recorded.recorded_at, changes)


def fold_capabilities(capabilities: Sequence[str]) -> str:
    """Return one text in which a capability is found as a line of its own."""
    return "\n".join(["", *(" ".join(one.casefold().split()) for one in capabilities), ""])


def _profile(recorded: Recorded) -> dict[str, Any]:
    event = recorded.event
    return {**_identity(event.identity), **event.trade, "version": event.originator_version}


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        **identity,
        "sought_name": identity["name"].casefold(),
        "sought_capabilities": fold_capabilities(identity["capabilities"]),
    }


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "id": recorded.event.originator_id}


HANDLERS: dict[type, Handler] = {
    Firm.Admitted: admitted,
    Firm.Updated: updated,
    Firm.Verified: verified,
    Firm.DisclosureSet: disclosure_set,
    Firm.HeadcountReported: headcount_reported,
    Firm.Erased: erased,
}

PROJECTION = Projection("firms", VERSION, METADATA, HANDLERS)
