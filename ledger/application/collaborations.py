"""Commands on collaborations: each loads, asks the aggregate, and records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.application.access import acting_firm, all_members, require, sees_collaboration
from ledger.application.ledger import Receipt, check_version, digest
from ledger.application.past import Past, pointing
from ledger.domain.actor import Role
from ledger.domain.collaboration import Collaboration, Outcome, Proposal, State
from ledger.domain.document import Document
from ledger.domain.errors import DocumentAlreadyRecorded, VersionConflict
from ledger.domain.ids import identify
from ledger.store.errors import VersionTaken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ledger.application.ledger import Ledger
    from ledger.domain.actor import Actor
    from ledger.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """Which collaboration a step is about, which firm takes it, and the version that its decision rests on.

    `firm` is for coordinators, who act for one of their firms; `expected` None takes the present version.
    """

    id: UUID
    firm: UUID | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One of many that are recorded together; `past` is what only an import of old books knows."""

    key: str
    proposal: Proposal
    proposed_by: UUID | None = None
    past: Past | None = None


UNCOUNTED = (State.DECLINED, State.WITHDRAWN, State.STRUCK)


def propose(ledger: Ledger, actor: Actor, key: str, proposal: Proposal, *, proposed_by: UUID | None = None) -> Receipt:
    """Record joint work; a repeated key or document answers with what it recorded the first time.

    `proposed_by` is the firm that a coordinator records for (by default the first party).
    Raises `DocumentAlreadyRecorded` when another content was recorded from the same document.
    """
    return enter(ledger, actor, Entry(key, proposal, proposed_by))


def enter(ledger: Ledger, actor: Actor, entry: Entry) -> Receipt:
    """Record an entry by itself, as `propose` says."""
    new = decide(ledger, actor, entry)
    document = document_of(ledger, actor, entry, new)
    if document is None:
        return ledger.create(new)
    try:
        return ledger.create(new, document)
    except VersionTaken:
        return from_known_document(ledger, actor, document.id, decide(ledger, actor, entry))


def document_of(ledger: Ledger, actor: Actor, entry: Entry, new: Collaboration) -> Document | None:
    """Return the document that the entry was read from, bound to its collaboration and not recorded yet."""
    sha256 = entry.proposal.document
    return None if sha256 is None else Document.enter(ledger.stamp(actor), sha256, new.id)


def decide(ledger: Ledger, actor: Actor, entry: Entry) -> Collaboration:
    """Return the collaboration that an entry makes, not recorded yet; every rule that it can break is asked here."""
    require(actor, Role.FIRM, Role.COORDINATOR)
    proposal, past = entry.proposal, entry.past
    by = _proposer(ledger, actor, proposal, entry.proposed_by)
    all_members(ledger, actor, proposal.parties)
    id_ = identify("collaboration", f"{actor.on_behalf}:{entry.key}", actor.network)
    if past is None:
        return Collaboration.propose(id_, ledger.stamp(actor), by, proposal, digest(proposal=proposal, by=by))
    past.check(ledger.clock(), proposal)
    stamp = ledger.stamp(actor, happened_on=past.recorded_on)
    new = Collaboration.propose(id_, stamp, by, proposal, digest(proposal=proposal, by=by, past=past))
    for n, (firm, on) in past.in_order():
        with pointing(f"/confirmed/{n}/firm"):
            new.accept(ledger.stamp(actor, happened_on=on), firm)
    return new


def accept(ledger: Ledger, actor: Actor, target: Target) -> Receipt:
    """Agree that this is what was done."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.accept(ledger.stamp(actor), by)
    return ledger.record(collaboration)


def content(ledger: Ledger, actor: Actor, id_: UUID) -> tuple[int, str]:
    """Return the present version, and the SHA-256 of what whoever accepts it would agree to."""
    seen = _seen(ledger, actor, id_)
    said = {"title": seen.title, "terms": seen.terms, "parties": seen.parties, "completed_on": seen.completed_on}
    return seen.version, digest(kind=seen.kind_name, **said)


def decline(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    *,
    reason: str | None = None,
) -> Receipt:
    """Say that this is not what was done."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.decline(ledger.stamp(actor), by, reason)
    return ledger.record(collaboration)


