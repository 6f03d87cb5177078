"""Pairs of firms that work together, and the snapshots of the map that were drawn of them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Uuid,
)

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.versioning import position_columns

VERSION = 2
METADATA = MetaData()
NAME = f"network_map_v{VERSION}"

# `one` stands before `other` by id; `year` is that of the jobs' business dates.
PAIRS = Table(
    f"{NAME}_pairs",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("one", Uuid, nullable=False),
    Column("other", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("jobs", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "one", "other", "year", "since_position"),
    Index(f"{NAME}_pairs_other", "network_id", "other"),
    Index(f"{NAME}_pairs_until", "network_id", "until_position"),
)

FIRMS = Table(
    f"{NAME}_firms",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("sector", String, nullable=False),
    Column("country", String, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "since_position"),
    Index(f"{NAME}_firms_until", "network_id", "until_position", "firm"),
)

# The projector's memory of a job: the pairs that it stands for, in which year; no query reads it.
JOBS = Table(
    f"{NAME}_jobs",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("proposed_year", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("pairs", JSON, nullable=False),
    Column("ended", Boolean, nullable=False),
    PrimaryKeyConstraint("network_id", "collaboration"),
)

# How many pairs have come or gone since the last snapshot.
CHANGES = Table(
    f"{NAME}_changes",
    METADATA,
    Column("network_id", Uuid, primary_key=True),
    Column("pairs", Integer, nullable=False),
    Column("since_snapshot", Integer, nullable=False),
)

# The position of the last event that changed a pair or a place: from there on the open rows are the answer.
LATEST = Table(
    f"{NAME}_latest",
    METADATA,
    Column("network_id", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

# `laid_out` is the number of pairs when the whole map was last laid out anew.
SNAPSHOTS = Table(
    f"{NAME}_snapshots",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("taken_at", UTCDateTime, nullable=False),
    Column("firms", Integer, nullable=False),
    Column("pairs", Integer, nullable=False),
    Column("components", Integer, nullable=False),
    Column("laid_out", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "position"),
)

# Places in thousandths, -1000 to 1000, null in networks too large to be drawn firm by firm; betweenness in millionths.
# A community is called by the firm in it with the most partners.
PLACES = Table(
    f"{NAME}_places",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("x", Integer),
    Column("y", Integer),
    Column("betweenness", Integer, nullable=False),
    Column("partners", Integer, nullable=False),
    Column("community", Uuid, nullable=False),
    Column("component", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "since_position"),
    Index(f"{NAME}_places_brokers", "network_id", "until_position", "betweenness"),
)

# Communities as bubbles, and how many pairs run between each two of them: `ties` by the other community.
BUBBLES = Table(
    f"{NAME}_bubbles",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("community", Uuid, nullable=False),
    Column("x", Integer, nullable=False),
    Column("y", Integer, nullable=False),
    Column("firms", Integer, nullable=False),
    Column("inside", Integer, nullable=False),
    Column("countries", JSON, nullable=False),
    Column("sectors", JSON, nullable=False),
    Column("ties", JSON, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "community", "since_position"),
    # Every night leaves some hundreds of closed rows behind.
    Index(f"{NAME}_bubbles_until", "network_id", "until_position", "firms"),
)
