"""An example of valid terms for every kind; a new kind adds one entry, and its tests are derived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.domain.given import ALPHA, BETA, GAMMA

if TYPE_CHECKING:
    from ledger.domain.kinds.kind import Kind, Party

PERIOD = {"from": "2026-09-14", "to": "2026-11-06"}


def euros(amount: str) -> dict[str, str]:
    """Return money as it stands in a request."""
    return {"amount": amount, "currency": "EUR"}


# Every field of the kind is given. Alpha leads; Beta follows, and Gamma where several may.
EXAMPLES: dict[str, dict[str, Any]] = {
    "joint_order": {
        "value": euros("250000.00"),
        "period": PERIOD,
        "customer_sector": "shipbuilding",
        "work_packages": [
            {"stage": "engineering", "firm": str(ALPHA), "share": "0.2"},
            {"stage": "fabrication", "firm": str(BETA), "share": 0.5},
            {"stage": "delivery", "firm": str(GAMMA), "share": "0.3"},
        ],
    },
    "subcontract": {
        "value": euros("48200.00"),
        "period": PERIOD,
        "process": "CNC turning",
        "order_reference": "O-17",
        "contract_reference": "C-4",
        "invoice_number": "2026-117",
    },
    "shared_training": {
        "topic": "Welding",
        "hours": 16,
        "period": PERIOD,
        "trainees": [{"firm": str(BETA), "trainees": 3}, {"firm": str(GAMMA), "trainees": 1}],
    },
    "credit_reference": {
        "since": "2019-04-01",
        "terms_days": 30,
        "days_beyond_terms": 4,
        "high_credit": euros("60000.00"),
        "past_due": euros("0.00"),
        "last_sale": "2026-10-30",
    },
    "joint_purchase": {
        "goods": "Sheet steel",
        "period": PERIOD,
        "purchases": [
            {"firm": str(BETA), "volume": euros("1000.00"), "saving": euros("80.00")},
            {"firm": str(GAMMA), "volume": {"amount": "7500.00", "currency": "DKK"}},
        ],
    },
    "capacity_sharing": {
        "resource": "machine",
        "hours": "37.5",
        "description": "Five-axis mill",
        "period": PERIOD,
        "value": euros("2800.00"),
    },
    "joint_development": {
        "programme": "Lighter gear housings",
        "outcome": "A prototype",
        "period": PERIOD,
        "value": euros("120000.00"),
    },
    "exchange_visit": {"on": "2026-10-01", "topic": "Apprenticeships", "people": 12},
}


def parties(kind: Kind) -> list[Party]:
    """Return firms that fill the roles of this kind."""
    leading: list[Party] = [{"firm": ALPHA, "role": kind.leading.name}]
    firms = [BETA, GAMMA] if kind.following.most > 1 else [BETA]
    return leading + [{"firm": firm, "role": kind.following.name} for firm in firms]
