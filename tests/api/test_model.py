"""Whatever is asked over HTTP, in any order: the ledger and a plain model of it stay the same."""

from __future__ import annotations

import os
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.api.callers import Caller
from tests.api.jobs import body, terms
from tests.api.model import Work
from tests.api.world import World

# CI plays the same few lives in every run; scripts/fuzz plays many, and others every time.
LIVES = int(os.environ.get("LEDGER_FUZZ_EXAMPLES", "0"))
STEPS = 40
PARTIES = ("alpha", "beta")
FIRMS = st.sampled_from([*PARTIES, *PARTIES, "gamma"])  # gamma is of the same network, and no party
EARLIER = st.sampled_from([0, 0, 1])  # the last dispute, or the one before it
DONE = "2024-11-08"
KEYS = count()


class Lives(RuleBasedStateMachine):
    """Works of two new firms, their consents for a bank, and everything that anybody may try."""

    works: Bundle[Work] = Bundle("works")

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.firms = {"alpha": self._firm(), "beta": self._firm(), "gamma": world.gamma}
        self.sent: list[tuple[str, str, Any, Any]] = []  # by whom, under which key, what, and the answer
        self.made: list[Work] = []
        self.consents: dict[str, str | None] = {}  # by firm; None: withdrawn
        self.expected = 0
        self.position = world.house.store.head()

    # -- joint work ---------------------------------------------------------------------------------------------

    @initialize(target=works, by=st.sampled_from(PARTIES), done=st.booleans(), contested=st.booleans())
    def agree(self, by: str, done: bool, contested: bool) -> Work:
        """Begin with what both agree to, and perhaps contest: steps at random seldom get that far."""
        work = self._proposed(by, done)
        other = "beta" if by == "alpha" else "alpha"
        self.accept(work, other)
        if contested:
            self.dispute(work, other)
        return work

    @precondition(lambda self: len(self.made) < 3)
    @rule(target=works, by=st.sampled_from(PARTIES), done=st.booleans())
    def propose(self, by: str, done: bool) -> Work:
        """A party records what is agreed upon or done."""
        return self._proposed(by, done)

    @rule(number=st.integers(0, 2), other=st.booleans())
    def repeat(self, number: int, other: bool) -> None:
        """The same key again: the same answer; with something else: refused."""
        if number < len(self.sent):
            by, key, sent, first = self.sent[number]
            changed = {**sent, "title": "Another"} if other else sent
            answer = self.firms[by].post("/collaborations", changed, Idempotency_Key=key)
            assert answer.status_code == (422 if other else 201)
            assert other or answer.json["id"] == first["id"]

    @rule(work=works, by=FIRMS)
    def accept(self, work: Work, by: str) -> None:
        """Agree."""
        self._step(work, by, "acceptances", {}, work.accept(by))

    @rule(work=works, by=FIRMS)
    def decline(self, work: Work, by: str) -> None:
        """Refuse."""
        self._step(work, by, "declines", {"reason": "Not ours"}, work.decline(by))

    @rule(work=works, by=FIRMS)
    def complete(self, work: Work, by: str) -> None:
        """Say that it is finished."""
        self._step(work, by, "completion", {"completed_on": DONE}, work.complete(by))

    @rule(work=works, by=FIRMS)
    def assess(self, work: Work, by: str) -> None:
        """Say how the other did."""
        self._step(work, by, "assessments", self._assessment(by), work.assess(by))

    @rule(work=works, by=FIRMS)
    def amend(self, work: Work, by: str) -> None:
        """Correct it."""
        self._step(work, by, "amendments", {"terms": self._terms()}, work.amend(by))

    @rule(work=works, by=FIRMS)
    def withdraw(self, work: Work, by: str) -> None:
        """Take it back."""
        self._step(work, by, "withdrawal", {"reason": "An error"}, work.withdraw(by))

    @rule(work=works, by=FIRMS)
    def dispute(self, work: Work, by: str) -> None:
        """Contest it."""
        self._step(work, by, "disputes", {"reason": "Two pieces were missing"}, work.dispute(by))

    @rule(work=works, by=FIRMS, earlier=EARLIER)
    def answer(self, work: Work, by: str, earlier: int) -> None:
        """Answer a dispute."""
        number = max(1, len(work.contests) - earlier)
        self._step(work, by, f"disputes/{number}/answers", {"statement": "They were not"}, work.answer(by, number))

    @rule(work=works, earlier=EARLIER, outcome=st.sampled_from(["upheld", "amended", "struck"]))
    def settle(self, work: Work, earlier: int, outcome: str) -> None:
        """Decide a dispute."""
        number = max(1, len(work.contests) - earlier)
        sent = {"outcome": outcome, **({"terms": self._terms()} if outcome == "amended" else {})}
        self._step(work, "office", f"disputes/{number}/settlement", sent, work.settle(number, outcome))

    @rule(work=works, behind=st.integers(-1, 1).filter(bool))
    def decide_on_another_version(self, work: Work, behind: int) -> None:
        """Nothing is done that was decided on another version."""
        path, match = f"/collaborations/{work.id}/acceptances", f'"{work.version + behind}"'
        answer = self.firms["beta"].post(path, {}, If_Match=match)
        assert answer.status_code in {400, 409, 412}

    # -- consents, and the bank ---------------------------------------------------------------------------------

    @rule(by=st.sampled_from(PARTIES))
    def grant(self, by: str) -> None:
        """Let the bank look; once more changes nothing."""
        sent = {"bank": self.world.bank.id, "purpose": "working capital", "until": "2026-12-31"}
        self.expected += self.consents.get(by) is None
        self.consents[by] = self.firms[by].record("/consents", sent)["id"]

    @rule(by=st.sampled_from(PARTIES))
    def take_back(self, by: str) -> None:
        """Let it look no longer."""
        consent = self.consents.get(by)
        if consent is not None:
            assert self.firms[by].send("DELETE", f"/consents/{consent}").status_code == 204
            assert self.firms[by].send("DELETE", f"/consents/{consent}").status_code == 409
            self.consents[by] = None
            self.expected += 1

    @rule(of=st.sampled_from(PARTIES))
    def look(self, of: str) -> None:
        """With consent the bank is shown what counts, and every look is an event; without it there is nothing."""
        answer = self.world.bank.get(f"/firms/{self.firms[of].id}/history?limit=200")
        if self.consents.get(of) is None:
            assert answer.status_code == 404
            return
        shown = {work.id for work in self.made if work.counts}
        assert {item["id"] for item in answer.json["items"]} == shown
        seen = PARTIES if shown else (of,)  # every party of a job that was shown is looked at, if it lets the bank look
        self.expected += sum(self.consents.get(firm) is not None for firm in seen)

    # -- what stays true ----------------------------------------------------------------------------------------

    @invariant()
    def nothing_else_was_recorded(self) -> None:
        """The log has the events that the model counts."""
        assert len(self.world.house.store.read_stored(self.position, 10_000)) == self.expected

    def teardown(self) -> None:
        """In the end everything stands where the model says."""
        for work in self.made:
            shown = self.firms["alpha"].read(f"/collaborations/{work.id}")
            assert (shown["state"], shown["version"]) == (work.state, work.version)

    def _proposed(self, by: str, done: bool) -> Work:
        more = {"completed_on": DONE, "assessments": [self._assessment(by)]} if done else {}
        sent, key = body("subcontract", self.firms["alpha"], self.firms["beta"], **more), f"life-{next(KEYS)}"
        answer = self.firms[by].record("/collaborations", sent, Idempotency_Key=key)
        self.expected += 1
        self.sent.append((by, key, sent, answer))
        self.made.append(Work(answer["id"], by, PARTIES, done, {by} if done else set(), {by}))
        return self.made[-1]

    def _step(self, work: Work, by: str, path: str, sent: Any, events: int) -> None:
        caller = self.world.office if by == "office" else self.firms[by]
        answer = caller.post(f"/collaborations/{work.id}/{path}", sent, If_Match=f'"{work.version}"')
        work.version += events
        self.expected += events
        assert (answer.status_code == 201) == bool(events), answer.text
        assert events or answer.status_code in {403, 404, 409, 422}, answer.text
        shown = self.firms["beta"].read(f"/collaborations/{work.id}")
        assert (shown["state"], shown["version"]) == (work.state, work.version)

    def _firm(self) -> Caller:
        id_ = self.world.office.record("/firms", {"name": "Example firm", "country": "DE"})["id"]
        key = self.world.office.record("/keys", {"role": "firm", "subject": id_})["key"]
        return self.world.holding(key, id_)

    def _assessment(self, by: str) -> dict[str, Any]:
        about = self.firms["beta" if by == "alpha" else "alpha"].id
        return {"about": about, "accepted": True}

    def _terms(self) -> dict[str, Any]:
        return terms("subcontract", self.firms["alpha"], self.firms["beta"])


@pytest.mark.slow
def test_the_ledger_is_as_its_model(either_world: World, database_url: str) -> None:
    """States, versions, who may do what, what a bank is shown, repeated keys, and the number of events."""
    few = 12 if database_url.startswith("sqlite") else 4
    chosen = settings(
        max_examples=LIVES or few,
        stateful_step_count=STEPS,
        derandomize=not LIVES,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Lives(either_world), settings=chosen)  # type: ignore[arg-type]  # a factory will do
