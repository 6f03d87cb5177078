"""Keys to sign with: made once, rotated, and never lost to whoever verifies."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.store.signing_keys import Purpose, SigningKeys


@pytest.fixture(params=["folder", "memory"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> SigningKeys:
    """The keys of a new ledger."""
    made = SigningKeys(tmp_path / "signing" if request.param == "folder" else None)
    made.ensure()
    return made


@pytest.mark.parametrize("purpose", Purpose)
def test_a_key_stays_until_it_is_rotated(keys: SigningKeys, purpose: Purpose) -> None:
    """Made once, whoever asks again."""
    first = keys.current(purpose)
    keys.ensure()
    assert keys.current(purpose).kid == first.kid
    assert first.key.is_private


@pytest.mark.parametrize("purpose", Purpose)
def test_a_rotated_key_is_kept_in_public(keys: SigningKeys, purpose: Purpose) -> None:
    """What it has signed still verifies, and nobody can sign with it any more."""
    first = keys.current(purpose)
    second = keys.rotate(purpose)
    assert second.kid != first.kid
    assert [key.kid for key in keys.published(purpose)] == [second.kid, first.kid]
    assert [key.key.is_private for key in keys.published(purpose)] == [True, False]


def test_racing_processes_make_one_key(tmp_path: Path) -> None:
    """Each looks at the same folder."""
    rivals = [SigningKeys(tmp_path / "signing") for _ in range(8)]
    with ThreadPoolExecutor(len(rivals)) as threads:
        list(threads.map(SigningKeys.ensure, rivals))
    assert len({rival.current(Purpose.LOG).kid for rival in rivals}) == 1
    assert [path.name for path in sorted((tmp_path / "signing").iterdir())] == [
        "log-0001.pem",
        "referral-0001.crt",
        "referral-0001.pem",
    ]


def test_only_the_owner_reads_them(tmp_path: Path) -> None:
    """Neither folder nor files are open to others."""
    SigningKeys(tmp_path / "signing").ensure()
    assert {path.stat().st_mode & 0o077 for path in [tmp_path / "signing", *(tmp_path / "signing").iterdir()]} == {0}


def test_without_a_key_nothing_is_signed(tmp_path: Path) -> None:
    """The error says what makes one."""
    with pytest.raises(LookupError, match="ledger migrate"):
        SigningKeys(tmp_path).current(Purpose.LOG)
