"""The referrals issued, with their revocations."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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

REFERRALS = Table(
    f"referrals_v{VERSION}_referrals",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("bank", Uuid, nullable=False),
    Column("consent", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("true_at", BigInteger, nullable=False),  # the position that the referral is true for
    Column("issued_at", UTCDateTime, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("revoked_at", UTCDateTime),
    Column("status_index", BigInteger, nullable=False),  # its bit in the status lists: how many were issued before it
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "id", "since_position"),
    Index(f"referrals_v{VERSION}_firm", "network_id", "firm"),
    Index(f"referrals_v{VERSION}_bank", "bank", "firm"),
    Index(f"referrals_v{VERSION}_status", "status_index"),
)
