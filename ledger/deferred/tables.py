"""The table of kept confirmations, in the log's own database: permanent, and of ids alone."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime

METADATA = MetaData()

# `content` is the SHA-256 of the record that was confirmed. `taken` is set by whoever sends it: from then on it cannot
# be taken back. `refused` is the error's code when the record had changed by then; it stays to be told.
CONFIRMATIONS = Table(
    "kept_confirmations",
    METADATA,
    Column("collaboration", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("network_id", Uuid, nullable=False),
    Column("account", Uuid),
    Column("position", Text),
    Column("content", Text, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("taken", Boolean, nullable=False),
    Column("refused", Text),
    PrimaryKeyConstraint("collaboration", "firm"),
    Index("kept_confirmations_firm", "firm"),
    Index("kept_confirmations_due", "due_at"),
)
