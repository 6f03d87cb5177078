"""What is answered of networks, banks, firms and keys."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    COUNT,
    ID,
    IDENTITY,
    POSITION,
    TEXT,
    TIME,
    VERIFICATION,
    VERSION,
    Shape,
    many,
    nullable,
    one_of,
    said,
    shape,
)
from ledger.domain.account import State
from ledger.domain.actor import Position, Role, Scope
from ledger.domain.firm import ToBanks

CLIENT: Shape = shape("A program as its issuer knows it.", {"issuer": TEXT, "subject": TEXT})
HEADCOUNT: Shape = {"year": COUNT, "employees": COUNT, "apprentices": COUNT, "reported_at": TIME}

MEMBERS: dict[str, Shape] = {
    "Network": shape(
        "A production network.",
        {
            "id": ID,
            "name": TEXT,
            "office": nullable(TEXT),
            "offices": said(
                many(shape("An office that coordinates it.", {"id": ID, "name": nullable(TEXT), "since": TIME})),
                "all that ever did, the present one last; its id is the subject of its keys and accounts",
            ),
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
            "disclosure": shape("How banks see it in its partners' histories.", {"to_banks": one_of(*ToBanks)}),
            "headcounts": said(
                many(shape("How many people it employed in a year.", HEADCOUNT)),
                "year by year; none for banks and for other firms",
            ),
            "version": VERSION,
            "position": POSITION,
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
            "replaced_by": said(nullable(ID), "the key that took its place"),
            "scopes": said(nullable(many(one_of(*Scope))), "what it is narrowed to; null: whatever its holder may"),
            "client": nullable(CLIENT),
            "last_used_at": said(nullable(TIME), "the hour of its last use; null where the past is asked for"),
            "version": VERSION,
        },
    ),
    "Account": shape(
        "A person's account, without what opens it.",
        {
            "id": ID,
            "role": one_of(*Role),
            "subject": nullable(ID),
            "network": nullable(ID),
            "position": one_of(*Position),
            "name": TEXT,
            "email": TEXT,
            "language": TEXT,
            "state": one_of(*State),
            "since": TIME,
            "invited_until": nullable(TIME),
            "version": VERSION,
        },
    ),
    "Invitation": shape("An invitation; its address is shown this once.", {"id": ID, "invitation": TEXT}),
    "Query": shape(
        "A firm that the bank looked at.", {"firm": ID, "what": TEXT, "purpose": TEXT, "at": TIME, "position": POSITION}
    ),
    "Word": shape(
        "Something that the network's office entered for a firm.",
        {
            "thing": said(ID, "what it is about: the collaboration, the offer, or the firm"),
            "type": said(TEXT, "the event, such as collaboration.accepted"),
            "actor": said(TEXT, "coordinator:<office id>, and account:<id> behind it where a person had signed in"),
            "office": said(nullable(TEXT), "what the office is called"),
            "person": said(nullable(TEXT), "what the person is called"),
            "at": TIME,
            "position": POSITION,
        },
    ),
    "Look": shape(
        "A bank's look at a firm.", {"bank": ID, "what": TEXT, "purpose": TEXT, "at": TIME, "position": POSITION}
    ),
}
