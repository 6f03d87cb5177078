"""Whether the log is what was signed; while it is not, nothing of it leaves the house as a file or under a seal."""

from __future__ import annotations

from ledger.web.house import house
from ledger.web.refusal import Refusal

NOT_AS_SIGNED = "The log is not what was signed; exports and seals are off until the operator has looked into it."


def require_sound_log() -> None:
    """Raise a 503 `Refusal` while an alarm stands; see docs/proofs.md."""
    if house().seals.alarm() is not None:
        raise Refusal(503, "unavailable", NOT_AS_SIGNED)
