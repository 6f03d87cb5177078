"""What the score is worked out from: ties by confirmed work, reports, disputes."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Uuid,
)

from ledger.subscriptions.columns import Amount, UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 1
METADATA = MetaData()

# The projector's memory; no query reads it.
STORIES = Table(
    f"trust_v{VERSION}_stories",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("story", JSON, nullable=False),
    PrimaryKeyConstraint("network_id", "collaboration"),
)

TIES = Table(
    f"trust_v{VERSION}_ties",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("partner", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("on", Date, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "partner", "collaboration", "since_position"),
    Index(f"trust_v{VERSION}_ties_collaboration", "network_id", "collaboration"),
)

# `source` is "assessment", "reference" or "dispute"; `withdrawn` means that the good part no longer counts.
REPORTS = Table(
    f"trust_v{VERSION}_reports",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("by", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("source", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("amount", Amount),
    Column("currency", String),
    Column("backed", Boolean, nullable=False),
    Column("measures", JSON, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("opens_at", UTCDateTime, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "about", "by", "collaboration", "source", "since_position"),
    Index(f"trust_v{VERSION}_reports_collaboration", "network_id", "collaboration"),
)

# One row for each firm that a dispute concerns: who raised it and those against whom.
DISPUTES = Table(
    f"trust_v{VERSION}_disputes",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("raised", Boolean, nullable=False),
    Column("outcome", String),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "collaboration", "number", "since_position"),
    Index(f"trust_v{VERSION}_disputes_collaboration", "network_id", "collaboration"),
)
