"""One row a look, and one a word that the office gave for a firm; rows are only ever added."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime

VERSION = 3
METADATA = MetaData()

LOOKS = Table(
    f"audit_log_v{VERSION}_looks",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("bank", Uuid, nullable=False),
    Column("what", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("network_id", "firm", "position"),
    Index(f"audit_log_v{VERSION}_bank", "bank", "position"),
)

# `actor` is the office, with the person where one had signed in.
WORDS = Table(
    f"audit_log_v{VERSION}_words",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("thing", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("network_id", "firm", "position"),
)
