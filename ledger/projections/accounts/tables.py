"""Accounts, never what opens them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 1
METADATA = MetaData()

# Accounts of banks and operators belong to no network, so the network cannot lead their key.
ACCOUNTS = Table(
    f"accounts_v{VERSION}_accounts",
    METADATA,
    Column("id", Uuid, nullable=False),
    Column("network_id", Uuid),
    Column("role", Text, nullable=False),
    Column("subject", Uuid),
    Column("position", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", UTCDateTime, nullable=False),
    Column("invited_at", UTCDateTime, nullable=False),
    Column("invited_until", UTCDateTime),
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("id", "since_position"),
)
