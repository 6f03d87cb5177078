"""The verifier that imports nothing of the server agrees with it, and with nobody who cheats."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.services import House
from tests.house.tree import ROOT
from tests.seals.conftest import record

SCRIPT = ROOT / "scripts" / "verify_proof.py"
Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Run it as somebody else would: alone, with a key of their own keeping."""

    def verify(what: str, *texts: str, key: str) -> tuple[int, str]:
        files = [tmp_path / f"{number}.txt" for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, encoding="utf-8")
        command = [sys.executable, "-I", str(SCRIPT), what, *map(str, files), "--key", key]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        return ran.returncode, ran.stdout + ran.stderr

    return verify


@pytest.fixture
def proof(sealed: House) -> dict[str, Any]:
    """The proof of one event."""
    return sealed.proof_of(8)


def test_it_imports_nothing_of_the_ledger() -> None:
    """In a Python that finds the ledger it does not look for it."""
    program = f"import runpy, sys; runpy.run_path({str(SCRIPT)!r}); print([n for n in sys.modules if 'ledger' in n])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_true_proof_is_valid(proof: dict[str, Any], verify: Verify) -> None:
    """The event is in the log that was signed."""
    code, said = verify("event", json.dumps(proof), key=proof["keys"][0])
    assert (code, said) == (0, "valid: network.founded at position 8 is leaf 7 of 25 signed ones\n")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda p: p["event"].update(position=9), "the event is not the one"),
        (lambda p: p["event"].update(topic="firm.admitted"), "the event is not the one"),
        (lambda p: p["event"].update(state="e30="), "the event is not the one"),
        (lambda p: p.update(leaf_hash=b64encode(bytes(32)).decode()), "the event is not the one"),
        (lambda p: p.update(leaf_index=6), "does not lead to the root"),
        (lambda p: p["hashes"].reverse(), "does not lead to the root"),
        (lambda p: p["hashes"].pop(), "does not lead to the root"),
        (lambda p: p.update(checkpoint=p["checkpoint"].replace("\n25\n", "\n24\n")), "not signed with a key"),
        (lambda p: p.update(checkpoint=""), "this is no proof"),
        (lambda p: p.pop("event"), "this is no proof"),
    ],
)
def test_a_changed_proof_is_not(
    proof: dict[str, Any], verify: Verify, change: Callable[[dict[str, Any]], object], why: str
) -> None:
    """And it is told why."""
    change(proof)
    code, said = verify("event", json.dumps(proof), key=proof["keys"][0])
    assert code == 1
    assert said.startswith("NOT VALID: ")
    assert why in said


def test_growth_is_proved(sealed: House, verify: Verify) -> None:
    """Two heads that were signed at different times, and the proof between them; no other head fits."""
    old = sealed.seals.head()
    record(sealed, 9)
    sealed.sealer.look()
    new, (key,) = sealed.seals.head(), sealed.log_keys()
    assert old is not None
    assert new is not None
    _, hashes = sealed.seals.consistency(old.size, new.size)
    proof = json.dumps({"hashes": [b64encode(one).decode() for one in hashes]})
    assert verify("grown", old.note, new.note, proof, key=key) == (
        0,
        "valid: the log of 34 leaves begins with the log of 25\n",
    )
    assert "does not begin" in verify("grown", old.note, new.note, '{"hashes": []}', key=key)[1]
    assert verify("grown", new.note, old.note, proof, key=key)[0] == 1
