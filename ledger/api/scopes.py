"""What a narrowed key needs for each endpoint: the one table. A key without scopes may do whatever its holder may."""

from __future__ import annotations

from ledger.domain.actor import Scope

# What reads needs `read`; what else is sent, by its blueprint or, before that, by its endpoint.
SENT: dict[str, tuple[Scope, ...]] = {
    "collaborations": (Scope.RECORD,),
    "steps": (Scope.RECORD,),
    "invoices": (Scope.RECORD,),  # a draft of what is recorded next
    "offers": (Scope.RECORD,),
    "firms": (Scope.RECORD,),
    "firms.disclose": (Scope.CONSENTS,),
    "consents": (Scope.CONSENTS,),
    "referrals": (Scope.REFERRALS,),
    "referrals.present": (Scope.READ,),
    "networks": (Scope.ADMINISTRATION,),
    "epochs": (Scope.ADMINISTRATION,),
    "personal_data": (Scope.ADMINISTRATION,),
    "keys": (Scope.ADMINISTRATION,),
    "accounts": (Scope.ADMINISTRATION,),
    "webhooks": (Scope.ADMINISTRATION,),
    "webhooks.register": (Scope.ADMINISTRATION, Scope.READ),  # it sends all that may be read
}


def needed(endpoint: str, method: str) -> tuple[Scope, ...]:
    """Return the scopes that a request to this endpoint needs; raise `LookupError` when nobody has said."""
    if method == "GET":
        return (Scope.READ,)
    return SENT.get(endpoint) or SENT[endpoint.partition(".")[0]]
