"""Keys of personal data: one for each subject, whoever asks first, and none after its erasure."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from ledger.store import StoreUnavailable
from ledger.store.personal_keys import PersonalKeys
from tests.store.encrypting import Letter, encrypting, letter

SUBJECT = UUID(int=7)
RIVALS = 6


def opened(url: str) -> PersonalKeys:
    """Keys as one process has them."""
    keys = PersonalKeys.open(url)
    keys.migrate()
    return keys


def test_racing_processes_end_up_with_one_key(database_url: str) -> None:
    """Each makes one; the first to be kept is everybody's."""
    rivals = [opened(database_url) for _ in range(RIVALS)]
    with ThreadPoolExecutor(RIVALS) as threads:
        found = list(threads.map(lambda keys: keys.for_encrypting(SUBJECT), rivals))
    assert len({key.id for key in found if key is not None}) == 1
    for keys in rivals:
        keys.close()


def test_racing_processes_may_migrate(database_url: str) -> None:
    """All of them find the tables afterwards."""
    with ThreadPoolExecutor(RIVALS) as threads:
        keys = list(threads.map(opened, [database_url] * RIVALS))
    for one in keys:
        one.check(0)
        one.close()


def test_a_destroyed_key_never_comes_back(database_url: str) -> None:
    """Neither to who had it nor to who comes later."""
    keys = opened(database_url)
    assert keys.for_encrypting(SUBJECT) is not None
    destroyed = keys.destroy(SUBJECT)
    later = opened(database_url)
    assert [
        one(SUBJECT) for one in (keys.for_encrypting, keys.for_decrypting, later.for_encrypting, later.for_decrypting)
    ] == [None] * 4
    assert later.destroy(SUBJECT).fingerprint == destroyed.fingerprint
    keys.close()
    later.close()


def test_no_byte_of_a_destroyed_key_stays_in_its_files(tmp_path: Path) -> None:
    """Neither in the file nor in its write-ahead log, while it is open and others have it open."""
    url = f"sqlite:///{tmp_path}/keys.db"
    keys, other = opened(url), opened(url)
    for number in range(200):
        keys.for_encrypting(UUID(int=number))
    secret = keys._keyring.find(SUBJECT).secret  # type: ignore[union-attr]
    assert secret is not None
    assert other.for_decrypting(SUBJECT) is not None
    assert any(secret in file.read_bytes() for file in tmp_path.iterdir())
    keys.destroy(SUBJECT)
    assert not any(secret in file.read_bytes() for file in tmp_path.iterdir())
    keys.close()
    other.close()


def test_lost_keys_erase_everything_and_stop_nobody(sqlite_url: str, tmp_path: Path) -> None:
    """A log that is restored without its keys reads as erased; what is written from then on is kept."""
    store = encrypting(sqlite_url)
    store.migrate()
    before = letter(SUBJECT)
    store.record(before)
    store.close()
    for file in tmp_path.glob("keys.db*"):
        file.unlink()

    restored = encrypting(sqlite_url)
    restored.migrate()
    after = letter(SUBJECT, "Once more")
    restored.record(after)
    assert restored.load(Letter, before.id).text == "gone"
    assert restored.load(Letter, after.id).text == "Once more"
    restored.close()


@pytest.mark.parametrize("url", ["sqlite:///{}/keys.db", "postgresql://nobody@127.0.0.1:1/ledger"])
def test_keys_that_do_not_answer_are_an_outage(url: str, tmp_path: Path) -> None:
    """Nothing is recorded in clear for want of a key."""
    keys = PersonalKeys.open(url.format(tmp_path))
    with pytest.raises(StoreUnavailable):
        keys.for_encrypting(SUBJECT)
    keys.close()
