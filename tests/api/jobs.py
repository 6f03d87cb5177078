"""Joint work as it is sent: bodies for every kind, and short ways to a recorded, confirmed or finished job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ledger.domain.kinds.catalogue import BY_NAME
from tests.callers import finished_job

if TYPE_CHECKING:
    from tests.api.callers import Caller

PERIOD = {"from": "2024-09-16", "to": "2024-11-08"}  # as in `finished_job`
GOOD = {"on_time": True, "accepted": True, "defects": 0, "paid_on_time": True, "rating": 5}
OFFER = {"direction": "free", "resource": "machine", "what": "Lathe", "from": "2026-03-02", "to": "2026-06-30"}
ANY = "*"  # If-Match: whatever it is by now


def euros(amount: str) -> dict[str, str]:
    """Return money as it is sent."""
    return {"amount": amount, "currency": "EUR"}


def terms(kind: str, leading: Caller, *following: Caller) -> dict[str, Any]:
    """Return terms of a kind."""
    each = [firm.id for firm in following]
    by_kind: dict[str, dict[str, Any]] = {
        "joint_order": {
            "value": euros("100000.00"),
            "period": PERIOD,
            "work_packages": [
                {"stage": "engineering", "firm": leading.id, "share": "0.4"},
                *({"stage": "fabrication", "firm": firm, "share": 0.6 / len(each)} for firm in each),
            ],
        },
        "subcontract": {"value": euros("48200.00"), "period": PERIOD, "process": "CNC turning"},
        "shared_training": {
            "topic": "Welding",
            "hours": 16,
            "trainees": [{"firm": one, "trainees": 2} for one in each],
        },
        "credit_reference": {"since": "2019-05-01", "terms_days": 30, "days_beyond_terms": 5},
        "joint_purchase": {
            "goods": "Sheet steel",
            "purchases": [{"firm": one, "volume": euros("1000.00"), "saving": euros("80.00")} for one in each],
        },
        "capacity_sharing": {"resource": "machine", "hours": "37.5", "value": euros("2800.00")},
        "joint_development": {"programme": "Lighter housings", "value": euros("120000.00")},
        "exchange_visit": {"on": "2025-10-01", "people": 12},
    }
    return by_kind[kind]


def body(kind: str, leading: Caller, *following: Caller, **more: Any) -> dict[str, Any]:
    """Return what records joint work of a kind."""
    roles = BY_NAME[kind]
    return {
        "kind": kind,
        "title": f"A {kind}",
        "parties": [
            {"firm": leading.id, "role": roles.leading.name},
            *({"firm": firm.id, "role": roles.following.name} for firm in following),
        ],
        "terms": terms(kind, leading, *following),
        **more,
    }


def finished(by: Caller, partner: Caller, **changes: Any) -> dict[str, Any]:
    """Return what records a finished subcontract."""
    return {**finished_job(by.id, partner.id), **changes}


def propose(by: Caller, sent: dict[str, Any], key: str = "") -> str:
    """Record joint work and return its id."""
    return str(by.record("/collaborations", sent, idempotency_key=key or uuid4().hex)["id"])


def step(by: Caller, job: str, name: str, sent: dict[str, Any] | None = None) -> Any:
    """Take a step that must be accepted."""
    return by.record(f"/collaborations/{job}/{name}", sent, if_match=ANY)


def confirmed(by: Caller, partner: Caller, **changes: Any) -> str:
    """Record a finished subcontract, have it confirmed, and return its id."""
    job = propose(by, finished(by, partner, **changes))
    step(partner, job, "acceptances")
    return job


def praised(by: Caller, partner: Caller, **changes: Any) -> str:
    """As `confirmed`, with assessments from both sides, so that they are open."""
    job = confirmed(by, partner, **changes)
    step(partner, job, "assessments", {"about": by.id, **GOOD})
    return job


def well_known(office: Caller, subject: Caller, *raters: Caller, **changes: Any) -> None:
    """Give a firm a score: raters whose word counts, and three large jobs for each, all of them praised."""
    believed(office, *raters)
    large = {**terms("subcontract", subject, subject), "value": euros("1000000.00")}
    for rater in raters * 3:
        praised(rater, subject, terms=large, **changes)


def believed(office: Caller, *raters: Caller) -> None:
    """Make the raters' word count: all are verified, each says how well the others pay, and an epoch is closed."""
    for rater in raters:
        extract = {"register": "CVR", "extract": "as of 20 February", "on": "2026-02-20"}
        office.record(f"/firms/{rater.id}/verification", extract)
        for other in [one for one in raters if one is not rater] * 4:
            sent = body("credit_reference", rater, other)
            propose(rater, {**sent, "terms": {**sent["terms"], "days_beyond_terms": 0}})
    office.record(f"/networks/{office.id}/epochs")


def consent(firm: Caller, bank: Caller, purpose: str = "machine loan", until: str = "2026-06-30") -> str:
    """Let a bank look, and return the consent's id."""
    return str(firm.record("/consents", {"bank": bank.id, "purpose": purpose, "until": until})["id"])
