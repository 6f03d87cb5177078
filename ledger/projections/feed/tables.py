"""Positions by viewer, so that anybody's feed is a range of an index and never a walk over the log."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

VERSION = 2
METADATA = MetaData()

# `viewer` is an actor, "role:id". `by_consent` is the firm whose consent has to be in force for this viewer to be told.
ENTRIES = Table(
    f"feed_v{VERSION}_entries",
    METADATA,
    Column("viewer", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("thing", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("by_consent", Uuid),
    PrimaryKeyConstraint("viewer", "position"),
)

# Whom all events of a thing concern, where only its first event says so; of a network its firms, and the banks that
# any of them ever gave consent to.
CONCERNED = Table(
    f"feed_v{VERSION}_concerned",
    METADATA,
    Column("thing", Uuid, nullable=False),
    Column("viewer", Text, nullable=False),
    PrimaryKeyConstraint("thing", "viewer"),
)
