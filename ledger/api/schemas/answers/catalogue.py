"""Every answer by the name that a contract's `answer` states; a new noun is one file and one line here."""

from __future__ import annotations

from ledger.api.schemas.answers.activity import ACTIVITY
from ledger.api.schemas.answers.benefits import BENEFITS
from ledger.api.schemas.answers.feed import FEED
from ledger.api.schemas.answers.members import MEMBERS
from ledger.api.schemas.answers.personal_data import PERSONAL_DATA
from ledger.api.schemas.answers.proofs import PROOFS
from ledger.api.schemas.answers.recorded import RECORDED
from ledger.api.schemas.answers.referrals import REFERRALS
from ledger.api.schemas.answers.service import SERVICE
from ledger.api.schemas.answers.shapes import Shape, page
from ledger.api.schemas.answers.trust import TRUST
from ledger.api.schemas.answers.work import WORK

PAGES: dict[str, Shape] = {
    "Networks": page("Network"),
    "Banks": page("Bank"),
    "Firms": page("Firm"),
    "Collaborations": page("Collaboration"),
    "CollaborationEvents": page("CollaborationEvent"),
    "Consents": page("Consent"),
    "CapacityOffers": page("CapacityOffer"),
    "Referrals": page("IssuedReferral"),
    "Keys": page("Key"),
    "Accounts": page("Account"),
    "AccessLog": page("Look"),
    "ActedFor": page("Word"),
    "QueryLog": page("Query"),
    "Webhooks": page("Webhook"),
    "Deliveries": page("Delivery"),
    "NetworkActivity": page("NetworkEvent"),
}

ANSWERS: dict[str, Shape] = {
    **RECORDED,
    **MEMBERS,
    **PERSONAL_DATA,
    **WORK,
    **TRUST,
    **REFERRALS,
    **ACTIVITY,
    **BENEFITS,
    **PROOFS,
    **FEED,
    **SERVICE,
    **PAGES,
}

# Answered with this status, too, when the news is bad.
BAD_NEWS = {"Readiness": 503}
