"""The courier's tables, beside the events: no read models, for nothing tells again what a receiver has answered."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime

METADATA = MetaData()

# Everything up to `position` is delivered, or not for this webhook. `held_until` keeps a second courier from sending.
STATES = Table(
    "webhook_states",
    METADATA,
    Column("webhook", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", UTCDateTime),
    Column("next_at", UTCDateTime),
    Column("held_until", UTCDateTime),
)

# The last deliveries of each webhook, one row an attempt; `again` asks for the same event once more.
ATTEMPTS = Table(
    "webhook_attempts",
    METADATA,
    Column("webhook", Uuid, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("status", Integer),
    Column("milliseconds", Integer, nullable=False),
    Column("again", Boolean, nullable=False),
    PrimaryKeyConstraint("webhook", "number"),
)
