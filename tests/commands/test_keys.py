"""Keys issued, revoked and rotated by the operator."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from ledger.domain.actor import OPERATOR, Scope
from ledger.domain.key import key_id
from ledger.store.signing_keys import Purpose, SigningKeys
from tests.commands.typed import Run, holder


def test_a_key_is_issued_and_revoked(run: Run, database_url: str) -> None:
    """`keys issue` prints the secret and nothing else; after `keys revoke` it opens nothing."""
    run("migrate", database_url=database_url)
    ran = run("keys", "issue", "--role", "operator", "--label", "second")
    assert (ran.code, ran.err) == (0, "")
    assert holder(database_url, ran.out) == OPERATOR
    assert run("keys", "revoke", key_id(ran.out.strip())).code == 0
    assert holder(database_url, ran.out) is None


def test_a_key_is_issued_for_some_scopes(run: Run, sqlite_url: str) -> None:
    """`--scope` may be given again; what is no scope is refused."""
    run("migrate", database_url=sqlite_url)
    ran = run("keys", "issue", "--role", "operator", "--scope", "read", "--scope", "record")
    found = holder(sqlite_url, ran.out)
    assert found is not None
    assert found.scopes == frozenset({Scope.READ, Scope.RECORD})
    with pytest.raises(SystemExit):
        run("keys", "issue", "--role", "operator", "--scope", "all")


@pytest.mark.parametrize("purpose", Purpose)
def test_a_signing_key_is_rotated(run: Run, sqlite_url: str, tmp_path: Path, purpose: Purpose) -> None:
    """`keys rotate` prints the new key's name; the old key stays published, without its private half."""
    run("migrate", database_url=sqlite_url)
    first, second = (run("keys", "rotate", purpose) for _ in range(2))
    assert (first.code, second.code, first.err) == (0, 0, "")
    (folder,) = (file.parent for file in tmp_path.rglob(f"{purpose}-0003.pem"))
    kids = [key.kid for key in SigningKeys(folder).published(purpose)]
    assert kids[:2] == [second.out.strip(), first.out.strip()]
    assert len(kids) == 3
    assert "PRIVATE" not in (folder / f"{purpose}-0002.pem").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["keys", "issue", "--role", "firm", "--subject", uuid4()], "There is no such firm"),
        (["keys", "issue", "--role", "bank", "--subject", uuid4()], "There is no such bank"),
        (["keys", "issue", "--role", "operator", "--subject", uuid4()], "An operator has no subject"),
        (["keys", "issue", "--role", "coordinator"], "everybody else names its"),
        (["keys", "revoke", uuid4()], "There is no such key"),
    ],
)
def test_a_key_for_nobody_is_refused(run: Run, sqlite_url: str, arguments: list[object], said: str) -> None:
    """What a key is to be for must exist."""
    run("migrate", database_url=sqlite_url)
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
