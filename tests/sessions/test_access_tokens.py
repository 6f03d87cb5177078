"""Whatever is presented as an access token is answered: it is a client's, or nobody's."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey

from ledger.sessions.access_tokens import AccessTokens
from tests.sessions.an_issuer import AUDIENCE, AnIssuer, issuing

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("iss", "aud", "sub", "exp", "nbf", "iat")
relaxed = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def issuer() -> Iterator[AnIssuer]:
    """An issuer on a port of this machine."""
    with issuing() as made:
        yield made


@pytest.fixture(scope="module")
def access_tokens(issuer: AnIssuer) -> AccessTokens:
    """What takes its tokens, at one moment."""
    return AccessTokens({issuer.url: ""}, AUDIENCE, ("ES256", "RS256"), lambda: NOW)


def encoded(part: Any) -> str:
    """A part of a token, as JSON."""
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


@relaxed
@given(st.text(max_size=200))
def test_any_text_is_nobody_s(access_tokens: AccessTokens, text: str) -> None:
    """With dots as well."""
    assert access_tokens.client_of(text) is None
    assert access_tokens.client_of(f"eyJ{text}.e30.{text}") is None


@relaxed
@given(JSON, JSON)
def test_any_parts_are_nobody_s(access_tokens: AccessTokens, header: Any, claims: Any) -> None:
    """Header and content of any JSON, with a signature of nothing."""
    assert access_tokens.client_of(f"{encoded(header)}.{encoded(claims)}.AAAA") is None


@relaxed
@given(st.fixed_dictionaries({"alg": JSON, "kid": JSON}), st.sampled_from(["one", None]))
def test_any_header_is_nobody_s(
    issuer: AnIssuer, access_tokens: AccessTokens, header: dict[str, Any], kid: str | None
) -> None:
    """Before the content of an issuer that is known."""
    told = {**header, **({"kid": kid, "alg": "ES256"} if kid else {})}
    assert access_tokens.client_of(f"{encoded(told)}.{encoded({'iss': issuer.url})}.AAAA") is None


@relaxed
@given(st.sampled_from(NAMES), JSON)
def test_any_claim_of_the_issuer_is_answered(
    issuer: AnIssuer, access_tokens: AccessTokens, name: str, value: Any
) -> None:
    """Signed as it should be: whoever is found has an issuer that is set, and a name that can be written.

    The issuer is asked once, however many come.
    """
    key: ECKey = issuer.key  # type: ignore[assignment]
    said = {"iss": issuer.url, "aud": AUDIENCE, "sub": "erp", "exp": NOW.timestamp() + 60, name: value}
    found = access_tokens.client_of(jwt.encode({"alg": "ES256", "kid": "one"}, said, key))
    assert issuer.asked.count("/keys") <= 1
    if found is not None:
        assert found["issuer"] == issuer.url
        assert found["subject"].encode()
