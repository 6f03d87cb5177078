"""Everything that the room knows, to the bit: what a property compares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Table, select

from ledger.domain.actor import OPERATOR
from ledger.projections.trust import queries
from ledger.projections.trust.epoch import GRAIN
from ledger.projections.trust.posterior import Score
from ledger.projections.trust.posterior import score as weigh
from ledger.projections.trust.reports import evidence, qualities
from ledger.projections.trust.strength import worth
from ledger.projections.trust.tables import CREDIBILITY, REPORTS, VERIFIED
from ledger.subscriptions.held import VERSIONING
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of
from tests.stories import Story, on

LATER = on(400)  # when every seal is off

Row = dict[str, Any]


class Bits(NamedTuple):
    """What firms are told, what they are worth unrounded and unhidden, whose word counts, and who is verified."""

    answers: dict[UUID, Row]
    scores: dict[UUID, Score]
    credibility: dict[UUID, int]
    verified: dict[UUID, str]


def bits(story: Story, firms: Iterable[UUID], **asked: Any) -> Bits:
    """All that can be known of these firms when every seal is off, without the positions that it is true for."""
    with story.reading(**asked) as reading:
        later = replace(reading, time=LATER)
        answers = {firm: queries.score(later, OPERATOR, firm) for firm in firms}
        reports, credible = rows(later, REPORTS), credibility(later)
        verified = {row["firm"]: row["authority"] for row in rows(later, VERIFIED)}
    today = worth(LATER.date())
    scores = {firm: reckoned(reports, firm, credible, today) for firm in firms}
    stripped = {firm: {**answer, "position": 0} for firm, answer in answers.items()}
    return Bits(stripped, scores, credible, verified)


def rows(reading: Reading, table: Table) -> list[Row]:
    """A table's rows that are true as of the reading."""
    found = reading.connection.execute(select(table).where(as_of(table, reading.position))).mappings()
    return [{name: value for name, value in row.items() if name not in VERSIONING} for row in found]


def credibility(reading: Reading) -> dict[UUID, int]:
    """Whose word counts, in thousandths."""
    return {row["firm"]: row["thousandths"] for row in rows(reading, CREDIBILITY)}


def believed(story: Story, **asked: Any) -> dict[UUID, int]:
    """Whose word counts in a story, in thousandths."""
    with story.reading(**asked) as reading:
        return credibility(reading)


def expected(story: Story, firm: UUID, **asked: Any) -> Score:
    """A firm's score by the formula, from the tables alone."""
    with story.reading(**asked) as reading:
        opened = [row for row in rows(reading, REPORTS) if row["opens_at"] <= reading.time]
        return reckoned(opened, firm, credibility(reading), worth(reading.time.date()))


def reckoned(reports: Iterable[Row], firm: UUID, credible: Mapping[UUID, int], today: float) -> Score:
    """A firm's score by the formula, also where none is shown."""
    said = [
        (
            str(row["by"]),
            evidence(row["strength"], qualities(row["source"], row["measures"]), withdrawn=row["withdrawn"]),
        )
        for row in reports
        if row["about"] == firm
    ]
    return weigh(said, today, {str(rater): thousandths / GRAIN for rater, thousandths in credible.items()})


def sums(story: Story) -> dict[tuple[UUID, UUID], tuple[int, int]]:
    """All good and all bad evidence of each rater on each firm, as an epoch adds it up."""
    found: dict[tuple[UUID, UUID], tuple[int, int]] = defaultdict(lambda: (0, 0))
    with story.reading() as reading:
        for row in rows(reading, REPORTS):
            good, bad = found[row["about"], row["by"]]
            found[row["about"], row["by"]] = (good + row["good"], bad + row["bad"])
    return {pair: total for pair, total in found.items() if total != (0, 0)}
