"""What the interface answers: the JSON Schema of every body, by the name that a contract's `answer` states.

Callers must expect further fields: a later release may add some, and takes none away.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.actor import Role
from ledger.domain.assessment import BEST_RATING
from ledger.domain.collaboration import Answer, Outcome, State
from ledger.domain.kinds.catalogue import BY_NAME, KINDS
from ledger.domain.kinds.kind import Measure

Shape = dict[str, Any]


def ref(name: str) -> Shape:
    """Point at another component."""
    return {"$ref": f"#/components/schemas/{name}"}


def shape(description: str, fields: Shape, *, optional: tuple[str, ...] = ()) -> Shape:
    """Describe an object; every field is always there, but for the optional ones."""
    required = [name for name in fields if name not in optional]
    return {"type": "object", "description": description, "properties": fields, "required": required}


def said(schema: Shape, description: str) -> Shape:
    """Say what a field means."""
    return {**schema, "description": description}


def nullable(schema: Shape) -> Shape:
    """Let a field be null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    options = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **options}


def many(items: Shape) -> Shape:
    """Describe a list."""
    return {"type": "array", "items": items}


def by_name(values: Shape) -> Shape:
    """Describe an object whose names are data."""
    return {"type": "object", "additionalProperties": values}


def one_of(*words: str) -> Shape:
    """Describe one of a few words."""
    return {"type": "string", "enum": list(words)}


def page(of: str) -> Shape:
    """Describe one page of a list."""
    following = said(nullable(TEXT), "the cursor of the next page, null on the last one")
    return shape("One page of a list.", {"items": many(ref(of)), "next": following})


TEXT: Shape = {"type": "string"}
ID: Shape = {"type": "string", "format": "uuid"}
DAY: Shape = {"type": "string", "format": "date"}
TIME: Shape = {"type": "string", "format": "date-time"}
YES: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
ON_PAPER: Shape = shape(
    "A party as the document names it.", dict.fromkeys(("name", "vat", "country", "town"), nullable(TEXT))
)
NUMBER: Shape = {"type": "number"}
SHARE: Shape = {"type": "number", "minimum": 0, "maximum": 1}
MONIES = many(ref("Money"))
VERSION = said(COUNT, "rises with every change; the ETag")
POSITION = said(COUNT, "the place in the log")
TRUE_AT = {"position": said(COUNT, "the place in the log that this is true for"), "as_of": said(TIME, "its time")}
ACTOR = said(TEXT, "who did it: firm:<id>, coordinator:<network id>, bank:<id> or operator:")
TERMS: Shape = {"type": "object", "description": "what was agreed, in the kind's shape: Terms_<kind>"}
SHA256: Shape = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
IDENTIFIERS = by_name(TEXT)
EVIDENCE = many(ref("EvidenceFields"))
IN_FORCE = ("in_force", "expired")
ROLES = list(dict.fromkeys(role.name for kind in KINDS for role in kind.roles))

RECEIPT: Shape = {
    "id": ID,
    "version": VERSION,
    "position": said(COUNT, "its place in the log: read it back with ?min_position="),
    "state": said(one_of(*State), "where a collaboration stands now"),
}
IDENTITY: Shape = {
    "id": ID,
    "network": ID,
    "name": TEXT,
    "legal_form": nullable(TEXT),
    "country": TEXT,
    "town": nullable(TEXT),
    "nace": said(nullable(TEXT), "its sector, a NACE code"),
    "identifiers": said(IDENTIFIERS, "register numbers by scheme"),
    "sole_proprietor": YES,
    "verified": said(YES, "the coordinator compared it with a register"),
    "admitted_at": TIME,
}
VERIFICATION: Shape = {"register": TEXT, "extract": TEXT, "on": DAY, "recorded_at": TIME}
CONCENTRATION = shape(
    "How much hangs on few partners.",
    {
        "hhi": said(nullable(SHARE), "sum of the squared shares; 1 with a single partner"),
        "largest_share": nullable(SHARE),
        "basis": said(one_of("volume", "jobs"), "what the shares are shares of"),
    },
)
WINDOW = shape("Jobs within a span.", {"count": COUNT, "volume": MONIES})
YES_AND_NO = shape("How many said yes, how many no.", {"yes": COUNT, "no": COUNT})
COUNTED_DISPUTES = dict.fromkeys(("open", "settled", "in_favour", "against"), COUNT)

