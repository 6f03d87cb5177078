"""Networks and banks; nothing of them changes once it is recorded."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime

VERSION = 1
METADATA = MetaData()

NETWORKS = Table(
    f"networks_v{VERSION}_networks",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("office", Text),
    Column("founded_at", UTCDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
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
