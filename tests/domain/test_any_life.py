"""Any life of a collaboration: whatever parties and coordinator try, in any order, these things stay true."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ledger.domain.collaboration import Answer, Collaboration, Outcome, Proposal, State
from ledger.domain.errors import LedgerError
from ledger.domain.event import Stamp
from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.kinds.kind import Acceptance, Kind
from tests.domain.given import ALPHA, BETA, GAMMA, INVOICE, NOON, STRANGER, now
from tests.domain.kinds.examples import EXAMPLES, parties

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRMS = st.sampled_from([ALPHA, BETA, GAMMA, STRANGER])
NUMBERS = st.integers(1, 3)
DAYS = st.dates(date(2026, 9, 1), date(2026, 11, 30))
MEASURES: dict[str, st.SearchStrategy[Any]] = {"on_time": st.booleans(), "rating": st.integers(0, 6)}
ASSESSMENTS = st.fixed_dictionaries({"about": FIRMS}, optional=MEASURES)


class Life(RuleBasedStateMachine):
    """One collaboration of any kind, and everything that anybody may try with it."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = count()
        self.documents = count()

    @initialize(
        kind=st.sampled_from(KINDS),
        done=st.none() | st.just(date(2026, 11, 6)),
        leads=st.booleans(),
        agreed=st.booleans(),
    )
    def propose(self, kind: Kind, done: date | None, leads: bool, agreed: bool) -> None:
        """Begin with a proposal or, because steps at random seldom get that far, with all acceptances."""
        by = ALPHA if leads or kind.proposers else BETA
        completed = None if kind.acceptance is Acceptance.NONE else done
        said = Proposal(kind.name, "Example", parties(kind), EXAMPLES[kind.name], completed_on=completed)
        self.job = Collaboration.propose(UUID(int=1000), self.soon(), by, said)
        for firm in self.job.firms if agreed and kind.acceptance is not Acceptance.NONE else []:
            if firm != by:
                self.job.accept(self.soon(), firm)

    def soon(self) -> Stamp:
        return now(NOON + timedelta(minutes=next(self.clock)))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Let a step happen or be refused; a refusal is the ledger's own and changes nothing."""
        before = deepcopy(self.job)
        try:
            yield
        except LedgerError:
            assert self.job == before
        else:
            assert before.ended is None
            assert self.job.version > before.version

    @rule(by=FIRMS)
    def accept(self, by: UUID) -> None:
        with self.attempt():
            self.job.accept(self.soon(), by)

    @rule(by=FIRMS)
    def decline(self, by: UUID) -> None:
        with self.attempt():
            self.job.decline(self.soon(), by, "No.")

    @rule(by=FIRMS, on=DAYS)
    def complete(self, by: UUID, on: date) -> None:
        with self.attempt():
            self.job.complete(self.soon(), by, on)

    @rule(by=FIRMS, assessment=ASSESSMENTS)
    def assess(self, by: UUID, assessment: dict[str, Any]) -> None:
        with self.attempt():
            self.job.assess(self.soon(), by, assessment)

    @rule(by=FIRMS, done=st.none() | DAYS, spoilt=st.booleans())
    def amend(self, by: UUID, done: date | None, spoilt: bool) -> None:
        terms = {**EXAMPLES[self.job.kind_name], **({"colour": "blue"} if spoilt else {})}
        with self.attempt():
            self.job.amend(self.soon(), by, terms, title="Amended", completed_on=done)

    @rule(by=FIRMS, again=st.booleans())
    def attach(self, by: UUID, again: bool) -> None:
        number = 0 if again else next(self.documents)
        with self.attempt():
            self.job.attach_evidence(self.soon(), by, {**INVOICE, "sha256": f"{number:064x}"})  # type: ignore[typeddict-item]

    @rule(by=FIRMS)
    def withdraw(self, by: UUID) -> None:
        with self.attempt():
            self.job.withdraw(self.soon(), by)

    @rule(by=FIRMS)
    def dispute(self, by: UUID) -> None:
        with self.attempt():
            assert self.job.dispute(self.soon(), by, "No.") == len(self.job.disputes)

    @rule(by=FIRMS, number=NUMBERS)
    def answer(self, by: UUID, number: int) -> None:
        with self.attempt():
            self.job.answer(self.soon(), number, by, "Yes.")

    @rule(number=NUMBERS, outcome=st.sampled_from(Outcome), corrected=st.booleans())
    def settle(self, number: int, outcome: Outcome, corrected: bool) -> None:
        terms = EXAMPLES[self.job.kind_name] if corrected else None
        with self.attempt():
            self.job.settle(self.soon(), number, outcome, terms=terms)

    @invariant()
    def nothing_counts_without_the_acceptances_that_its_kind_asks_for(self) -> None:
        job = self.job
        accepted = {firm for firm, answer in job.answers.items() if answer is Answer.ACCEPTED}
        if job.confirmed and job.kind.acceptance is Acceptance.ALL:
            assert set(job.confirmed) == set(job.firms) == accepted
        if job.confirmed and job.kind.acceptance is Acceptance.EACH:
            assert set(job.confirmed) <= accepted
            confirmed = [party for party in job.parties if party["firm"] in job.confirmed]
            assert job.kind.links(confirmed, job.terms)

    @invariant()
    def the_state_says_what_counts(self) -> None:
        counting = {State.CONFIRMED, State.COMPLETED, State.DISPUTED}
        if self.job.ended is None:
            assert (self.job.state in counting) is bool(self.job.confirmed)
            assert self.job.state is not State.COMPLETED or self.job.completed_on is not None
        else:
            assert self.job.state is self.job.ended

    @invariant()
    def the_events_alone_make_the_same_aggregate(self) -> None:
        rebuilt: Any = None
        for event in self.job.pending_events:
            rebuilt = event.mutate(rebuilt)
        assert {**vars(rebuilt), "_pending_events": []} == {**vars(self.job), "_pending_events": []}

    @invariant()
    def the_version_counts_the_events(self) -> None:
        versions = [event.originator_version for event in self.job.pending_events]
        assert versions == list(range(1, self.job.version + 1))

    @invariant()
    def only_parties_have_a_say(self) -> None:
        said: set[UUID] = set(self.job.answers) | {dispute.by for dispute in self.job.disputes}
        said |= {firm for pair in self.job.assessed for firm in pair}
        said |= {firm for dispute in self.job.disputes for firm in dispute.answered_by}
        assert said <= set(self.job.firms)


Life.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestLife = Life.TestCase
