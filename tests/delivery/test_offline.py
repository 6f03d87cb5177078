"""A bank checks a referral on a machine that knows nothing of the ledger."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.delivery import status_list
from ledger.store.signing_keys import SigningKeys
from tests.delivery.tokens import DOCUMENT, ISSUER, LATER, NOW, PARTNERS, jwks, keys, signing, token
from tests.house.tree import ROOT

INDEX = 7  # as in `token`


@pytest.fixture
def ring() -> SigningKeys:
    """The ledger's keys."""
    return keys()


@pytest.fixture
def folder(tmp_path: Path, ring: SigningKeys) -> Path:
    """An empty folder with the referral and the public keys."""
    (tmp_path / "referral.jwt").write_text(token(ring) + "\n", encoding="utf-8")
    (tmp_path / "jwks.json").write_text(json.dumps(jwks(ring)), encoding="utf-8")
    return tmp_path


def checked(folder: Path, *options: str, at: Any = NOW) -> tuple[int, str]:
    """Run the verifier there, shut off from everything installed beside Python's packages; its code and first line."""
    command = [sys.executable, "-I", str(ROOT / "scripts" / "verify_referral.py"), "referral.jwt", "jwks.json"]
    done = subprocess.run(
        [*command, "--at", at.isoformat(), *options], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout or done.stderr


def listed(folder: Path, ring: SigningKeys, *revoked: int, number: int = 1) -> str:
    """A status list beside the referral."""
    made = status_list.issue(number, revoked, signing(ring), ISSUER, NOW)
    (folder / "list.jwt").write_text(made, encoding="utf-8")
    return "list.jwt"


def test_a_genuine_referral_shows_what_it_discloses(folder: Path) -> None:
    """Code 0, the verdict, where the status list is, and the claims as JSON."""
    code, text = checked(folder, "--issuer", ISSUER)
    assert code == 0
    first, second, third, *rest = text.splitlines()
    assert first.startswith(f"genuine: issued by {ISSUER} at 2026-03-02T09:00:00+00:00")
    assert f"{ISSUER}/v1/status-lists/1" in second
    assert third == "10 of the 12 events behind it are proved to be under the log's head that it names"
    shown = json.loads("\n".join(rest))
    assert shown["partners"] == PARTNERS
    assert {name: shown[name] for name in DOCUMENT if name != "state"} == {
        name: value for name, value in DOCUMENT.items() if name != "state"
    }


def test_a_part_shows_a_part(folder: Path, ring: SigningKeys) -> None:
    """The score and the counts, and neither partners nor register numbers."""
    (folder / "referral.jwt").write_text(token(ring, "score"), encoding="utf-8")
    code, text = checked(folder)
    assert code == 0
    assert '"score": 67.2' in text
    assert '"counterparties": 3' in text
    assert [
        hidden for hidden in ("13585628", str(PARTNERS[0]["firm"]), "days_beyond_terms", "machine") if hidden in text
    ] == []


def test_a_revoked_one_is_found_by_its_list(folder: Path, ring: SigningKeys) -> None:
    """Its own bit and no other; once the list is out of date nothing is said."""
    assert checked(folder, "--status-list", listed(folder, ring, 6, 8))[0] == 0
    code, text = checked(folder, "--status-list", listed(folder, ring, 6, INDEX))
    assert (code, text.splitlines()[0]) == (1, "revoked: it has been revoked")
    code, text = checked(folder, "--status-list", "list.jwt", at=NOW + timedelta(days=2))
    assert (code, "was good until" in text) == (2, True)


def test_a_list_that_proves_nothing_is_refused(folder: Path, ring: SigningKeys) -> None:
    """Of another address, of another ledger, or the referral itself in its place."""
    assert checked(folder, "--status-list", listed(folder, ring, number=2))[0] == 2
    assert checked(folder, "--status-list", listed(folder, keys()))[0] == 2
    assert checked(folder, "--status-list", "referral.jwt")[0] == 2
    assert checked(folder, "--status-list", "missing.jwt")[0] == 2


def test_what_is_not_to_be_relied_on_ends_with_one(folder: Path, ring: SigningKeys) -> None:
    """Expired, of another ledger, changed: each with its word."""
    assert checked(folder, at=LATER)[1].startswith("expired: it expired at 2026-06-01T00:00:00+00:00")
    assert checked(folder, "--issuer", "https://other.example")[1].startswith("not_in_force")
    (folder / "referral.jwt").write_text(token(keys()), encoding="utf-8")
    assert checked(folder)[1].startswith("unknown_key")
    (folder / "referral.jwt").write_text(token(ring).replace("~", "~A", 1), encoding="utf-8")
    code, text = checked(folder)
    assert (code, text.startswith("tampered")) == (1, True)


def test_the_bits_are_those_of_the_standard(ring: SigningKeys) -> None:
    """The example of Token Status List, section 4.1: sixteen bits are 0xB9 0xA3, the lowest of a byte first."""
    ones = [index for index, bit in enumerate((1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1)) if bit]
    assert status_list._bits(1, ones)[:2] == bytes((0xB9, 0xA3))
    assert status_list.pointer(ISSUER, status_list.SIZE + 3) == {
        "status_list": {"idx": 3, "uri": f"{ISSUER}/v1/status-lists/2"}
    }
