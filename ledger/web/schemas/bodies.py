"""Bodies of the requests about networks, banks, firms, consents, referrals and keys."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from ledger.delivery.cloud_events import PREFIX
from ledger.delivery.referral_token import PARTS
from ledger.domain.actor import Position, Role, Scope
from ledger.domain.aggregates import topics
from ledger.domain.firm import FIRST_YEAR, MOST_EMPLOYEES, ToBanks
from ledger.domain.identifiers import LONGEST
from ledger.domain.loan import CURRENCIES, Band
from ledger.domain.web_address import LONGEST as LONGEST_ADDRESS
from ledger.web.languages import FALLBACK, LANGUAGES
from ledger.web.schemas.fields import Day, Held, Line, Moment, YesNo, country, whole

LONGEST_GRACE = 30 * 24  # hours
LONGEST_TOKEN = 500_000
TYPES = [PREFIX + topic for topic in topics()]
NACE = validate.Regexp(r"^[0-9]{2}(\.[0-9]{1,2})?\Z", error="A NACE code such as 25.62.")


class NetworkBody(Schema):
    """A network and the office that coordinates it."""

    name = Line(200, required=True)
    office = Line(200, allow_none=True)


class HandoverBody(Schema):
    """The office that a network is handed over to."""

    office = Line(200, required=True)


class EpochBody(Schema):
    """There is nothing to say: an epoch closes when it is asked for, with what is recorded by then."""


class BankBody(Schema):
    """A bank."""

    name = Line(200, required=True)
    country = country(allow_none=True)
    bic = Line(11, allow_none=True)
    lei = Line(20, allow_none=True)


class IdentifiersBody(Schema):
    """Register numbers; null removes one."""

    handelsregister = Line(LONGEST, allow_none=True)
    euid = Line(LONGEST, allow_none=True)
    vat = Line(LONGEST, allow_none=True)
    cvr = Line(LONGEST, allow_none=True)
    lei = Line(LONGEST, allow_none=True)


class FirmPatch(Schema):
    """What may change of a firm."""

    name = Line(200)
    legal_form = Line(100, allow_none=True)
    country = country()
    town = Line(100, allow_none=True)
    nace = fields.String(validate=NACE, allow_none=True)
    identifiers = fields.Nested(IdentifiersBody)
    capabilities = fields.List(Line(100), validate=validate.Length(max=100))
    sole_proprietor = YesNo()


class FirmBody(FirmPatch):
    """A firm to admit."""

    name = Line(200, required=True)
    country = country(required=True)


class VerificationBody(Schema):
    """Which register, which extract, of which day."""

    register = Line(200, required=True)
    extract = Line(200, required=True)
    on = Day(required=True)


class DisclosureBody(Schema):
    """How a firm is shown to banks in what belongs to its partners."""

    to_banks = fields.String(required=True, validate=validate.OneOf([way.value for way in ToBanks]))


class HeadcountBody(Schema):
    """How many people a firm employed in a year, and how many of them were apprentices."""

    year = whole(FIRST_YEAR, 9999, required=True)
    employees = whole(0, MOST_EMPLOYEES, required=True)
    apprentices = whole(0, MOST_EMPLOYEES, required=True)


class ConsentBody(Schema):
    """Which bank may look, for what, and until when."""

    bank = fields.UUID(required=True)
    purpose = Line(200, required=True)
    until = Day(required=True)


class ReferralBody(Schema):
    """About which firm, and what for."""

    firm = fields.UUID(required=True)
    purpose = Line(200, required=True)


class OutcomeBody(Schema):
    """What became of the loan."""

    granted = YesNo(required=True)
    amount_band = fields.String(validate=validate.OneOf([band.value for band in Band]), allow_none=True)
    currency = fields.String(validate=validate.OneOf(CURRENCIES), allow_none=True)


class PresentationBody(Schema):
    """What a presentation of a referral discloses beyond what it always says."""

    disclose = fields.List(fields.String(validate=validate.OneOf(list(PARTS))), required=True)


class TokenBody(Schema):
    """What somebody holds."""

    token = Held(LONGEST_TOKEN, required=True)


class WebhookBody(Schema):
    """Where events are sent, and which."""

    url = fields.String(required=True, validate=validate.Length(1, LONGEST_ADDRESS))
    types = fields.List(fields.String(validate=validate.OneOf(TYPES)), validate=validate.Length(max=len(TYPES)))


class ClientBody(Schema):
    """A program as its issuer of OpenID Connect knows it."""

    issuer = Line(500, required=True)
    subject = Line(255, required=True)


class KeyBody(Schema):
    """Who is to hold the key: `subject` is the firm, the bank, or for a coordinator the network.

    With a `client` nothing secret is issued: that program's access tokens open from then on.
    """

    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    subject = fields.UUID(allow_none=True)
    label = Line(200, allow_none=True)
    expires_at = Moment(allow_none=True)
    scopes = fields.List(
        fields.String(validate=validate.OneOf([scope.value for scope in Scope])),
        validate=validate.Length(1, len(Scope)),
        allow_none=True,
    )
    client = fields.Nested(ClientBody, allow_none=True)


class RotationBody(Schema):
    """How long the old key opens beside the new one, and when the new one ends: by default as the old one."""

    grace_hours = whole(0, LONGEST_GRACE, load_default=0)
    expires_at = Moment(allow_none=True)


class AccountBody(Schema):
    """Whom to invite, and to act for whom: `subject` as for a key; `position` is owner or clerk of a firm."""

    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    subject = fields.UUID(allow_none=True)
    position = fields.String(validate=validate.OneOf([position.value for position in Position]), allow_none=True)
    name = Line(200, required=True)
    email = Line(250, required=True)
    language = fields.String(validate=validate.OneOf(LANGUAGES), load_default=FALLBACK)
