"""Requests about offers of capacity."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from ledger.domain.offer import Direction, Resource
from ledger.web.schemas.fields import Day, Line, Paragraph
from ledger.web.schemas.queries import ListQuery

DIRECTIONS = validate.OneOf([one.value for one in Direction])
RESOURCES = validate.OneOf([one.value for one in Resource])


class OfferBody(Schema):
    """What a firm has free or seeks, and when; a coordinator says for which `firm`."""

    firm = fields.UUID(allow_none=True)
    direction = fields.String(required=True, validate=DIRECTIONS)
    resource = fields.String(required=True, validate=RESOURCES)
    what = Line(200, required=True)
    hours = Line(12, allow_none=True)
    begins = Day(required=True, data_key="from")
    ends = Day(required=True, data_key="to")
    note = Paragraph(allow_none=True)


class OffersQuery(ListQuery):
    """Which offers."""

    direction = fields.String(validate=DIRECTIONS)
    resource = fields.String(validate=RESOURCES)
    firm = fields.UUID()
