"""All read models in one visible tuple; a new one is one room and one line here."""

from __future__ import annotations

from ledger.projections.accounts.projector import PROJECTION as ACCOUNTS
from ledger.projections.activity.projector import PROJECTION as ACTIVITY
from ledger.projections.audit_log.projector import PROJECTION as AUDIT_LOG
from ledger.projections.benefits.projector import PROJECTION as BENEFITS
from ledger.projections.collaborations.projector import PROJECTION as COLLABORATIONS
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.feed.projector import PROJECTION as FEED
from ledger.projections.firms.projector import PROJECTION as FIRMS
from ledger.projections.keys.projector import PROJECTION as KEYS
from ledger.projections.network_map.projector import PROJECTION as NETWORK_MAP
from ledger.projections.networks.projector import PROJECTION as NETWORKS
from ledger.projections.offers.projector import PROJECTION as OFFERS
from ledger.projections.partnerships.projector import PROJECTION as PARTNERSHIPS
from ledger.projections.referrals.projector import PROJECTION as REFERRALS
from ledger.projections.trust.projector import PROJECTION as TRUST
from ledger.projections.webhooks.projector import PROJECTION as WEBHOOKS
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.timeline import TIMELINE

PROJECTIONS: tuple[Projection, ...] = (
    NETWORKS,
    FIRMS,
    CONSENTS,
    COLLABORATIONS,
    PARTNERSHIPS,
    TRUST,
    REFERRALS,
    AUDIT_LOG,
    BENEFITS,
    KEYS,
    FEED,
    WEBHOOKS,
    ACCOUNTS,
    ACTIVITY,
    NETWORK_MAP,
    OFFERS,
    TIMELINE,
)
