"""Links between firms by confirmed work, and the country of each firm."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, MetaData, PrimaryKeyConstraint, String, Table, Uuid

from ledger.subscriptions.columns import Amount
from ledger.subscriptions.versioning import position_columns

VERSION = 1
METADATA = MetaData()

# Each link stands twice, once from either side.
LINKS = Table(
    f"partnerships_v{VERSION}_links",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("partner", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("kind", String, nullable=False),
    Column("role", String, nullable=False),
    Column("partner_role", String, nullable=False),
    Column("amount", Amount),
    Column("currency", String),
    Column("on", Date, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "partner", "collaboration", "since_position"),
    Index(f"partnerships_v{VERSION}_collaboration", "network_id", "collaboration"),
)

FIRMS = Table(
    f"partnerships_v{VERSION}_firms",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("country", String, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "since_position"),
)

# What the projector must remember of a collaboration beyond its links; no query reads it.
JOBS = Table(
    f"partnerships_v{VERSION}_jobs",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("ended", Boolean, nullable=False),
    PrimaryKeyConstraint("network_id", "collaboration"),
)
