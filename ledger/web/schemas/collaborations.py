"""Bodies of the requests about collaborations; the terms are read by the kind itself."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from ledger.domain.assessment import BEST_RATING, LONGEST_COMMENT, MOST_DEFECTS
from ledger.domain.collaboration import MOST_DOCUMENTS, Outcome
from ledger.domain.evidence import LONGEST_TITLE
from ledger.domain.kinds.kind import MOST_PARTIES
from ledger.web.schemas.fields import Day, Key, Line, Paragraph, YesNo, whole

MOST_IN_A_BATCH = 1000
SHA256 = validate.Regexp(r"^[0-9a-fA-F]{64}\Z", error="A SHA-256 is written as 64 hexadecimal digits.")


class PartyBody(Schema):
    """A firm in its role."""

    firm = fields.UUID(required=True)
    role = Line(40, required=True)


class EvidenceFields(Schema):
    """A document: its SHA-256, media type and title."""

    sha256 = fields.String(required=True, validate=SHA256)
    media_type = Line(150, required=True)
    title = Line(LONGEST_TITLE, required=True)


class AssessmentFields(Schema):
    """What one party says of another."""

    about = fields.UUID(required=True)
    on_time = YesNo()
    accepted = YesNo()
    defects = whole(0, MOST_DEFECTS)
    paid_on_time = YesNo()
    rating = whole(1, BEST_RATING)
    comment = Paragraph(LONGEST_COMMENT)


class CollaborationBody(Schema):
    """Joint work to record, finished or agreed upon."""

    kind = Line(40, required=True)
    title = Line(200, required=True)
    parties = fields.List(fields.Nested(PartyBody), required=True, validate=validate.Length(2, MOST_PARTIES + 1))
    terms = fields.Raw(required=True)
    evidence = fields.List(fields.Nested(EvidenceFields), validate=validate.Length(max=MOST_DOCUMENTS))
    completed_on = Day(allow_none=True)
    assessments = fields.List(fields.Nested(AssessmentFields), validate=validate.Length(max=MOST_PARTIES))
    document = fields.String(validate=SHA256, allow_none=True)
    proposed_by = fields.UUID(allow_none=True)


class BatchItem(CollaborationBody):
    """One of a batch, with its own idempotency key."""

    key = Key(required=True)


class ConfirmedBody(Schema):
    """A firm that agreed to a job in the old books, and when."""

    firm = fields.UUID(required=True)
    on = Day(required=True)


class PastItem(BatchItem):
    """One of an import: with what only old books know of it."""

    recorded_on = Day(allow_none=True)
    confirmed = fields.List(fields.Nested(ConfirmedBody), validate=validate.Length(max=MOST_PARTIES))


class BatchBody(Schema):
    """Up to a thousand collaborations, as `items` or as a bare list; each stands or falls by itself."""

    bare_list = "items"

    items = fields.List(fields.Raw(), required=True, validate=validate.Length(1, MOST_IN_A_BATCH))


class StepBody(Schema):
    """A step; `firm` is for coordinators, who say for which firm they act."""

    firm = fields.UUID(allow_none=True)


class ReasonBody(StepBody):
    """A step with an optional reason."""

    reason = Paragraph(allow_none=True)


class CompletionBody(StepBody):
    """When the work was finished."""

    completed_on = Day(required=True)


class AssessmentBody(AssessmentFields):
    """An assessment by a party."""

    firm = fields.UUID(allow_none=True)


class AmendmentBody(StepBody):
    """The corrected record."""

    terms = fields.Raw(required=True)
    title = Line(200)
    completed_on = Day(allow_none=True)


class EvidenceBody(EvidenceFields):
    """A document to attach."""

    firm = fields.UUID(allow_none=True)


class DisputeBody(StepBody):
    """Why the record is contested."""

    reason = Paragraph(required=True)


class AnswerBody(StepBody):
    """What another party says to a dispute."""

    statement = Paragraph(required=True)


class SettlementBody(Schema):
    """The coordinator's decision."""

    outcome = fields.String(required=True, validate=validate.OneOf([outcome.value for outcome in Outcome]))
    note = Paragraph(allow_none=True)
    terms = fields.Raw(allow_none=True)
