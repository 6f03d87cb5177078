"""What every read takes in its query string."""

from __future__ import annotations

from datetime import date

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from ledger.domain.collaboration import Outcome, State
from ledger.domain.kinds.catalogue import BY_NAME
from ledger.projections.activity.behind import COUNTED
from ledger.projections.activity.feed import WHAT
from ledger.projections.activity.period import SPANS
from ledger.web.schemas.fields import LARGEST_POSITION, Count, Day, Line, Moment, counted, country, division, month

MOST_ITEMS = 200
LONGEST_WAIT = 10


class ReadQuery(Schema):
    """As of when, and how fresh."""

    as_of = Moment()
    as_of_position = counted(0, LARGEST_POSITION)
    min_position = counted(0, LARGEST_POSITION)
    wait = fields.Float(validate=validate.Range(0, LONGEST_WAIT), load_default=0.0)

    @validates_schema
    def one_past(self, data: dict[str, object], **_: object) -> None:
        """Refuse two different pasts in one question."""
        if "as_of" in data and "as_of_position" in data:
            raise ValidationError("Give a time or a position, not both.", "as_of_position")


class ListQuery(ReadQuery):
    """A list in pages."""

    limit = counted(1, MOST_ITEMS, load_default=50)
    cursor = Line(2000)


class EventsQuery(ReadQuery):
    """Behind which position of the log."""

    after = counted(0, LARGEST_POSITION, load_default=0)
    limit = counted(1, MOST_ITEMS, load_default=50)


class StreamQuery(Schema):
    """Behind which position of the log; by default what comes from now on."""

    after = counted(0, LARGEST_POSITION)


class FirmsQuery(ListQuery):
    """Which firms."""

    q = Line(200)
    country = country()
    sector = fields.String(validate=validate.Regexp(r"^[0-9A-U][0-9.]{0,6}\Z", error="A NACE code such as 25.62."))
    capability = Line(100)


class MembersQuery(FirmsQuery):
    """Which members of a network: with a partner in these months, or admitted by the end of one."""

    worked_from = month()
    worked_to = month()
    admitted_to = month()

    @validates_schema
    def whole(self, data: dict[str, object], **_: object) -> None:
        """Refuse a span with one end."""
        if ("worked_from" in data) != ("worked_to" in data):
            raise ValidationError("Both months are expected.", "worked_to")


class Between(Schema):
    """From which business date to which."""

    since = Day(data_key="from")
    until = Day(data_key="to")

    @validates_schema
    def in_order(self, data: dict[str, date], **_: object) -> None:
        """Refuse an end before its beginning."""
        if "since" in data and "until" in data and data["until"] < data["since"]:
            raise ValidationError("The end lies before the beginning.", "to")


class PeriodQuery(ReadQuery, Between):
    """Which business dates."""


class HistoryQuery(ListQuery, Between):
    """Which part of a firm's history."""

    kind = fields.String(validate=validate.OneOf(list(BY_NAME)))


class CollaborationsQuery(HistoryQuery):
    """Which collaborations."""

    firm = fields.UUID()
    state = fields.String(validate=validate.OneOf([state.value for state in State]))


class WorkQuery(CollaborationsQuery):
    """Which joint work of a network, or what a figure counts of firms of a sector and country, in a currency."""

    counted = fields.String(validate=validate.OneOf(COUNTED))
    sector = division()
    country = country()
    currency = fields.String(validate=validate.Regexp(r"^[A-Z]{3}\Z", error="A currency such as EUR."))

    @validates_schema
    def as_figures_do(self, data: dict[str, object], **_: object) -> None:
        """Refuse to mix: a figure asks for no state and no firm, and only a figure for sectors and countries."""
        others = ("state", "firm") if "counted" in data else ("sector", "country", "currency")
        for name in others:
            if name in data:
                raise ValidationError(f"{'Not' if 'counted' in data else 'Only'} together with `counted`.", name)


class ActivityQuery(ListQuery):
    """Which events of a network."""

    what = fields.String(validate=validate.OneOf(WHAT))
    kind = fields.String(validate=validate.OneOf(list(BY_NAME)))
    firm = fields.UUID()
    outcome = fields.String(validate=validate.OneOf([outcome.value for outcome in Outcome]))
    year = counted(1990, 2999)


class IndicatorsQuery(ReadQuery):
    """The figures of how many months, and of which firms."""

    months = Count(validate=validate.OneOf(SPANS, error="One of {choices} is expected."), load_default=12)
    sector = division()
    country = country()


class MapQuery(ReadQuery):
    """The map of which year, around which firm."""

    focus = fields.UUID()
    year = counted(1990, 2999)


class InclusionQuery(Schema):
    """Which event, in the tree of how many leaves."""

    position = counted(1, LARGEST_POSITION, required=True)
    size = counted(1, LARGEST_POSITION)


class ConsistencyQuery(Schema):
    """Which two sizes of the tree."""

    first = counted(1, LARGEST_POSITION, required=True)
    second = counted(1, LARGEST_POSITION)


class LeavesQuery(Schema):
    """From which leaf to which, both included."""

    first = counted(0, LARGEST_POSITION, data_key="from", load_default=0)
    last = counted(0, LARGEST_POSITION, data_key="to")
