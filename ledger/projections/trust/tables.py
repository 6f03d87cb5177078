"""What the score is worked out from: ties by confirmed work, reports, disputes."""

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
    String,
    Table,
    Uuid,
)

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 3
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

# `source` is "assessment", "reference" or "dispute"; `contested` means that a dispute stands against it, `withdrawn`
# that its good part therefore no longer counts.
# `strength`, `good` and `bad` are exact, see strength.py; good and bad are what an epoch adds up.
REPORTS = Table(
    f"trust_v{VERSION}_reports",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("by", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("source", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("measures", JSON, nullable=False),
    Column("contested", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("strength", BigInteger, nullable=False),
    Column("good", BigInteger, nullable=False),
    Column("bad", BigInteger, nullable=False),
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

# Verified firms, from whom trust starts to flow; `authority` is the register, so written that one is one.
VERIFIED = Table(
    f"trust_v{VERSION}_verified",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("authority", String, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "since_position"),
)

# Closed epochs; with nobody `believed` there is no score in that network yet.
EPOCHS = Table(
    f"trust_v{VERSION}_epochs",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("closed_at", UTCDateTime, nullable=False),
    Column("verified", Integer, nullable=False),
    Column("believed", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "position"),
)

# Where the rated firms of a network stood when an epoch closed: how many in each of equal bins from 0 to 100.
PEERS = Table(
    f"trust_v{VERSION}_peers",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("rated", Integer, nullable=False),
    Column("median", Integer),
    Column("bins", JSON, nullable=False),
    PrimaryKeyConstraint("network_id", "position"),
)

# How far a firm's word counts since an epoch, in thousandths; one that is not here is not believed at all.
CREDIBILITY = Table(
    f"trust_v{VERSION}_credibility",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("thousandths", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "since_position"),
)
