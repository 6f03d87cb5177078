"""What is answered of collaborations, and of a firm's history and partners."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    CONCENTRATION,
    COUNT,
    DAY,
    ID,
    MONIES,
    POSITION,
    SHA256,
    SHARE,
    SPREAD,
    TEXT,
    TIME,
    TRUE_AT,
    VERSION,
    YES,
    Shape,
    by_name,
    many,
    nullable,
    one_of,
    page,
    ref,
    said,
    shape,
)
from ledger.domain.assessment import BEST_RATING
from ledger.domain.collaboration import Answer, Outcome, State
from ledger.domain.kinds.catalogue import BY_NAME, KINDS
from ledger.domain.kinds.kind import Measure

ACTOR = said(
    TEXT,
    "who did it: firm:<id>, coordinator:<office id>, bank:<id>, operator:; behind it, for its own, for the firm "
    "that was acted for and for the office, account:<id>",
)
TERMS: Shape = {"type": "object", "description": "what was agreed, in the kind's shape: Terms_<kind>"}
EVIDENCE = many(ref("EvidenceFields"))
ROLES = list(dict.fromkeys(role.name for kind in KINDS for role in kind.roles))
CALLED: Shape = {
    "name": said(nullable(TEXT), "null for a bank that may not know it"),
    "description": said(nullable(TEXT), "what a bank is told in place of the name: sector and country"),
}

WORK: dict[str, Shape] = {
    "Party": shape(
        "A firm in its role.",
        {
            "firm": said(ID, "for a bank that may not know its name: an id that holds within this job only"),
            **CALLED,
            "role": one_of(*ROLES),
            "answer": one_of(*Answer, "pending"),
            "by_office": said(YES, "the network's office gave the answer for this firm"),
            "confirmed": said(YES, "the record counts for this firm"),
        },
    ),
    "GivenAssessment": shape(
        "What one party says of another; without its measures while it is sealed.",
        {
            "by": ID,
            "about": ID,
            "recorded_at": TIME,
            "sealed": YES,
            "opens_at": said(nullable(TIME), "null until the record is confirmed"),
            **dict.fromkeys((Measure.ON_TIME, Measure.ACCEPTED, Measure.PAID_ON_TIME), YES),
            Measure.DEFECTS: COUNT,
            Measure.RATING: {"type": "integer", "minimum": 1, "maximum": BEST_RATING},
            "comment": TEXT,
        },
        optional=(*Measure, "comment"),
    ),
    "Dispute": shape(
        "A contested record; what firms wrote about it is null for banks.",
        {
            "number": COUNT,
            "by": ID,
            "reason": nullable(TEXT),
            "raised_at": TIME,
            "state": one_of("open", "answered", "settled"),
            "answers": many(shape("An answer.", {"by": ID, "statement": nullable(TEXT), "at": TIME})),
            "outcome": nullable(one_of(*Outcome)),
            "note": nullable(TEXT),
            "settled_at": nullable(TIME),
        },
    ),
    "Collaboration": shape(
        "One piece of joint work, as the caller may see it.",
        {
            "id": ID,
            "network": ID,
            "kind": one_of(*BY_NAME),
            "title": TEXT,
            "state": one_of(*State),
            "confirmed": said(YES, "it counts"),
            "claimed": said(YES, "one side says so; it counts for nothing yet"),
            "parties": many(ref("Party")),
            "proposed_by": ID,
            "recorded_by": ACTOR,
            "by_office_alone": said(YES, "the network's office spoke for every firm among which it counts"),
            "terms": TERMS,
            "evidence": EVIDENCE,
            "document": said(nullable(SHA256), "the invoice that it was recorded from"),
            "completed_on": nullable(DAY),
            "assessments": many(ref("GivenAssessment")),
            "disputes": many(ref("Dispute")),
            "proposed_at": TIME,
            "confirmed_at": nullable(TIME),
            "business_date": said(DAY, "when it was completed, or else when it was proposed"),
            "version": VERSION,
            "position": POSITION,
        },
    ),
    "CollaborationEvent": shape(
        "Something that happened to a collaboration.",
        {
            "position": POSITION,
            "version": VERSION,
            "type": said(TEXT, "such as collaboration.accepted"),
            "recorded_at": TIME,
            "happened_on": DAY,
            "actor": ACTOR,
            "data": {"type": "object", "description": "what the event says, without what the caller may not read"},
        },
    ),
    "History": shape(
        "A firm's collaboration history: counts over all of it, and one page of it.",
        {"firm": ID, "summary": ref("HistorySummary"), **page("Collaboration")["properties"], **TRUE_AT},
    ),
    "HistorySummary": shape(
        "Counts of what the history holds.",
        {
            "jobs": said(COUNT, "confirmed ones"),
            "by_office_alone": said(COUNT, "of these, where the network's office spoke for every firm"),
            "claimed": said(nullable(COUNT), "proposed and not confirmed; null for banks"),
            "volume": MONIES,
            "by_kind": by_name(COUNT),
            "roles": by_name(COUNT),
            "first_on": nullable(DAY),
            "last_on": nullable(DAY),
            "disputes": shape("Disputes by outcome.", {"open": COUNT, **{one.value: COUNT for one in Outcome}}),
        },
    ),
    "Partners": shape(
        "Those the firm has worked with, the largest share first.",
        {
            "firm": ID,
            "counterparties": COUNT,
            "cross_border_share": nullable(SHARE),
            "concentration": CONCENTRATION,
            "spread": SPREAD,
            "payment": ref("Payment"),
            "items": many(ref("Partner")),
            **TRUE_AT,
        },
    ),
    "Partner": shape(
        "A counterparty in confirmed work.",
        {
            "firm": said(nullable(ID), "null for a bank that may not know its name"),
            **CALLED,
            "country": nullable(TEXT),
            "jobs": COUNT,
            "volume": MONIES,
            "share": SHARE,
            "first_on": DAY,
            "last_on": DAY,
            "kinds": by_name(COUNT),
            "cross_border": YES,
        },
    ),
}
