"""Firms with their profiles, who verified them, and how many people they employ."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 3
METADATA = MetaData()

# `registered_since` is the position since when name, legal form, country and numbers are these: a verification
# before it is of another identity. `sought_…` are folded for a search that is blind to case in every alphabet; LIKE
# alone folds only ASCII.
FIRMS = Table(
    f"firms_v{VERSION}_firms",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("legal_form", Text),
    Column("country", Text, nullable=False),
    Column("town", Text),
    Column("nace", Text),
    Column("identifiers", JSON, nullable=False),
    Column("capabilities", JSON, nullable=False),
    Column("sole_proprietor", Boolean, nullable=False),
    Column("admitted_at", UTCDateTime, nullable=False),
    Column("registered_since", BigInteger, nullable=False),
    Column("to_banks", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sought_name", Text, nullable=False),
    Column("sought_capabilities", Text, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "id", "since_position"),
)

# Only ever added to.
VERIFICATIONS = Table(
    f"firms_v{VERSION}_verifications",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("register", Text, nullable=False),
    Column("extract", Text, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UTCDateTime, nullable=False),
    PrimaryKeyConstraint("network_id", "firm", "position"),
)

HEADCOUNTS = Table(
    f"firms_v{VERSION}_headcounts",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("employees", Integer, nullable=False),
    Column("apprentices", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "year", "since_position"),
)