ANSWERS: dict[str, Shape] = {
    "Receipt": shape(
        "What was recorded.",
        {**RECEIPT, "number": said(COUNT, "of a dispute that was raised: its number within the collaboration")},
        optional=("state", "number"),
    ),
    "KeyReceipt": shape(
        "The key that was issued.", {**RECEIPT, "key": said(TEXT, "the secret, shown this once")}, optional=("state",)
    ),
    "BatchResults": shape(
        "One result for each item, in the same order.",
        {"results": many({"anyOf": [ref("BatchRecorded"), ref("BatchRefused")]})},
    ),
    "BatchRecorded": shape(
        "An item that was recorded.", {"key": TEXT, "status": {"type": "integer", "const": 201}, **RECEIPT}
    ),
    "BatchRefused": shape(
        "An item that was refused; the others stand.",
        {"key": nullable(TEXT), "status": COUNT, "index": said(COUNT, "from 0"), "problem": ref("Problem")},
    ),
    "Network": shape(
        "A production network.",
        {
            "id": ID,
            "name": TEXT,
            "office": nullable(TEXT),
            "founded_at": TIME,
            "version": VERSION,
            "position": POSITION,
        },
    ),
    "Bank": shape(
        "A bank that firms may give consent to.",
        {
            "id": ID,
            "name": TEXT,
            "country": nullable(TEXT),
            "bic": nullable(TEXT),
            "lei": nullable(TEXT),
            "registered_at": TIME,
            "version": VERSION,
            "position": POSITION,
        },
    ),
    "Firm": shape(
        "A member firm.",
        {
            **IDENTITY,
            "capabilities": many(TEXT),
            "verifications": many(shape("Who agreed with which extract.", VERIFICATION)),
            "version": VERSION,
            "position": POSITION,
        },
    ),
    "Party": shape(
        "A firm in its role.",
        {
            "firm": ID,
            "role": one_of(*ROLES),
            "answer": one_of(*Answer, "pending"),
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
            "items": many(ref("Partner")),
            **TRUE_AT,
        },
    ),
    "Partner": shape(
        "A counterparty in confirmed work.",
        {
            "firm": ID,
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
    "Trust": shape(
        "The trust score of a firm, or the facts and the reason why there is none.",
        {
            "firm": ID,
            "score": said(nullable({**NUMBER, "minimum": 0, "maximum": 100}), "from 0 to 100"),
            "interval": nullable(ref("Interval")),
            "grade": nullable(one_of("strong", "good", "fair", "weak")),
            "factors": said(many(ref("Factor")), "their points add up to the score"),
            "sufficient": YES,
            "reason": said(nullable(TEXT), "why there is no score"),
            "counterparties": COUNT,
            "facts": ref("TrustFacts"),
            "method": said(TEXT, "the version of the method"),
            **TRUE_AT,
        },
    ),
    "Interval": shape("Where the score lies.", {"level": SHARE, "low": NUMBER, "high": NUMBER}),
    "Factor": shape(
        "What moves the score, and by how much.",
        {
            "code": TEXT,
            "points": NUMBER,
            "because": {"type": "object"},
            "evidence": said(TEXT, "the address of the collaborations behind it"),
        },
    ),
    "TrustFacts": shape(
        "What the score rests on.",
        {
            "confirmed_jobs": COUNT,
            "counterparties": COUNT,
            "reports": COUNT,
            "sealed_reports": said(COUNT, "given, and not counted yet"),
            "record": ref("TrackRecord"),
            "credit_references": many(ref("CreditReference")),
            "disputes": shape("Disputes, and in whose favour.", COUNTED_DISPUTES),
        },
    ),
    "TrackRecord": shape(
        "What counterparties said.",
        {
            **dict.fromkeys(("on_time", "accepted", "paid"), YES_AND_NO),
            "rating": shape("Marks from 1 to 5.", {"count": COUNT, "mean": nullable(NUMBER)}),
        },
    ),
    "CreditReference": shape(
        "What another firm states on how this one pays.",
        {
            "on": DAY,
            "since": DAY,
            "terms_days": COUNT,
            "days_beyond_terms": COUNT,
            "high_credit": ref("Money"),
            "past_due": ref("Money"),
            "last_sale": DAY,
            "contested": YES,
        },
        optional=("high_credit", "past_due", "last_sale"),
    ),
    "Look": shape(
        "A bank's look at a firm.", {"bank": ID, "what": TEXT, "purpose": TEXT, "at": TIME, "position": POSITION}
    ),
    "Consent": shape(
        "A firm's leave for a bank to look.",
        {
            "id": ID,
            "network": ID,
            "firm": ID,
            "bank": ID,
            "purpose": TEXT,
            "granted_at": TIME,
            "until": DAY,
            "withdrawn_at": nullable(TIME),
            "state": one_of(*IN_FORCE, "withdrawn"),
            "version": VERSION,
            "position": POSITION,
        },
    ),
    "IssuedReferral": shape(
        "A referral in a list.",
        {
            "id": ID,
            "network": ID,
            "firm": ID,
            "bank": ID,
            "consent": ID,
            "purpose": TEXT,
            "issued_at": TIME,
            "valid_until": DAY,
            "revoked_at": nullable(TIME),
            "state": one_of(*IN_FORCE, "revoked"),
            "version": VERSION,
            "position": TRUE_AT["position"],
        },
    ),
    "Referral": shape(
        "What a bank is told of a firm: the same whenever it is asked for, but for its state.",
        {
            "id": ID,
            "state": one_of(*IN_FORCE, "revoked"),
            "purpose": TEXT,
            "bank": ID,
            "issued_at": TIME,
            "valid_until": DAY,
            **TRUE_AT,
            "method": TEXT,
            "firm": ref("ReferredFirm"),
            "relationship_since": said(nullable(DAY), "the first confirmed job"),
            "jobs": shape("Jobs by span.", dict.fromkeys(("12_months", "24_months", "36_months"), WINDOW)),
            "roles": by_name(COUNT),
            "counterparties": COUNT,
            "concentration": CONCENTRATION,
            "cross_border_share": nullable(SHARE),
            "record": ref("TrackRecord"),
            "credit_references": many(ref("CreditReference")),
            "disputes": shape("Disputes, and in whose favour.", COUNTED_DISPUTES),
            "last_job": nullable(DAY),
            "trust": ref("Trust"),
            "not_known": said(many(TEXT), "what a reader must not take for granted"),
            "how_to_verify": TEXT,
            "notice": TEXT,
        },
    ),
    "ReferredFirm": shape(
        "The firm, and who verified it.",
        {
            **IDENTITY,
            "verifications": many(
                shape(
                    "Who agreed with which extract.",
                    {**VERIFICATION, "by": shape("The coordinator.", {"role": TEXT, "network": ID})},
                )
            ),
        },
    ),
    "Key": shape(
        "An API key, without its secret.",
        {
            "id": ID,
            "role": one_of(*Role),
            "subject": nullable(ID),
            "network": nullable(ID),
            "label": nullable(TEXT),
            "issued_at": TIME,
            "expires_at": nullable(TIME),
            "revoked_at": nullable(TIME),
            "version": VERSION,
        },
    ),
    "Draft": shape(
        "What was read of a document; nothing is recorded.",
        {
            "draft": {"type": "object", "description": "a body for POST /v1/collaborations, to correct and send"},
            "warnings": many(
                shape(
                    "What to look at first.",
                    {"code": TEXT, "detail": TEXT, "pointer": said(TEXT, "a JSON pointer into the draft")},
                    optional=("pointer",),
                )
            ),
            "document": shape(
                "The document, and what it states.",
                {
                    "sha256": SHA256,
                    "syntax": TEXT,
                    "profile": TEXT,
                    "number": nullable(TEXT),
                    "issued_on": nullable(DAY),
                    "due_on": nullable(DAY),
                    "delivered_on": nullable(DAY),
                    "currency": nullable(TEXT),
                    "net": said(nullable(TEXT), "the total without VAT, which becomes the draft's value"),
                    "gross": said(nullable(TEXT), "the total with VAT"),
                    "payable": said(nullable(TEXT), "what is left to pay"),
                    "seller": ON_PAPER,
                    "buyer": ON_PAPER,
                },
            ),
        },
    ),
    "Life": shape("The process answers.", {"status": one_of("alive")}),
    "Readiness": shape(
        "Where the log and each read model stand.",
        {
            "status": one_of("ready", "failed", "unavailable"),
            "position": said(nullable(COUNT), "the last place in the log"),
            "projections": many(
                shape(
                    "A read model.",
                    {
                        "name": TEXT,
                        "position": COUNT,
                        "lag": COUNT,
                        "failed_at": said(nullable(COUNT), "where it stopped"),
                    },
                )
            ),
        },
    ),
    "OpenAPI": {"type": "object", "description": "An OpenAPI 3.1 document."},
    "Networks": page("Network"),
    "Banks": page("Bank"),
    "Firms": page("Firm"),
    "Collaborations": page("Collaboration"),
    "CollaborationEvents": page("CollaborationEvent"),
    "Consents": page("Consent"),
    "Referrals": page("IssuedReferral"),
    "Keys": page("Key"),
    "AccessLog": page("Look"),
}

# Answered with this status, too, when the news is bad.
BAD_NEWS = {"Readiness": 503}
