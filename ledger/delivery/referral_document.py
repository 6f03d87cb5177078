"""A referral's content: what the ledger knew of a firm at the referral's position, put on one page for a bank.

Composed anew whenever it is asked for, always as of the same position and time: it is the same to the byte, but for
its state.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.domain.actor import Actor
from ledger.projections.collaborations import queries as collaborations
from ledger.projections.firms import queries as firms
from ledger.projections.partnerships import queries as partnerships
from ledger.projections.trust import queries as trust
from ledger.subscriptions.reading import Reading

Shown = dict[str, Any]

WINDOWS = (12, 24, 36)  # months

IDENTITY = (
    *("id", "network", "name", "legal_form", "country", "town", "nace", "identifiers", "sole_proprietor"),
    *("admitted_at", "verified"),
)
NOTICE = "This is information and no recommendation to lend."
HOW_TO_VERIFY = (
    "Ask for it as application/dc+sd-jwt: that form is signed (ES256) by a key of /.well-known/jwks.json, and "
    "anybody can check it, without an account: at /verify, by POST /v1/verifications, or offline. But for its state "
    "this referral says the same for position {position} of the log whenever it is asked for."
)


def compose(reading: Reading, viewer: Actor, referral: Mapping[str, Any]) -> Shown:
    """Return the content of a referral as `referrals.queries` gives it; raise `NotFound` when undisclosed."""
    then = as_issued(reading, referral)
    firm = UUID(referral["firm"])
    profile = firms.one(then, viewer, firm)
    partners = partnerships.partners(then, viewer, firm, lasting=True)
    past = partnerships.record(then, viewer, firm)
    score = trust.score(then, viewer, firm)
    facts = score["facts"]
    jobs = {f"{months}_months": _jobs(then, viewer, firm, months) for months in WINDOWS}
    return {
        **{name: referral[name] for name in ("id", "state", "purpose", "bank", "issued_at", "valid_until")},
        "position": referral["position"],
        "as_of": referral["issued_at"],
        "method": score["method"],
        "firm": _identity(profile),
        "relationship_since": past["relationship_since"],
        "jobs": jobs,
        "roles": past["roles"],
        **{name: partners[name] for name in ("counterparties", "concentration", "cross_border_share", "spread")},
        "independent_counterparties": score["independent_counterparties"],
        "partners": partners["items"],
        "record": facts["record"],
        "payment": trust.payments(then, viewer, firm),
        "credit_references": facts["credit_references"],
        "disputes": facts["disputes"],
        "last_job": past["last_job"],
        "trust": score,
        "not_known": list(_not_known(profile, jobs, score)),
        "how_to_verify": HOW_TO_VERIFY.format(position=referral["position"]),
        "notice": NOTICE,
    }


def as_issued(reading: Reading, referral: Mapping[str, Any]) -> Reading:
    """Return the reading as of the referral's position and time."""
    issued_at = datetime.fromisoformat(referral["issued_at"])
    return dataclasses.replace(reading, position=referral["position"], time=issued_at)


def _identity(profile: Shown) -> Shown:
    by = {"role": "coordinator", "network": profile["network"]}
    verifications = [{**verification, "by": by} for verification in profile["verifications"]]
    return {**{name: profile[name] for name in IDENTITY}, "verifications": verifications}


def _jobs(reading: Reading, viewer: Actor, firm: UUID, months: int) -> Shown:
    """Count the confirmed joint jobs of the last months."""
    since = _months_before(reading.time.astimezone(UTC).date(), months) + timedelta(days=1)
    summary = collaborations.history(reading, viewer, firm, since=since, limit=1)["summary"]
    return {"count": summary["jobs"], "volume": summary["volume"]}


def _months_before(day: date, months: int) -> date:
    """Return the same day `months` (whole years) earlier; 29 February becomes the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - months // 12, day.month, last)


def _not_known(profile: Shown, jobs: Shown, score: Shown) -> Iterable[str]:
    """Say what a reader could take for granted and would be wrong to."""
    facts = score["facts"]
    if not profile["verified"]:
        yield "Nobody has compared this firm with an extract of a register."
    if not profile["identifiers"]:
        yield "The firm has stated no register number."
    if not score["sufficient"]:
        yield score["reason"]
    yield from _not_known_of_work(jobs[f"{WINDOWS[0]}_months"]["count"], facts["record"])
    yield from _not_known_of_payment(facts["record"]["paid"], facts["credit_references"])
    if facts["sealed_reports"]:
        yield f"{facts['sealed_reports']} assessments were still sealed and are not counted."
    yield "Work that no partner has confirmed is not counted."
    yield "The ledger knows joint work only: no balance sheets, no other liabilities, no other customers."


def _not_known_of_work(jobs: int, record: Shown) -> Iterable[str]:
    if not jobs:
        yield "No confirmed joint job falls into the last 12 months."
    if not any(record["on_time"].values()):
        yield "No partner has said whether this firm delivers on time."
    if not any(record["accepted"].values()):
        yield "No partner has said whether this firm's work was accepted."


def _not_known_of_payment(paid: Shown, references: list[Shown]) -> Iterable[str]:
    if not any(paid.values()) and not references:
        yield "Nothing is known of how this firm pays."
    elif not references:
        yield "No credit reference has been given."
