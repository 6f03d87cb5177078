"""What is answered of personal data: all that is held of a firm, and the certificate of its erasure."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    COUNT,
    DAY,
    ID,
    POSITION,
    SHA256,
    TEXT,
    TIME,
    YES,
    Shape,
    many,
    nullable,
    said,
    shape,
)

HELD: dict[str, Shape] = {
    "erased_at": said(nullable(TIME), "since then every value reads as erased"),
    "retention": many(
        shape(
            "How long records are kept.",
            {
                "records": said(many(TEXT), "how the events' types begin; the first entry that fits holds"),
                "purpose": TEXT,
                "years": said(COUNT, "from the end of the calendar year of the record"),
                "law": TEXT,
            },
        )
    ),
    "items": many(
        shape(
            "A personal field of one event.",
            {
                "position": POSITION,
                "type": said(TEXT, "of the event, see docs/events.md"),
                "id": said(ID, "what the event happened to"),
                "recorded_at": TIME,
                "happened_on": DAY,
                "field": TEXT,
                "value": said({}, "as it was recorded: a text, an object or a list; null where nothing was"),
                "purpose": said(TEXT, "why it is kept"),
            },
        )
    ),
}
CERTIFIED: dict[str, Shape] = {
    "erased_at": TIME,
    "erased_by": said(TEXT, "the caller, as events name it"),
    "fingerprint": said(SHA256, "SHA-256 of the key that was destroyed"),
    "position": said(COUNT, "up to which the read models must get"),
    "complete": said(YES, "false while read models or their files are behind: send the request again"),
}

PERSONAL_DATA: dict[str, Shape] = {
    "PersonalData": shape("Every personal field about a firm, in the order of the log.", {"firm": ID, **HELD}),
    "Erasure": shape("The certificate of an erasure.", {"firm": ID, **CERTIFIED}),
    "AccountData": shape("Every personal field about a person, in the order of the log.", {"account": ID, **HELD}),
    "AccountErasure": shape("The certificate of a person's erasure.", {"account": ID, **CERTIFIED}),
}
