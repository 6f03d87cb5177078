"""The feed of a network, its jobs with what each of them counts for, and the sums of all of them.

Sums are of the present alone; those of the past are added up anew from the jobs, which are versioned.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
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

VERSION = 4
METADATA = MetaData()

NAME = f"activity_v{VERSION}"

# One row an event that a coordinator wants to hear of; only ever added to. `year` is that of recording (UTC).
FEED = Table(
    f"{NAME}_feed",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("what", String, nullable=False),
    Column("kind", String),
    Column("collaboration", Uuid),
    Column("by", Uuid),
    Column("outcome", String),
    Column("firms", JSON, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", UTCDateTime, nullable=False),
    Column("year", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "position"),
    Index(f"{NAME}_feed_what", "network_id", "what", "position"),
    Index(f"{NAME}_feed_kind", "network_id", "kind", "position"),
)

FEED_FIRMS = Table(
    f"{NAME}_feed_firms",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    PrimaryKeyConstraint("network_id", "firm", "position"),
)

# `content` is what a job counts for, see job.py; the columns before it say the same, for the list behind a sum.
# `places` are sector and country of each of its firms, `currencies` those of its amounts. The index holds all that
# counting a list asks for.
JOBS = Table(
    f"{NAME}_jobs",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("collaboration", Uuid, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("crossing", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("places", String, nullable=False),
    Column("currencies", String, nullable=False),
    Column("content", JSON, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "collaboration", "since_position"),
    Index(
        f"{NAME}_jobs_on",
        *("network_id", "state", "on", "collaboration", "kind", "crossing", "disputed"),
        *("since_position", "until_position"),
    ),
)

FIRMS = Table(
    f"{NAME}_firms",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("sector", String, nullable=False),
    Column("country", String, nullable=False),
    Column("admitted", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "firm", "since_position"),
)

# SQLite then keeps a row where its key is, and looks it up once; sums are read by ranges of their keys.
SUMS: dict[str, Any] = {"sqlite_with_rowid": False}

# -- sums. `sector` and `country` are a selection: a job is in each that one of its firms is in, and "*" is all of
# them; months are counted from the year 0, see months.py.

MONTHS = Table(
    f"{NAME}_months",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("sector", String, nullable=False),
    Column("country", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("claimed", Integer, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("crossing", Integer, nullable=False),
    Column("disputed", Integer, nullable=False),
    Column("training", BigInteger, nullable=False),
    Column("trainees", BigInteger, nullable=False),
    Column("capacity", BigInteger, nullable=False),
    PrimaryKeyConstraint("network_id", "sector", "country", "month", "kind"),
    Index(f"{NAME}_months_country", "network_id", "country", "month", "confirmed", "crossing"),
    **SUMS,
)

# Each amount in two parts, billions of minor units and the rest: the sum of many would not fit into one number.
MONEY = Table(
    f"{NAME}_money",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("sector", String, nullable=False),
    Column("country", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("currency", String, nullable=False),
    Column("volume_billions", BigInteger, nullable=False),
    Column("volume_rest", BigInteger, nullable=False),
    Column("saving_billions", BigInteger, nullable=False),
    Column("saving_rest", BigInteger, nullable=False),
    PrimaryKeyConstraint("network_id", "sector", "country", "month", "kind", "currency"),
    **SUMS,
)

# How many jobs were confirmed after so many tenths of a day.
WAITS = Table(
    f"{NAME}_waits",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("sector", String, nullable=False),
    Column("country", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("tenths", Integer, nullable=False),
    Column("jobs", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "sector", "country", "month", "tenths"),
    **SUMS,
)

# Jobs that link firms of two sectors; `one` stands not behind `other` in the alphabet.
PAIRS = Table(
    f"{NAME}_pairs",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("country", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("one", String, nullable=False),
    Column("other", String, nullable=False),
    Column("jobs", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "country", "month", "one", "other"),
    **SUMS,
)

# Each tie stands twice, once from either side.
TIES = Table(
    f"{NAME}_ties",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("partner", Uuid, nullable=False),
    Column("jobs", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "firm", "partner"),
    **SUMS,
)

# The months in which a firm worked with others; a month without jobs has no row.
ACTIVE = Table(
    f"{NAME}_active",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("month", Integer, nullable=False),
    Column("jobs", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "firm", "month"),
    **SUMS,
)

# How many firms worked with others in a month and before that last in `previous`: so the firms of any span of months
# are those of its months whose previous one lies before the span, and nobody is counted twice.
RHYTHM = Table(
    f"{NAME}_rhythm",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("sector", String, nullable=False),
    Column("country", String, nullable=False),
    Column("month", Integer, nullable=False),
    Column("previous", Integer, nullable=False),
    Column("firms", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "sector", "country", "month", "previous"),
    **SUMS,
)

# Where each member stands now; `last` is its last month with a partner, `quiet` the same or else that of admission.
MEMBERS = Table(
    f"{NAME}_members",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("sector", String, nullable=False),
    Column("country", String, nullable=False),
    Column("admitted", Integer, nullable=False),
    Column("partners", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("quiet", Integer, nullable=False),
    PrimaryKeyConstraint("network_id", "firm"),
    Index(f"{NAME}_members_quiet", "network_id", "quiet"),
    Index(f"{NAME}_members_sector", "network_id", "sector", "partners"),
    # Holds all that counting members asks for, in the order in which they are grouped.
    Index(f"{NAME}_members_place", "network_id", "sector", "country", "last", "admitted"),
)

# The position of the last event that changed a network's sums.
SUMMED = Table(
    f"{NAME}_summed",
    METADATA,
    Column("network_id", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
)

# What firms say of their staff; sums are taken when they are asked for: a row a firm and year.
HEADCOUNTS = Table(
    f"{NAME}_headcounts",
    METADATA,
    Column("network_id", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("firm", Uuid, nullable=False),
    Column("employees", Integer, nullable=False),
    Column("apprentices", Integer, nullable=False),
    *position_columns(),
    PrimaryKeyConstraint("network_id", "year", "firm", "since_position"),
)
