"""What the store answered to whom: kept in files outside of every database, one line an answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path


class Outcome(StrEnum):
    """What a writer was told."""

    RECORDED = "recorded"
    REFUSED = "refused"  # nothing was written
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One call of `record` with all its events: id and version are those of the first, contents are digests."""

    writer: str
    id: str
    contents: Sequence[str]
    outcome: Outcome
    position: int | None  # of the last event
    asked: float  # on this machine's monotonic clock
    answered: float
    words: str = ""

    def line(self) -> str:
        """As it is written down."""
        return json.dumps(asdict(self)) + "\n"


def digest(topic: str, state: bytes) -> str:
    """What stands for an event's content."""
    return hashlib.sha256(topic.encode() + b"\n" + state).hexdigest()


def read(files: Iterable[Path]) -> list[Answer]:
    """Read what writers have written down so far; a line that is being written is left for later."""
    return [
        Answer(**{**values, "outcome": Outcome(values["outcome"])})
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines(keepends=True)
        if line.endswith("\n")
        for values in [json.loads(line)]
    ]


def silence(answers: Iterable[Answer], begin: float, end: float) -> float:
    """Return the longest time between `begin` and `end` in which no event was acknowledged."""
    heard = sorted(a.answered for a in answers if a.outcome is Outcome.RECORDED and begin < a.answered < end)
    moments = [begin, *heard, end]
    return max(later - earlier for earlier, later in pairwise(moments))
