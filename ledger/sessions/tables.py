"""Sessions, attempts, counts, uses: small permanent tables, without a word that is personal or a secret that opens."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, Uuid

from ledger.subscriptions.columns import UTCDateTime

METADATA = MetaData()

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("digest", Text, primary_key=True),  # SHA-256 of the token that the browser holds
    Column("account", Uuid, nullable=False),
    Column("began_at", UTCDateTime, nullable=False),
    Column("seen_at", UTCDateTime, nullable=False),
    Index("sessions_account", "account"),
)
ATTEMPTS = Table(
    "sign_in_attempts",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("key", Text, nullable=False),  # a keyed digest of an e-mail address or a network address
    Column("at", UTCDateTime, nullable=False),
    Index("sign_in_attempts_key", "key", "at"),
)
REQUESTS = Table(
    "request_counts",
    METADATA,
    Column("minute", BigInteger, primary_key=True, autoincrement=False),  # since 1970
    Column("caller", Text, primary_key=True),  # the id of a key or an account, or a keyed digest of a network address
    Column("granted", Integer, nullable=False, default=0),
)
USES = Table(
    "key_uses",
    METADATA,
    Column("key", Uuid, primary_key=True),
    Column("used_at", UTCDateTime, nullable=False),  # the hour of the last use
)
