"""Networks with the offices that have coordinated them, and banks, of which nothing ever changes."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
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

# `office` is the name of the present one, the last of `offices`.
NETWORKS = Table(
    f"networks_v{VERSION}_networks",
    METADATA,
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("office", Text),
    Column("offices", JSON, nullable=False),
    Column("founded_at", UTCDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("id", "since_position"),
)

# Banks stand beside the networks: no network leads their key.
BANKS = Table(
    f"networks_v{VERSION}_banks",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("bic", Text),
    Column("lei", Text),
    Column("registered_at", UTCDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
)
