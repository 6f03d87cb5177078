"""Messages are signed as Standard Webhooks says."""

from __future__ import annotations

from base64 import b64encode

from hypothesis import given
from hypothesis import strategies as st

from ledger.delivery.signature import headers, signature

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'


def test_the_published_example_is_signed_alike() -> None:
    """So that every library that verifies Standard Webhooks verifies ours."""
    assert headers(SECRET, ID, AT, BODY) == {
        "webhook-id": ID,
        "webhook-timestamp": str(AT),
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(st.binary(min_size=24, max_size=64), st.binary())
def test_nothing_can_be_changed(key: bytes, body: bytes) -> None:
    """Secret, id, time and body all count."""
    secret = "whsec_" + b64encode(key).decode()
    found = {
        signature(secret, ID, AT, body),
        signature("whsec_" + b64encode(key + b"x").decode(), ID, AT, body),
        signature(secret, ID + "x", AT, body),
        signature(secret, ID, AT + 1, body),
        signature(secret, ID, AT, body + b"x"),
    }
    assert len(found) == 5
