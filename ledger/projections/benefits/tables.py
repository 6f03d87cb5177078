"""Looks, and referrals with what became of the loan; nothing here is read by the score."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, PrimaryKeyConstraint, String, Table, Uuid

from ledger.subscriptions.versioning import position_columns

VERSION = 1
METADATA = MetaData()

# Only ever added to. Years are those of UTC.
LOOKS = Table(
    f"benefits_v{VERSION}_looks",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("year", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "firm", "position"),
)

# `year` is that in which the referral was issued; `granted` is null until the bank has said.
REFERRALS = Table(
    f"benefits_v{VERSION}_referrals",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("granted", Boolean),
    Column("amount_band", String),
    Column("currency", String),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "id", "since_position"),
)
