"""A small issuer of OpenID Connect on a port of this machine: discovery, keys, codes with PKCE, signed ID tokens."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.wrappers import Response as Answer

CLIENT, SECRET = "ledger", "between the two"
AUDIENCE = "https://ledger.example.org"


@dataclass
class AnIssuer:
    """What it says of whoever comes; `claims` change its ID tokens, None leaves one out."""

    url: str = ""
    who: dict[str, Any] = field(default_factory=lambda: {"sub": "7", "email": "a@example.org", "email_verified": True})
    claims: dict[str, Any] = field(default_factory=dict)
    key: ECKey | RSAKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    signs_with: ECKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    more_keys: list[ECKey | RSAKey] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # which documents, one after the other
    silent: bool = False
    instead: Callable[[], Response] | None = None  # of its keys

    def app(self) -> Flask:
        app = Flask("issuer")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self.about)
        app.add_url_rule("/keys", view_func=self.keys)
        app.add_url_rule("/authorize", view_func=self.authorize)
        app.add_url_rule("/token", view_func=self.token, methods=["POST"])
        app.before_request(self.noted)
        return app

    def noted(self) -> Response | None:
        self.asked.append(request.path)
        return Response(status=503) if self.silent else None

    def access_token(self, claims: dict[str, Any], at: float, **header: Any) -> str:
        """A token for a program, as this issuer signs them; `claims` change it, None leaves one out."""
        said = {"iss": self.url, "aud": AUDIENCE, "sub": "core-banking", "iat": int(at), "exp": int(at) + 300, **claims}
        told = {"alg": "ES256", "kid": "one", **header}
        given = {name: value for name, value in said.items() if value is not None}
        header = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(header, given, self.key, algorithms=[told["alg"]])

    def about(self) -> Response:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return jsonify({"issuer": self.url, **{name: self.url + path for name, path in places.items()}})

    def keys(self) -> Response:
        if self.instead is not None:
            return self.instead()
        return jsonify(KeySet([self.key, *self.more_keys]).as_dict(private=False))

    def authorize(self) -> Answer:
        asked = request.args
        assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
        assert "openid" in asked["scope"].split()
        code = secrets.token_hex()
        self.codes[code] = dict(asked)
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def token(self) -> tuple[Response, int]:
        asked = self.codes.pop(request.form["code"], None)
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        proven = asked is not None and asked["code_challenge"] == urlsafe_b64encode(digest).rstrip(b"=").decode()
        signed_in = request.authorization
        known = signed_in is not None and (signed_in.username, signed_in.password) == (CLIENT, SECRET)
        if asked is None or not proven or not known or request.form["redirect_uri"] != asked["redirect_uri"]:
            return jsonify({"error": "invalid_grant"}), 400
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"], **self.who}
        claims = {name: value for name, value in {**said, **self.claims}.items() if value is not None}
        token = jwt.encode({"alg": "ES256", "kid": "one"}, claims, self.signs_with or self.key)
        return jsonify({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token}), 200


@contextmanager
def issuing() -> Iterator[AnIssuer]:
    """Run it while the block runs."""
    issuer = AnIssuer()
    server = make_server("127.0.0.1", 0, issuer.app(), threaded=True)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
