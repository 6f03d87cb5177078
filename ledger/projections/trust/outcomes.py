"""What a collaboration's story says of its parties by now: ties, reports and disputes; nothing while unconfirmed.

A dispute counts against the firms linked with the one that raised it: its good reports on them are withdrawn and
one bad report takes their place. So it stays while the dispute is open and when it ends with a corrected record.
Settled as "upheld" the record stands, and everything counts as before; "struck" takes the whole job out.
A contested statement is no disputed job: until it is struck it counts as it stands, so that contesting helps nobody
and harms nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ledger.domain.collaboration import Outcome
from ledger.domain.money import Money
from ledger.domain.sealing import opens_at
from ledger.projections.trust.reports import evidence, qualities, total
from ledger.projections.trust.story import Said, Story, Tied, is_statement
from ledger.projections.trust.strength import job_weight, reference_weight, strength

Row = dict[str, Any]


def ties(story: Story) -> list[Row]:
    """Return who has confirmed joint work with whom, from either side; a statement ties nobody."""
    if story["ended"] or is_statement(story):
        return []
    on = _business_date(story)
    return [{"firm": UUID(one), "partner": UUID(other), "on": on} for one, other in _pairs(story)]


def reports(story: Story) -> list[Row]:
    """Return what the parties say of each other, each with the moment from which it counts."""
    if story["ended"] or not story["links"]:
        return []
    if is_statement(story):
        return list(_references(story))
    return [*_assessments(story), *_complaints(story)]


def disputes(story: Story) -> list[Row]:
    """Return every dispute for each firm that it concerns; a struck job's disputes stay known."""
    return [
        {"firm": UUID(firm), "number": number, "raised": raised, "outcome": contest["outcome"]}
        for number, contest in enumerate(story["contests"], 1)
        for firm, raised in [(contest["by"], True), *((other, False) for other in contest["against"])]
    ]


def _assessments(story: Story) -> Iterable[Row]:
    given = {(said["by"], said["about"]): said for said in story["said"]}
    standing = _standing(story)
    for pair, said in given.items():
        if said["measures"] and set(pair) <= story["confirmed"].keys():
            counter = given.get((said["about"], said["by"]))
            yield _report(
                story,
                *pair,
                source="assessment",
                measures=said["measures"],
                contested=pair in standing,
                opens_at=_opens_at(story, said, counter),
            )


def _complaints(story: Story) -> Iterable[Row]:
    """One bad report for each pair with a standing dispute, however many there are."""
    linked = set(_pairs(story))
    for pair, at in _standing(story).items():
        if pair in linked:
            opens = datetime.fromisoformat(at)
            yield _report(story, *pair, source="dispute", measures={}, contested=True, opens_at=opens)


def _references(story: Story) -> Iterable[Row]:
    contested = bool(_standing(story))
    for link in story["links"]:
        yield _report(
            story,
            link["leading"],
            link["following"],
            source="reference",
            measures=story["terms"] or {},
            contested=contested,
            opens_at=datetime.fromisoformat(story["confirmed"][link["leading"]]),
        )


def _report(
    story: Story,
    by: str,
    about: str,
    *,
    source: str,
    measures: dict[str, Any],
    contested: bool,
    opens_at: datetime,
) -> Row:
    on = _business_date(story)
    weight = reference_weight() if source == "reference" else _weight(story, by, about)
    stands = strength(weight, on)
    withdrawn = contested and source == "assessment"
    good, bad = total(evidence(stands, qualities(source, measures), withdrawn=withdrawn))
    return {
        "by": UUID(by),
        "about": UUID(about),
        "on": on,
        "source": source,
        "measures": measures,
        "contested": contested,
        "withdrawn": withdrawn,
        "strength": stands,
        "good": good,
        "bad": bad,
        "opens_at": opens_at,
    }


def _weight(story: Story, by: str, about: str) -> int:
    link = _link(story, by, about)
    value = None
    if link and link["amount"] and link["currency"]:
        value = Money(Decimal(link["amount"]), link["currency"])
    return job_weight(value, backed=story["backed"])


def _opens_at(story: Story, said: Said, counter: Said | None) -> datetime:
    both = (story["confirmed"][said["by"]], story["confirmed"][said["about"]])
    confirmed = max(datetime.fromisoformat(at) for at in both)
    answered = datetime.fromisoformat(counter["at"]) if counter else None
    opens = opens_at(datetime.fromisoformat(said["at"]), answered, confirmed)
    return opens or confirmed


def _standing(story: Story) -> dict[tuple[str, str], str]:
    """Return the pairs (raised by, against) of disputes that are open or were right, with the earliest time."""
    found: dict[tuple[str, str], str] = {}
    for contest in story["contests"]:
        if contest["outcome"] in (None, Outcome.AMENDED):
            for other in contest["against"]:
                found.setdefault((contest["by"], other), contest["at"])
    return found


def _pairs(story: Story) -> list[tuple[str, str]]:
    sides = [(link["leading"], link["following"]) for link in story["links"]]
    return [pair for one, other in sides for pair in ((one, other), (other, one))]


def _link(story: Story, one: str, other: str) -> Tied | None:
    """Return the link between two parties; two partners of one lead have none, only each with the lead."""
    pair = {one, other}
    return next((link for link in story["links"] if {link["leading"], link["following"]} == pair), None)


def _business_date(story: Story) -> date:
    return date.fromisoformat(story["completed_on"] or story["proposed_on"])
