"""The desk: gives the ledger's own commands in the name of the demonstration's firms and banks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from ledger.application import collaborations
from ledger.application.collaborations import Target
from ledger.application.ledger import Ledger
from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import Outcome, Proposal, State
from ledger.domain.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from ledger.demo.firms import Member
    from ledger.demo.job import Job


@dataclass
class Desk:
    """Everything is recorded here with keys that are counted, so ids come out the same every time."""

    ledger: Ledger
    network: UUID
    _keys: Iterator[int] = field(default_factory=count)

    @property
    def coordinator(self) -> Actor:
        """The network office."""
        return Actor(Role.COORDINATOR, self.network, self.network)

    def actor(self, member: Member) -> Actor:
        """Return who enters for this firm: the office, where the firm has no time for it."""
        return self.coordinator if member.by_office else self.firm(member)

    def firm(self, member: Member) -> Actor:
        """Return the firm itself."""
        return Actor(Role.FIRM, member.id, self.network)

    def key(self) -> str:
        """Return an idempotency key that was not used yet."""
        return f"demonstration-{next(self._keys)}"

    def paper(self, title: str) -> Evidence:
        """Make up a document: there is none, so its hash is that of a text which says so."""
        text = f"{title}, made up, number {next(self._keys)}"
        return Evidence(sha256=hashlib.sha256(text.encode()).hexdigest(), media_type="application/pdf", title=title)

    def propose(
        self,
        job: Job,
        *,
        completed_on: date | None = None,
        assessments: list[dict[str, Any]] | None = None,
        papers: list[Evidence] | None = None,
        from_document: bool = False,
    ) -> UUID:
        """Record a job for its proposer; `from_document` says that it was read from its first paper."""
        evidence = papers or []
        proposal = Proposal(
            kind=job.kind,
            title=job.title,
            parties=job.as_parties(),
            terms=job.terms,
            evidence=evidence,
            completed_on=completed_on,
            assessments=assessments or [],
            document=evidence[0]["sha256"] if from_document and evidence else None,
        )
        by = job.proposer
        return collaborations.propose(self.ledger, self.actor(by), self.key(), proposal, proposed_by=by.id).id

    def accept(self, by: Member, id_: UUID) -> State:
        """Accept, and return where the collaboration stands now."""
        return State(str(collaborations.accept(*self._step(by, id_)).state))

    def decline(self, by: Member, id_: UUID, reason: str) -> None:
        """Decline."""
        collaborations.decline(*self._step(by, id_), reason=reason)

    def withdraw(self, by: Member, id_: UUID, reason: str) -> None:
        """Take a proposal back."""
        collaborations.withdraw(*self._step(by, id_), reason=reason)

    def amend(self, by: Member, id_: UUID, terms: dict[str, Any]) -> None:
        """Correct the terms."""
        collaborations.amend(*self._step(by, id_), terms=terms)

    def attach(self, by: Member, id_: UUID, title: str) -> None:
        """Back the record with a document."""
        collaborations.attach_evidence(*self._step(by, id_), evidence=self.paper(title))

    def complete(self, by: Member, id_: UUID, on: date) -> None:
        """State that the work was finished."""
        collaborations.complete(*self._step(by, id_), completed_on=on)

    def assess(self, by: Member, id_: UUID, assessment: dict[str, Any]) -> None:
        """Say how another party did."""
        collaborations.assess(*self._step(by, id_), assessment=assessment)

    def dispute(self, by: Member, id_: UUID, reason: str) -> int:
        """Contest a record; return the dispute's number."""
        return collaborations.dispute(*self._step(by, id_), reason=reason)[0]

    def answer(self, by: Member, id_: UUID, number: int, statement: str) -> None:
        """Answer a dispute."""
        collaborations.answer(*self._step(by, id_), number, statement=statement)

    def settle(self, id_: UUID, number: int, outcome: Outcome, note: str, terms: dict[str, Any] | None) -> None:
        """Decide a dispute as the network office."""
        collaborations.settle(
            self.ledger, self.coordinator, Target(id_), number, outcome=outcome, note=note, terms=terms
        )

    def _step(self, by: Member, id_: UUID) -> tuple[Ledger, Actor, Target]:
        return self.ledger, self.actor(by), Target(id_, by.id)
