"""Offers of capacity as they are made and withdrawn."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 1
METADATA = MetaData()

OFFERS = Table(
    f"offers_v{VERSION}_offers",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("direction", Text, nullable=False),
    Column("resource", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("hours", Text),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("note", Text),
    Column("offered_at", UTCDateTime, nullable=False),
    Column("withdrawn_at", UTCDateTime),
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "id", "since_position"),
    Index(f"offers_v{VERSION}_ends", "network_id", "ends", "id"),
)
