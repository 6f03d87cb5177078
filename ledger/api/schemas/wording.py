"""What fields and parameters mean, in a few words; the document and the docs page show them.

A field is looked up as `Schema.field`, for its own schema or one it inherits from, then by its bare name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema

if TYPE_CHECKING:
    from marshmallow import fields

WORDING = {
    # the query string
    "as_of": "the ledger as it stood at this time (RFC 3339)",
    "as_of_position": "the ledger as it stood at this position; not together with as_of",
    "min_position": "answer only once the read models have come as far; with wait it reads your own write",
    "wait": "seconds to wait for min_position",
    "limit": "how many to a page",
    "cursor": "where the page begins: the next of the page before, as it came",
    "from": "first business day",
    "to": "last business day, included",
    "after": "the last position that was looked at already",
    "EventsQuery.wait": "seconds to wait for the next event, or for min_position",
    "StreamQuery.after": "the last position that was looked at already; by default all that is recorded by now",
    "q": "part of the name, in any case",
    "sector": "the beginning of a NACE code",
    "capability": "a capability, in any case",
    "state": "where it stands",
    "counted": "what a figure counts: confirmed work, that across a border, within a country, or ever disputed",
    "WorkQuery.sector": "of firms of this NACE division; only with counted",
    "WorkQuery.country": "of firms of this country; only with counted",
    "WorkQuery.currency": "with an amount in this currency; only with counted",
    "worked_from": "with a partner from this month on",
    "worked_to": "with a partner up to this month",
    "admitted_to": "admitted by the end of this month",
    "ActivityQuery.outcome": "how a dispute was settled",
    "ActivityQuery.year": "the year of recording",
    "CollaborationsQuery.firm": "a party; a bank must name one",
    # a network as a whole
    "what": "what happened",
    "ActivityQuery.firm": "a firm that it is about",
    "months": "how many months, the running one included: 3, 12 or 24",
    "IndicatorsQuery.sector": "a NACE division such as 25",
    "focus": "the firm whose neighbours are shown where not all fit on the map",
    "year": "the year of the jobs; by default all",
    # the log's tree
    "position": "the event's place in the log",
    "size": "how many leaves the tree has; by default those of the last signed head",
    "first": "the smaller tree, by its leaves",
    "second": "the larger tree, by its leaves; by default that of the last signed head",
    "LeavesQuery.from": "the first leaf, counted from 0",
    "LeavesQuery.to": "the last leaf, included",
    # networks, banks, firms
    "name": "its name",
    "office": "the office that coordinates the network",
    "HandoverBody.office": "what the office is called that coordinates the network from now on",
    "country": "ISO 3166-1 alpha-2",
    "bic": "bank identifier code, ISO 9362",
    "lei": "legal entity identifier, ISO 17442",
    "legal_form": "such as GmbH or ApS",
    "town": "where it sits",
    "nace": "its sector, a NACE code such as 25.62",
    "identifiers": "register numbers; null removes one, others stay",
    "handelsregister": "German register, such as Kiel HRB 1234 NM",
    "euid": "European unique identifier, such as DKCVR.11845118",
    "vat": "VAT number with its country",
    "cvr": "Danish register number",
    "capabilities": "what it can do, in its own words",
    "sole_proprietor": "true when the firm is a person: its name is personal data",
    "register": "which register",
    "extract": "which extract: its number or address",
    "VerificationBody.on": "the day of the extract",
    "to_banks": "named, or described by sector and country, where a bank looks at a partner",
    "HeadcountBody.year": "which year, from 1990 to the running one; of the same year the last word holds",
    "employees": "how many people it employed, apprentices among them",
    "apprentices": "how many of them were apprentices",
    # offers of capacity
    "direction": "free: the firm has it; sought: it needs it",
    "resource": "machine or staff",
    "OfferBody.firm": "the firm that offers; for coordinators",
    "OfferBody.what": "which machine or skill",
    "OfferBody.hours": "how many in all, as a decimal",
    "OfferBody.from": "the first day",
    "OfferBody.to": "the last day; the offer ends with it",
    "OfferBody.note": "whatever else one should know",
    "OffersQuery.firm": "whose",
    # consents, referrals, keys
    "bank": "who may look",
    "purpose": "what for, in a few words; a referral names the same",
    "until": "the last day, included",
    "granted": "whether the loan was granted",
    "amount_band": "how large the loan is, in its currency; only of a granted one",
    "OutcomeBody.currency": "EUR or DKK; with amount_band, and only then",
    "disclose": "the parts to show; all others are kept back",
    "token": "the referral as it was handed on: an SD-JWT",
    "ReferralBody.firm": "the firm that the referral is about",
    "KeyBody.role": "what the holder is",
    "subject": "the firm, the bank, or for a coordinator the network; none for an operator",
    "label": "a name to know the key by",
    "scopes": "what the key is narrowed to; without them it may do whatever its holder may",
    "client": "the program whose access tokens open, in place of a secret; for operators and coordinators to name",
    "issuer": "its issuer of OpenID Connect, which this ledger must take tokens of (iss)",
    "ClientBody.subject": "what the issuer calls it (sub)",
    "grace_hours": "how long the old key opens beside the new one, up to 720; at once closed without it",
    "url": "where events are sent, over https",
    "types": "the types of events to send, such as ledger.consent.withdrawn; all when none is named",
    "expires_at": "when it stops opening (RFC 3339); never without one",
    "AccountBody.role": "whom the person is to act for: a firm, a bank, an office or the operator",
    "AccountBody.position": "owner or clerk of a firm, clerk when nothing is said; member elsewhere",
    "email": "what the person signs in with; one address has one account",
    "language": "of the person's pages: en, de or da",
    # collaborations and their steps
    "kind": "one of the eight kinds",
    "title": "what it is called",
    "parties": "who takes part, each firm once, in the roles of the kind",
    "PartyBody.firm": "the firm",
    "PartyBody.role": "one of the kind's two roles",
    "terms": "what was agreed, in the kind's shape",
    "evidence": "documents that back it: their SHA-256, never their text",
    "EvidenceFields.title": "such as Invoice 2026-117",
    "sha256": "64 hexadecimal digits",
    "media_type": "such as application/pdf",
    "completed_on": "the day on which the work was finished",
    "assessments": "what the recording firm says of the others; only of finished work",
    "about": "the firm that is spoken of",
    "on_time": "the work came when it was promised",
    "accepted": "the work was accepted",
    "defects": "how many were found",
    "paid_on_time": "the bill was paid when it was due",
    "rating": "1 poor to 5 excellent",
    "comment": "in words; banks do not see it",
    "document": "SHA-256 of the invoice that it is recorded from: the same one makes one job",
    "proposed_by": "for coordinators: the firm that it is recorded for, by default the first party",
    "key": "the item's own idempotency key",
    "items": "each stands or falls by itself",
    "firm": "for coordinators: the firm that acts",
    "reason": "why, in words; banks do not see it",
    "statement": "the answer, in words; banks do not see it",
    "outcome": "the record stands, is corrected, or no longer counts",
    "note": "the reasons, in words; banks do not see them",
    "SettlementBody.terms": "the corrected terms; with the outcome amended, and only then",
}


def wording(field: fields.Field[Any]) -> str | None:
    """Return what a field of a schema means."""
    name = field.data_key or field.name
    if not isinstance(field.parent, Schema):  # an entry of a list says nothing beyond its list
        return None
    owners = (f"{owner.__name__}.{name}" for owner in type(field.parent).__mro__)
    return next((WORDING[key] for key in (*owners, name) if key in WORDING), None)
