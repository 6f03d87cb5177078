"""What a token is that somebody holds, by every revocation that is in the log by now."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.delivery import verification
from ledger.web.house import house
from ledger.web.reading import BANK_PATIENCE
from ledger.web.signing import issuer, published_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.delivery.verification import Finding
    from ledger.subscriptions.reading import Reading


def found(token: str, reading: Reading) -> Finding:
    """Return what a token is."""
    return verification.find(token, published_keys(), issuer(), reading)


@contextmanager
def newest() -> Iterator[Reading]:
    """Open the referrals with every revocation that is in the log by now."""
    with house().views.read("referrals", min_position=house().ledger.head(), wait=BANK_PATIENCE) as reading:
        yield reading
