"""Collaborations, their parties, and the events behind them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 2
METADATA = MetaData()

# `confirmed_at` is when it began to count; a corrected or wider confirmation does not move it, an amendment
# clears it. `ended` is the state of no return, if there is one. `by_office_alone`: the network's office spoke for every
# firm among which it counts.
COLLABORATIONS = Table(
    f"collaborations_v{VERSION}_collaborations",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("ended", Text),
    Column("proposed_by", Uuid, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("by_office_alone", Boolean, nullable=False),
    Column("proposed_at", UTCDateTime, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("confirmed_at", UTCDateTime),
    Column("completed_on", Date),
    Column("business_date", Date, nullable=False),
    Column("document", Text),
    Column("terms", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("assessments", JSON, nullable=False),
    Column("disputes", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "id", "since_position"),
    Index(f"collaborations_v{VERSION}_date", "network_id", "business_date", "id"),
    Index(f"collaborations_v{VERSION}_id", "id"),
)

# `volume` is what of the value falls to this firm, as a list of money with one entry a currency. `by_office`: the
# network's office gave the firm's answer.
PARTIES = Table(
    f"collaborations_v{VERSION}_parties",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("place", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("by_office", Boolean, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("confirmed_at", UTCDateTime),
    Column("volume", JSON, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "collaboration", "firm", "since_position"),
    Index(f"collaborations_v{VERSION}_firm", "firm", "collaboration"),
    Index(f"collaborations_v{VERSION}_parties_of", "collaboration"),
)

# Only ever added to; `by` is the firm whose step or record it is, null when the coordinator settles.
EVENTS = Table(
    f"collaborations_v{VERSION}_events",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("recorded_at", UTCDateTime, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("actor", Text, nullable=False),
    Column("by", Uuid),
    Column("data", JSON, nullable=False),
    PrimaryKeyConstraint("network_id", "collaboration", "position"),
)
