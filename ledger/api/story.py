"""The story in five steps, as requests: the docs page and docs/http-api.md show them, and a test sends them.

Names with a dollar sign are shell variables: ids, keys, and the address of the ledger.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `caller` is the variable that holds the caller's key."""

    caller: str
    method: str
    path: str
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def curl(self) -> str:
        """Return the request as a command."""
        method = "" if self.method in ("GET", "POST") else f"-X {self.method} "
        lines = [f'curl -i {method}"$LEDGER{self.path}" -H "Authorization: Bearer ${self.caller}"']
        lines += [f"  -H '{name}: {value}'" for name, value in self.headers.items()]
        if self.body is None:
            return " \\\n".join(lines)
        lines.append("  -H 'Content-Type: application/json' -d @- <<JSON")
        return " \\\n".join(lines) + f"\n{written(self.body)}\nJSON"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the story with what it does."""

    title: str
    words: str
    requests: tuple[Request, ...]


def written(body: Mapping[str, Any]) -> str:
    """Return JSON with one field a line and long ones folded once more, which is how people read it."""
    return _folded(body, " ")


def _folded(fields: Mapping[str, Any], indent: str) -> str:
    lines = [f"{json.dumps(name)}: {_value(value, indent)}" for name, value in fields.items()]
    return "{" + f",\n{indent}".join(lines) + "}"


def _value(value: Any, indent: str) -> str:
    line = json.dumps(value, ensure_ascii=False)
    return _folded(value, indent + " " * 10) if isinstance(value, dict) and len(line) > LONGEST_LINE else line


JOB = {
    "kind": "subcontract",
    "title": "Gear housings, second batch",
    "parties": [{"firm": "$BUYER", "role": "contractor"}, {"firm": "$SUPPLIER", "role": "subcontractor"}],
    "terms": {
        "value": {"amount": "48200.00", "currency": "EUR"},
        "period": {"from": "2026-09-14", "to": "2026-11-06"},
        "process": "CNC turning",
    },
    "completed_on": "2026-11-06",
    "assessments": [{"about": "$SUPPLIER", "on_time": True, "accepted": True, "defects": 0}],
}
STORY = (
    Step(
        "Record a finished job",
        "The contractor records what was done and how it went. It is claimed, and counts for nothing yet. The answer "
        "names the collaboration, and its version in ETag.",
        (Request("BUYER_KEY", "POST", "/v1/collaborations", JOB, {"Idempotency-Key": "7f3k-92qd"}),),
    ),
    Step(
        "Confirm it",
        "The subcontractor has read version 1 and agrees. With the last acceptance the job is confirmed: it counts, "
        "for both. What the contractor said of it stays sealed until both have spoken, or for 14 days.",
        (Request("SUPPLIER_KEY", "POST", "/v1/collaborations/$JOB/acceptances", {}, {"If-Match": '"1"'}),),
    ),
    Step(
        "Read the history and the score",
        "Either firm sees its own. With fewer than three independent counterparties the score is null, and the answer "
        "says why.",
        (
            Request("SUPPLIER_KEY", "GET", "/v1/firms/$SUPPLIER/history"),
            Request("SUPPLIER_KEY", "GET", "/v1/firms/$SUPPLIER/trust"),
        ),
    ),
    Step(
        "Let a bank look",
        "The firm decides which bank may look, what for, and until when. Without it the bank gets 404, as for a firm "
        "that does not exist.",
        (
            Request(
                "SUPPLIER_KEY",
                "POST",
                "/v1/consents",
                {"bank": "$BANK", "purpose": "working capital loan", "until": "2027-01-31"},
            ),
        ),
    ),
    Step(
        "Ask for the referral",
        "The bank names the same purpose. The referral says what the ledger knew at one position, and says the same "
        "whenever it is asked for. The firm sees in its access log that the bank looked.",
        (
            Request("BANK_KEY", "POST", "/v1/referrals", {"firm": "$SUPPLIER", "purpose": "working capital loan"}),
            Request("BANK_KEY", "GET", "/v1/referrals/$REFERRAL"),
        ),
    ),
)
