"""One piece of joint work between firms, from its proposal to the last word on it.

Read from top to bottom: the events, how each one changes the aggregate, then the steps with their checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.assessment import Assessment, read_assessment
from ledger.domain.errors import (
    AlreadyAnswered,
    Fault,
    Invalid,
    InvalidAssessment,
    InvalidDate,
    InvalidTerms,
    NotAParty,
    NotFound,
    StateConflict,
)
from ledger.domain.event import Fact, FirstFact, Personal, Stamp, check_past
from ledger.domain.evidence import Evidence, read_all, read_evidence
from ledger.domain.kinds.catalogue import PERSONAL_TERMS, kind_named
from ledger.domain.kinds.kind import Acceptance, Kind, Party

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_DOCUMENTS = 50

# What is personal inside these fields; amounts, days, hashes and marks stay readable whatever is erased.
WORDS = PERSONAL_TERMS
TITLE = frozenset({"title"})
COMMENT = frozenset({"comment"})


class State(StrEnum):
    """Where a collaboration stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    DISPUTED = "disputed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STRUCK = "struck"


class Answer(StrEnum):
    """What a party says to a proposal."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Outcome(StrEnum):
    """How a coordinator settles a dispute: the record stands, is corrected, or no longer counts."""

    UPHELD = "upheld"
    AMENDED = "amended"
    STRUCK = "struck"


@dataclass
class Dispute:
    """A contested record, open until the coordinator settles it."""

    by: UUID
    answered_by: list[UUID] = field(default_factory=list)
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Proposal:
    """What a firm records, already in the right types but not yet checked against the kind."""

    kind: str
    title: str
    parties: Sequence[Party]
    terms: object
    evidence: Sequence[Evidence] = ()
    completed_on: date | None = None
    assessments: Sequence[Mapping[str, Any]] = ()
    document: str | None = None


class Collaboration(BaseAggregate[UUID]):
    """One piece of joint work of one kind; the kind says who must accept and what the terms are."""

    TOPIC = "collaboration"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "collaboration.event"

    class Proposed(Event, FirstFact):
        """A firm recorded joint work, perhaps finished already, with its own assessments of the others.

        `digest` is the SHA-256 of the request, by which a repeated idempotency key is recognised. Which terms are
        personal is declared by the kind's fields.
        """

        TOPIC = "collaboration.proposed"
        kind: str
        title: Annotated[str, Personal("proposed_by")]
        parties: list[Party]
        terms: Annotated[dict[str, Any], Personal("proposed_by", WORDS)]
        evidence: Annotated[list[Evidence], Personal("proposed_by", TITLE)]
        proposed_by: UUID
        completed_on: date | None
        assessments: Annotated[list[Assessment], Personal("proposed_by", COMMENT)]
        document: str | None
        digest: Annotated[str, Personal("proposed_by")]

    class Accepted(Event):
        """A party agreed that this is what was done."""

        TOPIC = "collaboration.accepted"
        by: UUID

    class Declined(Event):
        """A party said that this is not what was done."""

        TOPIC = "collaboration.declined"
        by: UUID
        reason: Annotated[str | None, Personal("by")]

    class Confirmed(Event):
        """From here on it counts: these firms agree to these terms. Says everything by itself."""

        TOPIC = "collaboration.confirmed"
        kind: str
        parties: list[Party]
        terms: Annotated[dict[str, Any], Personal("proposed_by", WORDS)]
        documents: list[str]
        proposed_by: UUID
        completed_on: date | None

    class Completed(Event):
        """The confirmed work was finished on this day."""

        TOPIC = "collaboration.completed"
        by: UUID
        completed_on: date

    class Assessed(Event):
        """A party said how another did; sealed at first, see `ledger.domain.sealing`."""

        TOPIC = "collaboration.assessed"
        by: UUID
        assessment: Annotated[Assessment, Personal("by", COMMENT)]

    class Amended(Event):
        """A party corrected the record; the others are asked again."""

        TOPIC = "collaboration.amended"
        by: UUID
        title: Annotated[str, Personal("by")]
        terms: Annotated[dict[str, Any], Personal("by", WORDS)]
        completed_on: date | None

    class EvidenceAttached(Event):
        """A party backed the record with a document."""

        TOPIC = "collaboration.evidence-attached"
        by: UUID
        document: Annotated[Evidence, Personal("by", TITLE)]

    class Withdrawn(Event):
        """Who proposed it took it back before the end."""

        TOPIC = "collaboration.withdrawn"
        by: UUID
        reason: Annotated[str | None, Personal("by")]

    class Disputed(Event):
        """A party contests what counts."""

        TOPIC = "collaboration.disputed"
        number: int
        by: UUID
        reason: Annotated[str, Personal("by")]

    class Answered(Event):
        """Another party answered a dispute."""

        TOPIC = "collaboration.answered"
        number: int
        by: UUID
        statement: Annotated[str, Personal("by")]

    class Settled(Event):
        """The coordinator decided a dispute."""

        TOPIC = "collaboration.settled"
        number: int
        disputed_by: UUID
        outcome: str
        note: Annotated[str | None, Personal("disputed_by")]

    # -- what each event changes ------------------------------------------------------------------------------

    @event(Proposed)
    def __init__(  # noqa: PLR0913, PLR0917 - the library calls it by name with the event's fields
        self,
        network_id: UUID,
        kind: str,
        title: str,
        parties: list[Party],
        terms: dict[str, Any],
        evidence: list[Evidence],
        proposed_by: UUID,
        completed_on: date | None,
        assessments: list[Assessment],
        document: str | None,
        digest: str,
    ) -> None:
        self.network_id = network_id
        self.kind_name = kind
        self.title = title
        self.parties = parties
        self.terms = terms
        self.evidence = list(evidence)
        self.proposed_by = proposed_by
        self.completed_on = completed_on
        self.assessed = {(one["by"], one["about"]) for one in assessments}
        self.document = document
        self.digest = digest
        self.answers = {proposed_by: Answer.ACCEPTED}
        self.confirmed: list[UUID] = []
        self.disputes: list[Dispute] = []
        self.ended: State | None = None

    @event(Accepted)
    def _accepted(self, by: UUID) -> None:
        self.answers[by] = Answer.ACCEPTED

    @event(Declined)
    def _declined(self, by: UUID) -> None:
        self.answers[by] = Answer.DECLINED
        left = [firm for firm in self.firms if self.answers.get(firm) is not Answer.DECLINED]
        if self.kind.ends_with(self._as_parties(left), self.terms):
            self.ended = State.DECLINED

    @event(Confirmed)
    def _confirmed(self, parties: list[Party], terms: dict[str, Any]) -> None:
        self.confirmed = [party["firm"] for party in parties]
        self.terms = terms

    @event(Completed)
    def _completed(self, completed_on: date) -> None:
        self.completed_on = completed_on

    @event(Assessed)
    def _assessed(self, assessment: Assessment) -> None:
        self.assessed.add((assessment["by"], assessment["about"]))

    @event(Amended)
    def _amended(self, by: UUID, title: str, terms: dict[str, Any], completed_on: date | None) -> None:
        self.title, self.terms, self.completed_on = title, terms, completed_on
        self.answers = {by: Answer.ACCEPTED}
        self.confirmed = []

    @event(EvidenceAttached)
    def _evidence_attached(self, document: Evidence) -> None:
        self.evidence.append(document)

    @event(Withdrawn)
    def _withdrawn(self) -> None:
        self.ended = State.WITHDRAWN

    @event(Disputed)
    def _disputed(self, by: UUID) -> None:
        self.disputes.append(Dispute(by))

    @event(Answered)
    def _answered(self, number: int, by: UUID) -> None:
        self.disputes[number - 1].answered_by.append(by)

    @event(Settled)
    def _settled(self, number: int, outcome: str) -> None:
        self.disputes[number - 1].outcome = Outcome(outcome)
        if outcome == Outcome.STRUCK:
            self.ended = State.STRUCK

    # -- what can be asked ------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """The declared kind."""
        return kind_named(self.kind_name)

    @property
    def firms(self) -> list[UUID]:
        """All parties' ids, in the order they were recorded."""
        return [party["firm"] for party in self.parties]

    @property
    def state(self) -> State:
        """Where it stands now."""
        if self.ended is not None:
            return self.ended
        if any(dispute.outcome is None for dispute in self.disputes):
            return State.DISPUTED
        if not self.confirmed:
            return State.PROPOSED
        return State.CONFIRMED if self.completed_on is None else State.COMPLETED

    # -- the steps --------------------------------------------------------------------------------------------

    @classmethod
    def propose(cls, id_: UUID, stamp: Stamp, by: UUID, proposal: Proposal, digest: str = "") -> Self:
        """Record joint work on behalf of firm `by`; a kind that needs no acceptance is confirmed at once."""
        kind = kind_named(proposal.kind)
        kind.check_parties(proposal.parties)
        _check_proposer(kind, by, proposal.parties)
        terms = kind.read_terms(proposal.terms, proposal.parties)
        _check_completion(kind, terms, proposal.completed_on, stamp.at)
        new = cls._create(
            cls.Proposed,
            id=id_,
            kind=kind.name,
            title=proposal.title.strip(),
            parties=list(proposal.parties),
            terms=terms,
            evidence=read_all(proposal.evidence, "/evidence", MOST_DOCUMENTS),
            proposed_by=by,
            completed_on=proposal.completed_on,
            assessments=_own_assessments(kind, by, proposal),
            document=proposal.document,
            digest=digest,
            **stamp.fields(),
        )
        new._confirm_if_agreed(stamp)  # noqa: SLF001 - its own
        return new

    def accept(self, stamp: Stamp, by: UUID) -> None:
        """Agree on behalf of a party; the last one needed confirms."""
        self._check_answerable(by)
        self._trigger(self.Accepted, stamp, by=by)
        self._confirm_if_agreed(stamp)

    def decline(self, stamp: Stamp, by: UUID, reason: str | None = None) -> None:
        """Refuse on behalf of a party; ends the collaboration unless each party confirms for itself."""
        self._check_answerable(by)
        self._trigger(self.Declined, stamp, by=by, reason=reason)

    def complete(self, stamp: Stamp, by: UUID, on: date) -> None:
        """State that the confirmed work was finished on this day."""
        self._check_taking_part(by)
        self._check_state("completed", State.CONFIRMED)
        _check_completion(self.kind, self.terms, on, stamp.at)
        self._trigger(self.Completed, stamp, by=by, completed_on=on)

    def assess(self, stamp: Stamp, by: UUID, given: Mapping[str, Any]) -> None:
        """Say how another party did; once for each, sealed at first."""
        self._check_party(by)
        self._check_state("assessed", State.COMPLETED, State.DISPUTED)
        self._check_agreed(by, "assessed")
        if self.completed_on is None:
            raise StateConflict("It is not completed yet; then it can be assessed.")
        assessment = read_assessment(self.kind, by, given, "", self.confirmed)
        if (by, assessment["about"]) in self.assessed:
            detail = "This firm has given its assessment already; it is given once."
            raise InvalidAssessment(detail, faults=[Fault("/about", detail)])
        self._trigger(self.Assessed, stamp, by=by, assessment=assessment)

    def amend(
        self,
        stamp: Stamp,
        by: UUID,
        terms: object,
        *,
        title: str | None = None,
        completed_on: date | None = None,
    ) -> None:
        """Correct the record before its end; whoever amends has accepted, the others are asked again."""
        self._check_taking_part(by)
        self._check_state("amended", State.PROPOSED, State.CONFIRMED)
        if self.kind.is_statement and by != self.proposed_by:
            raise NotAParty("Only the firm that made this statement can amend it; its subject may dispute it.")
        read = self.kind.read_terms(terms, self.parties)
        finished = completed_on or self.completed_on
        _check_completion(self.kind, read, finished, stamp.at)
        self._trigger(
            self.Amended, stamp, by=by, title=(title or self.title).strip(), terms=read, completed_on=finished
        )
        self._confirm_if_agreed(stamp)

    def attach_evidence(self, stamp: Stamp, by: UUID, document: Evidence) -> None:
        """Back the record with a document."""
        self._check_taking_part(by)
        self._check_open("backed with evidence")
        if len(self.evidence) >= MOST_DOCUMENTS:
            raise StateConflict(f"{MOST_DOCUMENTS} documents are attached; there is no room for more.")
        self._trigger(self.EvidenceAttached, stamp, by=by, document=read_evidence(document, "", self.evidence))

    def withdraw(self, stamp: Stamp, by: UUID, reason: str | None = None) -> None:
        """Take it back; only who proposed it, and only before its end."""
        self._check_party(by)
        if by != self.proposed_by:
            raise NotAParty("Only the firm that proposed it can withdraw it; others decline or dispute it.")
        self._check_state("withdrawn", State.PROPOSED, State.CONFIRMED)
        self._trigger(self.Withdrawn, stamp, by=by, reason=reason)

    def dispute(self, stamp: Stamp, by: UUID, reason: str) -> int:
        """Contest what counts; return the dispute's number, from 1."""
        self._check_party(by)
        self._check_state("disputed", State.CONFIRMED, State.COMPLETED, State.DISPUTED)
        self._check_agreed(by, "disputed")
        if any(dispute.by == by and dispute.outcome is None for dispute in self.disputes):
            raise StateConflict("This firm's dispute is open already; it waits for the coordinator.")
        number = len(self.disputes) + 1
        self._trigger(self.Disputed, stamp, number=number, by=by, reason=reason)
        return number

    def answer(self, stamp: Stamp, number: int, by: UUID, statement: str) -> None:
        """Answer a dispute, as another party."""
        self._check_taking_part(by)
        self._check_open("answered for")
        dispute = self._open_dispute(number)
        if by == dispute.by:
            raise NotAParty("The other parties answer a dispute, not the firm that raised it.")
        if by in dispute.answered_by:
            raise AlreadyAnswered("This firm has answered the dispute already.")
        self._trigger(self.Answered, stamp, number=number, by=by, statement=statement)

    def settle(
        self, stamp: Stamp, number: int, outcome: Outcome, *, note: str | None = None, terms: object = None
    ) -> None:
        """Decide a dispute as the coordinator; `terms` are the corrected ones when it is amended."""
        self._check_open("settled")
        dispute = self._open_dispute(number)
        if (outcome is Outcome.AMENDED) != (terms is not None):
            detail = "Corrected terms belong to the outcome “amended”, and only to it."
            raise InvalidTerms(detail, faults=[Fault("/terms", detail)])
        read = self.kind.read_terms(terms, self.parties) if terms is not None else None
        if read is not None:
            _check_completion(self.kind, read, self.completed_on, stamp.at)
        self._trigger(self.Settled, stamp, number=number, disputed_by=dispute.by, outcome=outcome.value, note=note)
        if read is not None:
            self._confirm(stamp, self.confirmed, read)

    # -- checks -----------------------------------------------------------------------------------------------

    def _trigger(self, event_class: type[Fact], stamp: Stamp, **values: Any) -> None:
        self.trigger_event(event_class, **{**stamp.fields(), "network_id": self.network_id}, **values)

    def _confirm_if_agreed(self, stamp: Stamp) -> None:
        agreed = [firm for firm in self.firms if self.answers.get(firm) is Answer.ACCEPTED]
        if self._is_enough(agreed):
            self._confirm(stamp, self.firms if self.kind.is_statement else agreed, self.terms)

    def _is_enough(self, agreed: Sequence[UUID]) -> bool:
        if self.kind.acceptance is Acceptance.EACH:
            return bool(self.kind.links(self._as_parties(agreed), self.terms))
        return self.kind.is_statement or len(agreed) == len(self.parties)

    def _confirm(self, stamp: Stamp, firms: Sequence[UUID], terms: dict[str, Any]) -> None:
        self._trigger(
            self.Confirmed,
            stamp,
            kind=self.kind_name,
            parties=self._as_parties(firms),
            terms=terms,
            documents=[document["sha256"] for document in self.evidence],
            proposed_by=self.proposed_by,
            completed_on=self.completed_on,
        )

    def _as_parties(self, firms: Sequence[UUID]) -> list[Party]:
        return [party for party in self.parties if party["firm"] in firms]

    def _check_party(self, firm: UUID) -> None:
        if firm not in self.firms:
            raise NotAParty("This firm is no party of the collaboration.")

    def _check_taking_part(self, firm: UUID) -> None:
        self._check_party(firm)
        if self.answers.get(firm) is Answer.DECLINED:
            raise NotAParty("This firm has declined; it takes no part any more.")

    def _check_agreed(self, firm: UUID, step: str) -> None:
        if firm not in self.confirmed:
            raise StateConflict(f"Accept it first; then it can be {step}.")

    def _check_open(self, step: str) -> None:
        if self.ended is not None:
            raise StateConflict(f"It is {self.ended}; it can no longer be {step}.")

    def _check_state(self, step: str, *fitting: State) -> None:
        if self.state not in fitting:
            raise StateConflict(f"It is {self.state}; it can be {step} while it is {' or '.join(fitting)}.")

    def _check_answerable(self, by: UUID) -> None:
        self._check_party(by)
        self._check_open("accepted or declined")
        if self.kind.is_statement:
            raise StateConflict(f"A {self.kind_name} needs no acceptance; its subject may dispute it.")
        if by in self.answers:
            raise AlreadyAnswered(f"This firm has {self.answers[by]} it already.")

    def _open_dispute(self, number: int) -> Dispute:
        if not 1 <= number <= len(self.disputes):
            raise NotFound(f"There is no dispute number {number}.")
        dispute = self.disputes[number - 1]
        if dispute.outcome is not None:
            raise StateConflict(f"Dispute {number} is settled: {dispute.outcome}.")
        return dispute


