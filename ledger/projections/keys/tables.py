"""Keys, never their secrets."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 2
METADATA = MetaData()

# Keys of banks and operators belong to no network, so the network cannot lead their key.
KEYS = Table(
    f"keys_v{VERSION}_keys",
    METADATA,
    Column("id", Uuid, nullable=False),
    Column("network_id", Uuid),
    Column("role", Text, nullable=False),
    Column("subject", Uuid),
    Column("label", Text),
    Column("issued_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime),
    Column("revoked_at", UTCDateTime),
    Column("replaced_by", Uuid),
    Column("scopes", JSON(none_as_null=True)),
    Column("client_issuer", Text),
    Column("client_subject", Text),
    Column("version", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("id", "since_position"),
)
