"""One room signs and opens tokens: whatever else decoded one could forget to ask whether it is still good."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import ROOT

SIGNING = "ledger/delivery/signing.py"
ISSUERS = "ledger/sessions/tokens.py"  # other people's tokens
SIGN_IN = "ledger/sessions/issuer.py"  # fetches them, by a library that could open them
KEYS_ONLY = "joserfc.jwk"


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    named = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module)
    return found | {f"{node.module}.{name.name}" for node in named for name in node.names}


def test_one_file_opens_our_tokens_and_one_an_issuers() -> None:
    """Elsewhere joserfc is asked for keys only, and no other library for tokens is there."""
    opening = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "ledger").rglob("*.py")
        for name in _imported(path)
        if name.split(".")[0] in ("joserfc", "jwt", "jose", "authlib", "jwcrypto") and not name.startswith(KEYS_ONLY)
    }
    assert opening == {SIGNING, ISSUERS, SIGN_IN}


def test_the_standalone_verifier_knows_nothing_of_the_server() -> None:
    """The standard library and cryptography."""
    own = {"__future__", "cryptography"}
    allowed = {
        *own,
        *("argparse", "base64", "binascii", "hashlib", "json", "re", "sys", "time", "zlib", "datetime", "pathlib"),
    }
    assert {name.split(".")[0] for name in _imported(ROOT / "scripts" / "verify_referral.py")} <= allowed
