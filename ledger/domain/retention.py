"""How long what is recorded is kept and what for; the longest of the periods that laws of its members' countries ask.

The clock of a period starts at the end of the calendar year of the record (§ 257 (5) HGB, § 147 (4) AO).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """What is kept of events whose topics begin like this: its purpose, for how many years, by which law."""

    records: tuple[str, ...]
    purpose: str
    years: int
    law: str


RETENTION: tuple[Retention, ...] = (
    Retention(
        ("firm.", "network.", "bank."),
        "to say who the members are, and that a register agrees",
        10,
        "§ 257 (4) HGB and § 147 (3) AO: what is needed to understand the records",
    ),
    Retention(
        ("collaboration.confirmed", "collaboration.completed", "collaboration.settled", "epoch."),
        "to prove joint work that both sides confirmed, and what was decided about it",
        10,
        "§ 257 (4) HGB and § 147 (3) AO: records; bogføringsloven § 12: 5 years",
    ),
    Retention(
        ("collaboration.proposed", "collaboration.amended", "collaboration.evidence-attached", "document."),
        "to tell which vouchers a record rests on",
        8,
        "§ 257 (4) HGB and § 147 (3) AO since 2025: vouchers; bogføringsloven § 12: 5 years",
    ),
    Retention(
        (
            "collaboration.",
            "offer.",
            "consent.",
            "referral.",
            "access.",
            "key.",
            "webhook.",
            "account.",
            "login.",
        ),
        "to show what firms wrote to each other, who was allowed to look and who looked",
        6,
        "§ 257 (4) HGB and § 147 (3) AO: letters",
    ),
)


def retention_of(topic: str) -> Retention:
    """Return the first entry that the topic fits."""
    return next(entry for entry in RETENTION if topic.startswith(entry.records))
