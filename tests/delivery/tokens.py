"""A referral as it is signed, and ways to forge one."""

from __future__ import annotations

import importlib.util
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.delivery.encoding import decoded, encoded, written
from ledger.delivery.referral_token import PARTS, issue
from ledger.seals.disclosing import pinning
from ledger.seals.proofs import Inclusion, Pinned
from ledger.seals.tables import Leaf
from ledger.store.merkle import Tree, inclusion, leaf_hash, root
from ledger.store.multi_proof import multi_proof
from ledger.store.notes import Checkpoint, sign
from ledger.store.signing_keys import Purpose, SigningKey, SigningKeys
from tests.house.tree import ROOT

ISSUER = "https://ledger.example"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)  # the first moment after the referral's last day
PARTNERS = [
    {"firm": f"00000000-0000-0000-0000-00000000000{n}", "country": "DK", "jobs": n, "share": n / 10} for n in (1, 2, 3)
]
DOCUMENT: dict[str, Any] = {
    "id": "9b2f0c52-70a6-5a5e-9a53-4d1f62a4c1aa",
    "state": "in_force",
    "purpose": "machine loan",
    "bank": "0d9f6c1e-34a1-5a0e-8f8e-0f3a2f2d1b11",
    "issued_at": "2026-03-02T09:00:00.156000Z",
    "valid_until": "2026-05-31",
    "position": 110,
    "firm": {
        "id": "145cde22-eb42-57ee-87a9-744695b58e0b",
        "name": "Örtlich & Søn",
        "identifiers": {"cvr": "13585628"},
        "verifications": [{"register": "CVR", "extract": "13585628 of 2 March"}],
    },
    "jobs": {"12_months": {"count": 9, "volume": [{"amount": "9000000.00", "currency": "EUR"}]}},
    "roles": {"subcontractor": 9},
    "counterparties": 3,
    "partners": PARTNERS,
    "independent_counterparties": 3,
    "concentration": {"hhi": 1 / 3},
    "spread": {"jobs": {"hhi": 1 / 3}, "currencies": []},
    "cross_border_share": 1 / 3,
    "record": {"on_time": {"yes": 9, "no": 0}, "accepted": {"yes": 9}, "paid": {"yes": 4, "no": 1}, "rating": None},
    "payment": {"days_beyond_terms": {"median": 5.0}, "paid_on_time": {"yes": 4, "no": 1, "share": 0.8}},
    "credit_references": [{"days_beyond_terms": 5}, {"days_beyond_terms": 0}],
    "disputes": {"open": 1},
    "trust": {"score": 67.2, "grade": "good", "factors": [{"code": "paid"}], "waterfall": [], "facts": {"jobs": 9}},
    "not_known": ["The ledger knows joint work only."],
}


def _pinning() -> tuple[dict[str, Any], dict[str, Any]]:
    """A log of 120 events, and what a referral of its 110th proves of it and of nine events before."""
    tree, head_key = (
        Tree(leaf_hash(bytes([number])) for number in range(120)),
        Ed25519PrivateKey.from_private_bytes(SEED),
    )
    behind = [1, 2, 3, 40, 41, 70, 99, 100, 108, 109]
    leaf_of = {index: Leaf(index, index + 1, b"", tree.node(0, index)) for index in behind}
    own = Inclusion(110, 109, 120, leaf_of[109].hash, b"", inclusion(109, 120, tree.node))
    note = sign(Checkpoint("ledger.example", 120, root(120, tree.node)), head_key)
    return pinning(Pinned(note, own, 12, list(leaf_of.values()), multi_proof(120, behind, tree.node)))


SEED = bytes(32)
LOG, EVENTS = _pinning()


def keys() -> SigningKeys:
    """A ring with its first key."""
    ring = SigningKeys()
    ring.ensure()
    return ring


def signing(ring: SigningKeys) -> SigningKey:
    """The key in use."""
    return ring.current(Purpose.REFERRAL)


def published(ring: SigningKeys) -> list[SigningKey]:
    """Every key there was."""
    return ring.published(Purpose.REFERRAL)


def token(ring: SigningKeys, *parts: str) -> str:
    """The referral with these parts disclosed, all of them without any named."""
    return issue(DOCUMENT, signing(ring), ISSUER, 7, parts or PARTS, (LOG, EVENTS))


def jwks(ring: SigningKeys) -> dict[str, Any]:
    """The public keys as they are served."""
    return {"keys": [{**one.key.as_dict(private=False), "kid": one.kid} for one in published(ring)]}


def forged(token: str, header: dict[str, Any], signature: bytes | None = None) -> str:
    """The token with another header, and another signature if there is one."""
    (_, payload, kept), rest = token.partition("~")[0].split("."), token.partition("~")[2]
    made = encoded(signature) if signature is not None else kept
    return f"{encoded(written(header))}.{payload}.{made}~{rest}"


def header(token: str) -> dict[str, Any]:
    """What a token says of itself."""
    told: dict[str, Any] = json.loads(decoded(token.partition(".")[0]))
    return told


def disclosure(*content: Any) -> str:
    """A disclosure of somebody's own making."""
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def offline() -> ModuleType:
    """The verifier that knows nothing of the server."""
    found = importlib.util.spec_from_file_location("verify_referral", ROOT / "scripts" / "verify_referral.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
