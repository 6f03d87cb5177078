"""What the score must remember of one collaboration while its events arrive; pure, and made of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict

from ledger.domain.assessment import Assessment
from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.kind import Measure

# What the score reads of an assessment. Comments are personal, and defects are told by "accepted" already.
MEASURES = (Measure.ON_TIME, Measure.ACCEPTED, Measure.PAID_ON_TIME, Measure.RATING)


class Said(TypedDict):
    """One firm on another, and when."""

    by: str
    about: str
    at: str
    measures: dict[str, Any]


class Tied(TypedDict):
    """Two firms that worked for each other, with the value between them."""

    leading: str
    following: str
    amount: str | None
    currency: str | None


class Contest(TypedDict):
    """A dispute: who raised it against whom, and how it ended."""

    by: str
    against: list[str]
    at: str
    outcome: str | None


class Story(TypedDict):
    """A collaboration so far; `confirmed` says since when each confirmed party counts."""

    kind: str
    proposed_on: str
    completed_on: str | None
    backed: bool
    ended: bool
    confirmed: dict[str, str]
    links: list[Tied]
    terms: dict[str, Any] | None  # of a statement only
    said: list[Said]
    contests: list[Contest]


def is_statement(story: Story) -> bool:
    """Tell whether nobody had to accept it, as with a credit reference: no joint work, one firm's word."""
    return kind_named(story["kind"]).is_statement


def begun(event: Any) -> Story:
    """Begin the story of a proposal."""
    return Story(
        kind=event.kind,
        proposed_on=event.happened_on.isoformat(),
        completed_on=_iso(event.completed_on),
        backed=bool(event.evidence),
        ended=False,
        confirmed={},
        links=[],
        terms=None,
        said=[_said(one, event.timestamp) for one in event.assessments],
        contests=[],
    )


def _confirmed(story: Story, event: Any) -> Story:
    """Count these parties; one that counted before does so since then, so that nothing is sealed again."""
    at = event.timestamp.isoformat()
    firms = [str(party["firm"]) for party in event.parties]
    return {
        **story,
        "completed_on": _iso(event.completed_on) or story["completed_on"],
        "backed": story["backed"] or bool(event.documents),
        "confirmed": {firm: story["confirmed"].get(firm, at) for firm in firms},
        "links": list(_links(event)),
        "terms": event.terms if is_statement(story) else None,
    }


def _completed(story: Story, event: Any) -> Story:
    return {**story, "completed_on": _iso(event.completed_on)}


def _amended(story: Story, event: Any) -> Story:
    return {**story, "completed_on": _iso(event.completed_on), "confirmed": {}, "links": [], "terms": None}


def _assessed(story: Story, event: Any) -> Story:
    return {**story, "said": [*story["said"], _said(event.assessment, event.timestamp)]}


def _evidence_attached(story: Story, _: Any) -> Story:
    return {**story, "backed": True}


def _withdrawn(story: Story, _: Any) -> Story:
    return {**story, "ended": True}


def _disputed(story: Story, event: Any) -> Story:
    """Note a dispute against those who are linked with the firm that raised it, not against all parties."""
    by = str(event.by)
    contest = Contest(by=by, against=sorted(_partners(story, by)), at=event.timestamp.isoformat(), outcome=None)
    return {**story, "contests": [*story["contests"], contest]}


def _settled(story: Story, event: Any) -> Story:
    contests = list(story["contests"])
    settled = contests[event.number - 1].copy()
    settled["outcome"] = event.outcome
    contests[event.number - 1] = settled
    return {**story, "contests": contests, "ended": story["ended"] or event.outcome == Outcome.STRUCK}


CHANGES: Mapping[type, Callable[[Story, Any], Story]] = {
    Collaboration.Confirmed: _confirmed,
    Collaboration.Completed: _completed,
    Collaboration.Amended: _amended,
    Collaboration.Assessed: _assessed,
    Collaboration.EvidenceAttached: _evidence_attached,
    Collaboration.Withdrawn: _withdrawn,
    Collaboration.Disputed: _disputed,
    Collaboration.Settled: _settled,
}


def _said(assessment: Assessment, at: datetime) -> Said:
    given: Mapping[str, Any] = {**assessment}
    measures = {measure.value: given[measure] for measure in MEASURES if measure in given}
    return Said(by=str(given["by"]), about=str(given["about"]), at=at.isoformat(), measures=measures)


def _links(event: Any) -> Iterable[Tied]:
    for link in kind_named(event.kind).links(event.parties, event.terms):
        value = link.value.data() if link.value else None
        yield Tied(
            leading=str(link.leading),
            following=str(link.following),
            amount=value["amount"] if value else None,
            currency=value["currency"] if value else None,
        )


def _partners(story: Story, firm: str) -> set[str]:
    pairs = [(link["leading"], link["following"]) for link in story["links"]]
    return {other for one, two in pairs for own, other in ((one, two), (two, one)) if own == firm}


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
