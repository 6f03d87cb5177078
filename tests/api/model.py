"""The ledger as plain Python: what may be done with joint work and consents, and how many events that makes.

Every step answers the number of events it makes; none: it is refused. There are two parties, and both must accept.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Contest:
    """A dispute."""

    by: str
    answered: bool = False
    settled: bool = False


@dataclass
class Work:
    """Joint work of two firms."""

    id: str
    proposer: str
    parties: tuple[str, str]
    completed: bool
    assessed: set[str]
    accepted: set[str]
    version: int = 1
    confirmed: bool = False
    ended: str | None = None
    contests: list[Contest] = field(default_factory=list)

    @property
    def state(self) -> str:
        """What everybody is shown."""
        if self.ended:
            return self.ended
        if not all(contest.settled for contest in self.contests):
            return "disputed"
        if not self.confirmed:
            return "proposed"
        return "completed" if self.completed else "confirmed"

    @property
    def counts(self) -> bool:
        """Whether it belongs to the history that a bank is shown."""
        return self.confirmed and self.ended is None

    def accept(self, by: str) -> int:
        """The second of the two confirms."""
        if self.ended or by not in self.parties or by in self.accepted:
            return 0
        self.accepted.add(by)
        self.confirmed = True
        return 2

    def decline(self, by: str) -> int:
        """One is enough."""
        if self.ended or by not in self.parties or by in self.accepted:
            return 0
        self.ended = "declined"
        return 1

    def complete(self, by: str) -> int:
        """Once, when both agree."""
        if by not in self.parties or self.state != "confirmed":
            return 0
        self.completed = True
        return 1

    def assess(self, by: str) -> int:
        """Once each, when it is done."""
        if by not in self.parties or not self.completed or self.state not in {"completed", "disputed"}:
            return 0
        given = by in self.assessed
        self.assessed.add(by)
        return not given

    def amend(self, by: str) -> int:
        """The other is asked again."""
        if by not in self.parties or self.state not in {"proposed", "confirmed"}:
            return 0
        self.accepted, self.confirmed = {by}, False
        return 1

    def withdraw(self, by: str) -> int:
        """By who proposed it."""
        if by != self.proposer or self.state not in {"proposed", "confirmed"}:
            return 0
        self.ended = "withdrawn"
        return 1

    def dispute(self, by: str) -> int:
        """One at a time each."""
        if by not in self.parties or self.state not in {"confirmed", "completed", "disputed"}:
            return 0
        if any(contest.by == by and not contest.settled for contest in self.contests):
            return 0
        self.contests.append(Contest(by))
        return 1

    def answer(self, by: str, number: int) -> int:
        """Once, by the other."""
        contest = self._open(number)
        if contest is None or by not in self.parties or by == contest.by or contest.answered:
            return 0
        contest.answered = True
        return 1

    def settle(self, number: int, outcome: str) -> int:
        """By the office; amended terms are confirmed anew, struck work is over."""
        contest = self._open(number)
        if contest is None:
            return 0
        contest.settled = True
        if outcome == "struck":
            self.ended = "struck"
        return 2 if outcome == "amended" else 1

    def _open(self, number: int) -> Contest | None:
        if self.ended or not 1 <= number <= len(self.contests) or self.contests[number - 1].settled:
            return None
        return self.contests[number - 1]
