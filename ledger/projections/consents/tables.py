"""The consents, the network of each firm, and how each firm is shown to banks."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 2
METADATA = MetaData()

CONSENTS = Table(
    f"consents_v{VERSION}_consents",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("bank", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("granted_at", UTCDateTime, nullable=False),
    Column("until", Date, nullable=False),
    Column("withdrawn_at", UTCDateTime),
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "id", "since_position"),
    Index(f"consents_v{VERSION}_bank", "bank", "firm"),
    Index(f"consents_v{VERSION}_firm", "network_id", "firm"),
)

# A firm stays in the network that admitted it, so these rows never change.
MEMBERS = Table(
    f"consents_v{VERSION}_members",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    PrimaryKeyConstraint("network_id", "firm"),
    Index(f"consents_v{VERSION}_members_firm", "firm"),
)

# What a partner is called, and what a bank is told instead while `to_banks` is not "named".
FACES = Table(
    f"consents_v{VERSION}_faces",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("nace", Text),
    Column("to_banks", Text, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "since_position"),
    Index(f"consents_v{VERSION}_faces_firm", "firm"),
)
