"""How tokens spell what they hold: JSON without blanks, base64url in its one spelling."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode


def written(content: object) -> bytes:
    """Return JSON without blanks, the same for the same content."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def encoded(data: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return what is encoded so; raise `ValueError` for a spelling that `encoded` would not have written."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encoded(data) != text:
        raise ValueError("not base64url as it is written")
    return data
