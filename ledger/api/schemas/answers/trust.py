"""What is answered of the trust score."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    COUNT,
    COUNTED_DISPUTES,
    DAY,
    ID,
    SHARE,
    TEXT,
    TRUE_AT,
    YES,
    Shape,
    many,
    nullable,
    one_of,
    ref,
    said,
    shape,
)

NUMBER: Shape = {"type": "number"}
YES_AND_NO = shape("How many said yes, how many no.", {"yes": COUNT, "no": COUNT})

TRUST: dict[str, Shape] = {
    "Trust": shape(
        "The trust score of a firm, or the facts and the reason why there is none.",
        {
            "firm": ID,
            "score": said(nullable({**NUMBER, "minimum": 0, "maximum": 100}), "from 0 to 100"),
            "interval": nullable(ref("Interval")),
            "grade": nullable(one_of("strong", "good", "fair", "weak")),
            "confidence": said(one_of("A", "B", "C", "D"), "how much evidence there is; D: not rated"),
            "factors": said(many(ref("Factor")), "their points add up to the score"),
            "waterfall": said(many(ref("Step")), "the score after each step of the method"),
            "sufficient": YES,
            "reason": said(nullable(TEXT), "why there is no score"),
            "missing": nullable(ref("Missing")),
            "counterparties": COUNT,
            "independent_counterparties": said(COUNT, "those of them whose word counts"),
            "facts": ref("TrustFacts"),
            "method": said(TEXT, "the version of the method"),
            **TRUE_AT,
        },
    ),
    "Missing": shape(
        "What is missing for a score, in figures.",
        {
            "code": one_of("partners", "said", "believed_partners", "believed"),
            "have": NUMBER,
            "need": NUMBER,
        },
    ),
    "Interval": shape("Where the score lies.", {"level": SHARE, "low": NUMBER, "high": NUMBER}),
    "Factor": shape(
        "What moves the score, and by how much.",
        {
            "code": TEXT,
            "points": NUMBER,
            "because": {"type": "object"},
            "would_change": said(TEXT, "what would change it, in one sentence"),
            "change": shape(
                "The same in points: what one more good report would add, what the bad ones cost.",
                {"gain": nullable(NUMBER), "cost": nullable(NUMBER)},
            ),
            "evidence": said(TEXT, "the address of the collaborations behind it"),
        },
    ),
    "Step": shape(
        "The score with every word at its face, with one counterparty's word limited, and as it is.",
        {"code": one_of("plain", "ceilings", "credibility"), "score": NUMBER},
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
    "Payment": shape(
        "How a firm pays, in figures.",
        {
            "days_beyond_terms": shape(
                "As partners state it in credit references, the latest of each.",
                {
                    "referees": COUNT,
                    "contested": COUNT,
                    "median": nullable(NUMBER),
                    "worst": nullable(COUNT),
                    "weighted": many(
                        shape(
                            "Weighed by the highest credit in use, where that is known.",
                            {"currency": TEXT, "referees": COUNT, "credit": ref("Money"), "mean": NUMBER},
                        )
                    ),
                },
            ),
            "paid_on_time": shape(
                "Of jobs: whether the bill was paid when it was due.",
                {"yes": COUNT, "no": COUNT, "share": nullable(SHARE)},
            ),
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
}
