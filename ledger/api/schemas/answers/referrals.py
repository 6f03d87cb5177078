"""What is answered of consents, referrals and offers of capacity."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    CONCENTRATION,
    COUNT,
    COUNTED_DISPUTES,
    DAY,
    ID,
    IDENTITY,
    MONIES,
    POSITION,
    SHARE,
    SPREAD,
    TEXT,
    TIME,
    TRUE_AT,
    VERIFICATION,
    VERSION,
    Shape,
    by_name,
    many,
    nullable,
    one_of,
    ref,
    said,
    shape,
)
from ledger.delivery.signing import Verdict
from ledger.domain.offer import Direction, Resource

SD_JWT = r"^[\w-]+\.[\w-]+\.[\w-]+~([\w-]+~)*$"
IN_FORCE = ("in_force", "expired")
ALONE = said(COUNT, "of these, where the network's office spoke for every firm")
WINDOW = shape("Jobs within a span.", {"count": COUNT, "by_office_alone": ALONE, "volume": MONIES})

REFERRALS: dict[str, Shape] = {
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
    "CapacityOffer": shape(
        "Capacity that a firm has free, or seeks.",
        {
            "id": ID,
            "network": ID,
            "firm": ID,
            "name": nullable(TEXT),
            "direction": one_of(*Direction),
            "resource": one_of(*Resource),
            "what": TEXT,
            "hours": nullable(TEXT),
            "from": DAY,
            "to": DAY,
            "note": nullable(TEXT),
            "offered_at": TIME,
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
            "independent_counterparties": said(COUNT, "those of them whose word counts"),
            "concentration": CONCENTRATION,
            "spread": SPREAD,
            "cross_border_share": nullable(SHARE),
            "partners": said(many(ref("Partner")), "as each of them has decided to be shown to banks"),
            "record": ref("TrackRecord"),
            "payment": ref("Payment"),
            "credit_references": many(ref("CreditReference")),
            "disputes": shape("Disputes, and in whose favour.", COUNTED_DISPUTES),
            "last_job": nullable(DAY),
            "trust": ref("Trust"),
            "not_known": said(many(TEXT), "what a reader must not take for granted"),
            "how_to_verify": TEXT,
            "notice": TEXT,
        },
    ),
    "SignedReferral": said(
        {"type": "string", "pattern": SD_JWT}, "The referral, or a part of it, as an SD-JWT (RFC 9901)."
    ),
    "SealedReferral": said(
        {"type": "string", "contentMediaType": "application/pdf"},
        "The referral on one sheet, sealed (PAdES), with the signed form attached.",
    ),
    "StatusList": said({"type": "string"}, "Revoked referrals as bits, a signed JWT (IETF Token Status List)."),
    "Verification": shape(
        "What a token is, and what it discloses itself.",
        {
            "verdict": one_of(*(verdict.value for verdict in Verdict)),
            "detail": TEXT,
            "referral": nullable(ID),
            "firm": nullable(shape("As the token names it.", {"id": ID, "name": TEXT})),
            "position": nullable(COUNT),
            "issued_at": nullable(TIME),
            "expires_at": said(nullable(TIME), "from here on it is expired"),
            "disclosed": said(many(TEXT), "the parts that it shows, of those that its holder may keep back"),
        },
    ),
    "SigningKeys": shape(
        "Every public key that ever signed referrals, the newest first (RFC 7517).",
        {"keys": many(shape("A key.", dict.fromkeys(("kty", "crv", "x", "y", "kid", "alg", "use"), TEXT)))},
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
}
