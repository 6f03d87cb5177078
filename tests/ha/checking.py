"""Holding the log against what was answered: nothing lost, moved, doubled or changed, nothing refused there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ledger.store.leaves import Stored
from tests.ha.answers import Answer, Outcome, digest


@dataclass
class Verdict:
    """How many answers were held against the log, and every one that it does not bear out."""

    answers: Counter[Outcome] = field(default_factory=Counter)
    acknowledged: int = 0  # events
    lost: int = 0  # of them
    found_unknown: int = 0  # calls whose outcome was unknown and whose events are there
    complaints: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """In one line."""
        return (
            f"{self.acknowledged} events acknowledged, {self.lost} lost, {len(self.complaints)} complaints; "
            f"{self.answers[Outcome.REFUSED]} calls refused; "
            f"{self.answers[Outcome.UNKNOWN]} unknown, of which {self.found_unknown} are there"
        )


def check(log: Sequence[Stored], answers: Sequence[Answer], *, whole: bool = False) -> Verdict:
    """Hold the log against all answers; with `whole`, nobody writes any more, and each event has an answer."""
    verdict = Verdict()
    by_id: dict[str, list[Stored]] = {}
    for event in log:
        by_id.setdefault(str(event.originator_id), []).append(event)
    for answer in answers:
        verdict.answers[answer.outcome] += 1
        _hold(answer, by_id.get(answer.id, []), verdict)
    verdict.complaints += _order(log)
    if whole:
        known = {answer.id for answer in answers}
        verdict.complaints += [f"{id_} is there, and nobody recorded it" for id_ in by_id.keys() - known]
    return verdict


def _hold(answer: Answer, found: Sequence[Stored], verdict: Verdict) -> None:
    there = [digest(event.topic, event.state) for event in found]
    whole = there == list(answer.contents) and [e.originator_version for e in found] == _versions(answer)
    if answer.outcome is Outcome.RECORDED:
        verdict.acknowledged += len(answer.contents)
        verdict.lost += max(0, len(answer.contents) - len(found))
        if not whole:
            verdict.complaints.append(
                f"{answer.id} was acknowledged at {answer.position}: {_difference(answer, found)}"
            )
        elif found[-1].position != answer.position:
            verdict.complaints.append(f"{answer.id} was at {answer.position}, and is at {found[-1].position}")
    elif answer.outcome is Outcome.REFUSED and found:
        verdict.complaints.append(f"{answer.id} was refused ({answer.words}), and is there")
    elif answer.outcome is Outcome.UNKNOWN and found:
        verdict.found_unknown += 1
        if not whole:
            verdict.complaints.append(f"{answer.id} was left unknown: {_difference(answer, found)}")


def _versions(answer: Answer) -> list[int]:
    return list(range(1, len(answer.contents) + 1))


def _difference(answer: Answer, found: Sequence[Stored]) -> str:
    if not found:
        return "it is lost"
    return f"{len(answer.contents)} events were given, the log holds {len(found)}, not the same"


def _order(log: Sequence[Stored]) -> list[str]:
    places: Mapping[tuple[object, int], int] = Counter((e.originator_id, e.originator_version) for e in log)
    doubled = [f"{id_} has version {version} {n} times" for (id_, version), n in places.items() if n > 1]
    return doubled + [
        f"position {later.position} follows {earlier.position}"
        for earlier, later in pairwise(log)
        if later.position <= earlier.position
    ]