def complete(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    *,
    completed_on: date,
) -> Receipt:
    """State when the confirmed work was finished."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.complete(ledger.stamp(actor), by, completed_on)
    return ledger.record(collaboration)


def assess(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    *,
    assessment: Mapping[str, Any],
) -> Receipt:
    """Say how another party did; sealed until both sides have, or 14 days have passed."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.assess(ledger.stamp(actor), by, assessment)
    return ledger.record(collaboration)


def amend(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    *,
    terms: object,
    title: str | None = None,
    completed_on: date | None = None,
) -> Receipt:
    """Correct the record; the other parties are asked again."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.amend(ledger.stamp(actor), by, terms, title=title, completed_on=completed_on)
    return ledger.record(collaboration)


def attach_evidence(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    *,
    evidence: Evidence,
) -> Receipt:
    """Back the record with a document."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.attach_evidence(ledger.stamp(actor), by, evidence)
    return ledger.record(collaboration)


def withdraw(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    *,
    reason: str | None = None,
) -> Receipt:
    """Take back what one proposed."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.withdraw(ledger.stamp(actor), by, reason)
    return ledger.record(collaboration)


def dispute(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    *,
    reason: str,
) -> tuple[int, Receipt]:
    """Contest what counts; return the dispute's number with the receipt."""
    by, collaboration = _load(ledger, actor, target)
    number = collaboration.dispute(ledger.stamp(actor), by, reason)
    return number, ledger.record(collaboration)


def answer(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    number: int,
    *,
    statement: str,
) -> Receipt:
    """Answer a dispute as another party."""
    by, collaboration = _load(ledger, actor, target)
    collaboration.answer(ledger.stamp(actor), number, by, statement)
    return ledger.record(collaboration)


def settle(
    ledger: Ledger,
    actor: Actor,
    target: Target,
    number: int,
    *,
    outcome: Outcome,
    note: str | None = None,
    terms: object = None,
) -> Receipt:
    """Decide a dispute; for the coordinator."""
    collaboration = _seen(ledger, actor, target.id)
    require(actor, Role.COORDINATOR)
    check_version(collaboration, target.expected)
    collaboration.settle(ledger.stamp(actor), number, outcome, note=note, terms=terms)
    return ledger.record(collaboration)


def _load(ledger: Ledger, actor: Actor, target: Target) -> tuple[UUID, Collaboration]:
    """Return the firm acted for and the collaboration; whether it is seen comes before every other answer."""
    collaboration = _seen(ledger, actor, target.id)
    by = acting_firm(ledger, actor, target.firm)
    check_version(collaboration, target.expected)
    return by, collaboration


def _seen(ledger: Ledger, actor: Actor, id_: UUID) -> Collaboration:
    require(actor, Role.FIRM, Role.COORDINATOR)
    collaboration = ledger.load(Collaboration, id_)
    sees_collaboration(actor, collaboration)
    return collaboration


def _proposer(ledger: Ledger, actor: Actor, proposal: Proposal, proposed_by: UUID | None) -> UUID:
    if actor.role is Role.COORDINATOR and proposed_by is None and proposal.parties:
        proposed_by = proposal.parties[0]["firm"]
    return acting_firm(ledger, actor, proposed_by, "/proposed_by")


def from_known_document(ledger: Ledger, actor: Actor, document_id: UUID, new: Collaboration) -> Receipt:
    """Answer a proposal from a document that is known: repeated, ended without counting, or somebody's job."""
    document = ledger.load(Document, document_id)
    earlier = check_document(ledger, document, new)
    if earlier is not None:
        return ledger.receipt(earlier, ledger.head())
    document.reenter(ledger.stamp(actor), new.id)
    try:
        return ledger.create(new, document)
    except VersionTaken as error:
        raise VersionConflict("The document was recorded at the same moment; look it up.") from error


def check_document(ledger: Ledger, document: Document, new: Collaboration) -> Collaboration | None:
    """Return the same job when it was recorded from this document before, None when the document is free again.

    Raises `DocumentAlreadyRecorded` when another job that counts, or may yet, was recorded from it.
    """
    earlier = ledger.load(Collaboration, document.collaboration)
    if earlier.digest == new.digest:
        return earlier
    if earlier.state not in UNCOUNTED:
        known = f" as collaboration {earlier.id}" if new.proposed_by in earlier.firms else ""
        raise DocumentAlreadyRecorded(
            f"A job was recorded from this document{known}; accept, amend or dispute that one."
        )
    return None
