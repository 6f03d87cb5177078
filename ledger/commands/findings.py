"""What the doctor finds in files: each finding says what is wrong, and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ledger import files

if TYPE_CHECKING:
    from ledger.config import Settings

LITTLE = 200_000_000  # bytes; a busy day of a large network writes less
NOTHING = 1_000_000
WAIT = 2.0  # seconds for a lock that somebody holds: longer than the ledger itself holds one
OTHERS = 0o077
SQLITE = "sqlite:///"
CHOWN = "Let the user who runs the ledger own folder and files, and write to them: chown, chmod u+rw."
FREE = "Free space, or move the data to a larger disk; recording goes on by itself."
RESTORE = "Stop the ledger, keep a copy of the file, put back a backup (`ledger restore`), and run `ledger verify`."
REBUILD = "Stop the ledger, delete the file and what bears its name with -wal and -shm, then `ledger rebuild`."
FORGET = "Stop the ledger, delete the file and what bears its name with -wal and -shm, then `ledger migrate`."
# What a file holds, by its setting, and what to do when it is damaged.
PLACES = {
    "database_url": ("the log", RESTORE),
    "views_url": ("the read models", REBUILD),
    "personal_keys_url": ("the keys of personal data", "Stop the ledger and put them back from their backup."),
    "sessions_url": ("sessions", FORGET),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, in one line, and what to do, in another."""

    what: str
    do: str


def of_file(setting: str, url: str) -> Iterator[Finding]:
    """Examine a SQLite file; another database has none."""
    if not url.startswith(SQLITE):
        return
    path, (holds, mend) = Path(url.removeprefix(SQLITE)), PLACES[setting]
    named = f"{path}, with {holds}"
    if not path.exists():
        do = f"Is LEDGER_{setting.upper()} right? On a new ledger run `ledger migrate`."
        yield Finding(f"There is no {named}.", do)
        return
    if is_full(path.parent):
        return  # which `of_disks` says; SQLite may not even be able to open it
    if not all(os.access(one, os.W_OK) for one in (path.parent, *path.parent.glob(f"{path.name}*"))):
        yield Finding(f"{named}, or its folder cannot be written to.", CHOWN)
    if setting == "personal_keys_url" and path.stat().st_mode & OTHERS:
        yield Finding(f"Others may read {named}.", f"chmod 600 {path}*")
    yield from _inside(path, named, mend)


def of_disks(folders: Sequence[Path]) -> Iterator[Finding]:
    """Say which of these folders have little space left."""
    for folder in {folder.stat().st_dev: folder for folder in reversed(folders)}.values():
        left = shutil.disk_usage(folder).free
        if is_full(folder):
            yield Finding(f"The disk of {folder} is full: nothing can be recorded.", FREE)
        elif left < LITTLE:
            yield Finding(f"The disk of {folder} is nearly full: {left // 1_000_000} MB are left.", FREE)


def is_full(folder: Path) -> bool:
    """Tell whether nothing more fits on the disk of a folder."""
    return shutil.disk_usage(folder).free < NOTHING


def of_signing_keys(folder: Path, missing: Sequence[str]) -> Iterator[Finding]:
    """Say which keys are not there, and which somebody else may read."""
    for purpose in missing:
        do = "Put the folder back from its backup; on a new ledger run `ledger migrate`."
        yield Finding(f"There is no private key for {purpose} in {folder}: nothing can be signed.", do)
    for path in sorted(folder.glob("*.pem")):
        if path.stat().st_mode & OTHERS and b"PRIVATE KEY" in path.read_bytes():
            do = f"chmod 600 {path}; when somebody may have read it, `ledger keys rotate`."
            yield Finding(f"Others may read {path}.", do)


def folders(settings: Settings) -> list[Path]:
    """Return the folders of all files that are there."""
    urls = [getattr(settings, name) for name in PLACES]
    found = [Path(url.removeprefix(SQLITE)).parent for url in urls if url.startswith(SQLITE)]
    return [folder for folder in [*found, Path(settings.signing_keys or ".")] if folder.is_dir()]


def _inside(path: Path, named: str, mend: str) -> Iterator[Finding]:
    """Read the whole file, and ask for its write lock."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=WAIT)) as connection:
            (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if told != "ok":
                yield Finding(f"{named}, is damaged: {' '.join(told.split())}.", mend)
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        if files.is_damaged(error):
            yield Finding(f"{named}, is damaged: {error}.", mend)
        elif files.code(error).startswith("SQLITE_BUSY"):
            do = f"Find out which process it is (`fuser {path}`), and end it; recording goes on by itself."
            yield Finding(f"Another process has kept {named}, locked for {WAIT:g} seconds.", do)
        else:
            yield Finding(f"{named}, cannot be opened: {error}.", CHOWN)
