"""A referral's content: what the ledger knew of a firm at the referral's position, put on one page for a bank.

Composed anew whenever it is asked for, always as of the same position and time: it is the same to the byte, but for
its state.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.domain.actor import Actor
from ledger.projections.collaborations import queries as collaborations
from ledger.projections.consents.disclosure import find_firm
from ledger.projections.firms import queries as firms
from ledger.projections.partnerships import queries as partnerships
from ledger.projections.trust import queries as trust
from ledger.subscriptions.reading import Reading

Shown = dict[str, Any]
Keep = Callable[[Hashable, Callable[[], Any]], Any]

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

# What is not known, for readers of the document; pages say it in the reader's language.
UNKNOWN = {
    "unverified": "Nobody has compared this firm with an extract of a register.",
    "no_number": "The firm has stated no register number.",
    "no_score": "{reason}",
    "no_recent_job": "No confirmed joint job falls into the last 12 months.",
    "punctuality": "No partner has said whether this firm delivers on time.",
    "acceptance": "No partner has said whether this firm's work was accepted.",
    "payment": "Nothing is known of how this firm pays.",
    "no_reference": "No credit reference has been given.",
    "sealed": "{sealed} assessments were still sealed and are not counted.",
    "unconfirmed": "Work that no partner has confirmed is not counted.",
    "joint_work_only": "The ledger knows joint work only: no balance sheets, no other liabilities, no other customers.",
}


def make_anew(_: Hashable, make: Callable[[], Any]) -> Any:
    """Keep nothing."""
    return make()


def compose(reading: Reading, viewer: Actor, referral: Mapping[str, Any], keep: Keep = make_anew) -> Shown:
    """Return the content of a referral as `referrals.queries` gives it; raise `NotFound` when undisclosed.

    Who may look, the state, and every name are found anew; the figures may be kept.
    """
    then = as_issued(reading, referral)
    firm = UUID(referral["firm"])
    network = find_firm(then, viewer, firm)
    profile = firms.one(then, viewer, firm)
    known: Shown = keep(("figures", network, firm, then.position, then.time), lambda: _figures(then, viewer, firm))
    partners, past, score = (known[name] for name in ("partners", "past", "score"))
    facts = score["facts"]
    document = {
        **{name: referral[name] for name in ("id", "state", "purpose", "bank", "issued_at", "valid_until")},
        "position": referral["position"],
        "as_of": referral["issued_at"],
        "method": score["method"],
        "firm": _identity(profile),
        "relationship_since": past["relationship_since"],
        "jobs": known["jobs"],
        "roles": past["roles"],
        **{name: partners[name] for name in ("counterparties", "concentration", "cross_border_share", "spread")},
        "independent_counterparties": score["independent_counterparties"],
        "partners": partnerships.lasting(then, partners["items"]),
        "record": facts["record"],
        "payment": known["payment"],
        "credit_references": facts["credit_references"],
        "disputes": facts["disputes"],
        "last_job": past["last_job"],
        "trust": score,
    }
    how = HOW_TO_VERIFY.format(position=referral["position"])
    return {**document, "not_known": _in_words(document), "how_to_verify": how, "notice": NOTICE}


def as_issued(reading: Reading, referral: Mapping[str, Any]) -> Reading:
    """Return the reading as of the referral's position and time."""
    issued_at = datetime.fromisoformat(referral["issued_at"])
    return dataclasses.replace(reading, position=referral["position"], time=issued_at)


def _figures(then: Reading, viewer: Actor, firm: UUID) -> Shown:
    """Return what follows from the log up to the position alone, the same for every reader: no name is in it."""
    return {
        "partners": partnerships.figures(then, viewer, firm),
        "past": partnerships.record(then, viewer, firm),
        "score": trust.score(then, viewer, firm),
        "jobs": _jobs(then, viewer, firm),
        "payment": trust.payments(then, viewer, firm),
    }


def _identity(profile: Shown) -> Shown:
    by = {"role": "coordinator", "network": profile["network"]}
    verifications = [{**verification, "by": by} for verification in profile["verifications"]]
    return {**{name: profile[name] for name in IDENTITY}, "verifications": verifications}


def _jobs(reading: Reading, viewer: Actor, firm: UUID) -> Shown:
    """Count the confirmed joint jobs of the last months."""
    today = reading.time.astimezone(UTC).date()
    days = [_months_before(today, months) + timedelta(days=1) for months in WINDOWS]
    found = zip(WINDOWS, collaborations.done_since(reading, viewer, firm, days), strict=True)
    return {
        f"{months}_months": {
            "count": done["jobs"],
            "by_office_alone": done["by_office_alone"],
            "volume": done["volume"],
        }
        for months, done in found
    }


def _months_before(day: date, months: int) -> date:
    """Return the same day `months` (whole years) earlier; 29 February becomes the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year - months // 12, day.month, last)


def unknown(document: Shown) -> Iterable[str]:
    """Name what a reader of this document could take for granted and would be wrong to, by the codes of `UNKNOWN`."""
    record, references = document["record"], document["credit_references"]
    if not document["firm"]["verified"]:
        yield "unverified"
    if not document["firm"]["identifiers"]:
        yield "no_number"
    if not document["trust"]["sufficient"]:
        yield "no_score"
    if not document["jobs"][f"{WINDOWS[0]}_months"]["count"]:
        yield "no_recent_job"
    if not any(record["on_time"].values()):
        yield "punctuality"
    if not any(record["accepted"].values()):
        yield "acceptance"
    if not references:
        yield "no_reference" if any(record["paid"].values()) else "payment"
    if document["trust"]["facts"]["sealed_reports"]:
        yield "sealed"
    yield from ("unconfirmed", "joint_work_only")


def _in_words(document: Shown) -> list[str]:
    score = document["trust"]
    sealed = score["facts"]["sealed_reports"]
    return [UNKNOWN[code].format(reason=score["reason"], sealed=sealed) for code in unknown(document)]
