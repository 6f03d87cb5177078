"""Webhooks as they are registered and removed."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 1
METADATA = MetaData()

# Those of banks and operators belong to no network, so the network cannot lead their key.
WEBHOOKS = Table(
    f"webhooks_v{VERSION}_webhooks",
    METADATA,
    Column("id", Uuid, nullable=False),
    Column("network_id", Uuid),
    Column("role", Text, nullable=False),
    Column("subject", Uuid),
    Column("url", Text, nullable=False),
    Column("types", JSON, nullable=False),
    Column("registered_at", UTCDateTime, nullable=False),
    Column("removed_at", UTCDateTime),
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("id", "since_position"),
    Index(f"webhooks_v{VERSION}_subject", "subject"),
)
