"""Backups as folders: the log in one, the keys in another, each with a list of what it holds and what it hashes to."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.deferred import tables as deferred
from ledger.outbox import tables as outbox
from ledger.seals import tables as seals
from ledger.upkeep.copies import CopyError, copy, flush, occupied, put_back

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MANIFEST = "backup.json"
LOG, KEYS, SIGNING = "ledger", "personal-keys", "signing"
# As PostgreSQL names them; on SQLite each has a file of its own.
EVENTS, SECRETS = "public.stored_events", "ledger_keys.personal_keys"
# What cannot be made again; read models can, and hold personal data in clear.
LASTING = (EVENTS, *(f"public.{name}" for one in (seals, deferred, outbox) for name in one.METADATA.tables))
LOG_PARTS, KEY_PARTS = tuple(f"--table={name}" for name in LASTING), ("--schema=ledger_keys",)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the log, the keys of personal data and the signing keys lie."""

    log: str
    keys: str
    signing: Path


def back_up_log(places: Places, folder: Path, at: datetime, told: Mapping[str, Any]) -> None:
    """Write the log and its seals to a new folder; `told` is kept with it. Raises `CopyError`."""
    _fill(folder, at, told, lambda new: copy(places.log, new / LOG, LOG_PARTS))


def back_up_keys(places: Places, folder: Path, at: datetime) -> None:
    """Write the keys of personal data and the signing keys to a new folder. Raises `CopyError`."""

    def fill(new: Path) -> None:
        copy(places.keys, new / KEYS, KEY_PARTS)
        shutil.copytree(places.signing, new / SIGNING)

    _fill(folder, at, {}, fill)


def restore_log(places: Places, folder: Path) -> dict[str, Any]:
    """Put a log back where there is none; return what was kept with it. Raises `CopyError`."""
    told = _checked(folder, LOG)
    if occupied(places.log, EVENTS):
        raise CopyError("there is a log already where this one should go; move it away first")
    put_back(places.log, folder / LOG)
    return told


def restore_keys(places: Places, folder: Path) -> None:
    """Put keys back where there are none. Raises `CopyError`."""
    _checked(folder, KEYS)
    if occupied(places.keys, SECRETS) or (places.signing.exists() and any(places.signing.iterdir())):
        raise CopyError("there are keys already where these should go; move them away first")
    put_back(places.keys, folder / KEYS)
    shutil.copytree(folder / SIGNING, places.signing, dirs_exist_ok=True)


def _fill(folder: Path, at: datetime, told: Mapping[str, Any], fill: Any) -> None:
    """Fill a folder under another name first: one that bears its name is whole."""
    if folder.exists():
        raise CopyError(f"{folder} exists already; a backup goes to a new folder")
    begun = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(parents=True)
    fill(begun)
    listed = {str(file.relative_to(begun)): _digest(file) for file in sorted(begun.rglob("*")) if file.is_file()}
    manifest = {"taken_at": at.isoformat(), **told, "files": listed}
    (begun / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    flush(begun / MANIFEST)
    begun.rename(folder)
    flush(folder.parent)


def _checked(folder: Path, what: str) -> dict[str, Any]:
    """Return the list of a backup whose files are what it says."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = told["files"].items()
    except (OSError, ValueError, KeyError) as error:
        raise CopyError(f"{folder} is no backup: {error}") from error
    if what not in told["files"]:
        raise CopyError(f"{folder} is a backup of something else: it holds {', '.join(told['files'])}")
    for name, digest in files:
        file = folder / name
        if not file.is_file() or _digest(file) != digest:
            raise CopyError(f"{file} is not what was backed up; take another backup")
    return told


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()
