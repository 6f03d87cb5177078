"""Terms of every kind with every field given, between two firms."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

PERIOD = {"from": "2024-09-16", "to": "2024-11-08"}


def euros(amount: str = "1200.00") -> dict[str, str]:
    """Money as it stands in a request."""
    return {"amount": amount, "currency": "EUR"}


def terms(kind: str, firm: str, partner: str) -> dict[str, Any]:
    """Valid terms of this kind; a new kind adds an entry."""
    agreed: dict[str, dict[str, Any]] = {
        "joint_order": {
            "value": euros(),
            "period": PERIOD,
            "customer_sector": "shipbuilding",
            "work_packages": [
                {"stage": "engineering", "firm": firm, "share": "0.4"},
                {"stage": "fabrication", "firm": partner, "share": 0.6},
            ],
        },
        "subcontract": {
            "value": euros(),
            "period": PERIOD,
            "process": "CNC turning",
            "order_reference": "O-17",
            "contract_reference": "C-4",
            "invoice_number": "2024-117",
        },
        "shared_training": {
            "topic": "Welding",
            "hours": 16,
            "period": PERIOD,
            "trainees": [{"firm": partner, "trainees": 3}],
        },
        "credit_reference": {
            "since": "2019-04-01",
            "terms_days": 30,
            "days_beyond_terms": 4,
            "high_credit": euros(),
            "past_due": euros("0.00"),
            "last_sale": "2024-10-30",
        },
        "joint_purchase": {
            "goods": "Sheet steel",
            "period": PERIOD,
            "purchases": [{"firm": partner, "volume": euros(), "saving": euros("80.00")}],
        },
        "capacity_sharing": {
            "resource": "machine",
            "hours": "37.5",
            "description": "Five-axis mill",
            "period": PERIOD,
            "value": euros(),
        },
        "joint_development": {
            "programme": "Lighter housings",
            "outcome": "A prototype",
            "period": PERIOD,
            "value": euros(),
        },
        "exchange_visit": {"on": "2024-10-01", "topic": "Apprenticeships", "people": 12},
    }
    return deepcopy(agreed[kind])  # callers damage what they get