def _check_proposer(kind: Kind, by: UUID, parties: Sequence[Party]) -> None:
    role = next((party["role"] for party in parties if party["firm"] == by), None)
    if role is None:
        raise NotAParty("A firm records only work that it takes part in.")
    if kind.proposers and role not in kind.proposers:
        raise NotAParty(f"A {kind.name} is recorded by the {' or '.join(kind.proposers)}.")


def _check_completion(kind: Kind, terms: Mapping[str, Any], on: date | None, at: datetime) -> None:
    if on is not None and kind.is_statement:
        detail = f"A {kind.name} is a statement; there is nothing to complete."
        raise InvalidDate(detail, faults=[Fault("/completed_on", detail)])
    check_past(on, at, "/completed_on")
    begin = (terms.get("period") or {}).get("from")
    if on is not None and begin is not None and on < date.fromisoformat(begin):
        detail = f"The work was completed before it began on {begin}."
        raise InvalidDate(detail, faults=[Fault("/completed_on", detail)])


def _own_assessments(kind: Kind, by: UUID, proposal: Proposal) -> list[Assessment]:
    firms = [party["firm"] for party in proposal.parties]
    if proposal.assessments and proposal.completed_on is None:
        detail = "Assessments are given of finished work; state completed_on."
        raise Invalid(detail, faults=[Fault("/completed_on", detail)])
    read = [
        read_assessment(kind, by, given, f"/assessments/{n}", firms) for n, given in enumerate(proposal.assessments)
    ]
    if len({one["about"] for one in read}) < len(read):
        detail = "Each firm is assessed once."
        raise InvalidAssessment(detail, faults=[Fault("/assessments", detail)])
    return read
