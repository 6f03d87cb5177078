"""The keys that this service signs referrals with, and what pins them to the log, as a view needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.seals.disclosing import pinning
from ledger.store.signing_keys import Purpose
from ledger.web.house import house
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.store.signing_keys import SigningKey


def signing_key() -> SigningKey:
    """Return the key in use; raise a 503 `Refusal` where nobody has made one yet."""
    try:
        return house().signing_keys.current(Purpose.REFERRAL)
    except LookupError as error:
        detail = "There is no key to sign with; nothing was recorded. The operator makes one by “ledger migrate”."
        raise Refusal(503, "unavailable", detail, {"Retry-After": "60"}) from error


def published_keys() -> list[SigningKey]:
    """Return every key there ever was, the newest first."""
    return house().signing_keys.published(Purpose.REFERRAL)


def certificate() -> bytes:
    """Return the certificate of the key in use; raise a 503 `Refusal` where nobody has made one yet."""
    try:
        return house().signing_keys.certificate(signing_key())
    except LookupError as error:
        detail = "There is no certificate to seal with. The operator makes one by “ledger migrate”."
        raise Refusal(503, "unavailable", detail, {"Retry-After": "60"}) from error


def issuer() -> str:
    """Return the address that referrals name as their issuer."""
    return house().settings.public_url


def log_at(position: int, behind: Sequence[int]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Prove that the log holds this event and those behind it, under the first head signed over it: always the same.

    Seals it now when nobody has yet. None while sealing has stopped for an alarm.
    """
    here = house()
    pinned = here.seals.pinned(position, behind)
    if pinned is None:
        here.sealer.look()
        pinned = here.seals.pinned(position, behind)
    return None if pinned is None else pinning(pinned)
