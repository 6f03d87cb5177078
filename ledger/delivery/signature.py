"""Signing what is sent as Standard Webhooks says, with the standard library alone (docs/adr/0020)."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode

from ledger.domain.webhook import PREFIX


def headers(secret: str, id_: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers by which a receiver tells that a message is ours, new, and unchanged."""
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, id_, timestamp, body),
    }


def signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """Return the signature: version 1 is HMAC-SHA256 over id, timestamp and body, with dots between."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = f"{id_}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
