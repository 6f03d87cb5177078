"""Whole copies of a database as of one moment, while others write: by SQLite itself, or by PostgreSQL's tools."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from psycopg import connect
from psycopg.conninfo import conninfo_to_dict, make_conninfo

if TYPE_CHECKING:
    from collections.abc import Sequence

SQLITE = "sqlite:///"
PASSWORD, PACKAGE = "PGPASSWORD", "postgresql-client"


class CopyError(Exception):
    """A copy cannot be made or put back; the message says why, and what to do."""


def copy(url: str, to: Path, parts: Sequence[str]) -> None:
    """Write a copy of these parts, as pg_dump names them; of a SQLite file, which holds nothing else, of all."""
    if not url.startswith(SQLITE):
        _tool("pg_dump", url, "--format=custom", f"--file={to}", *parts)
        return
    source = Path(url.removeprefix(SQLITE))
    if not source.exists():
        raise CopyError(f"there is no {source}")
    try:
        # Not the file's pages one by one: what was erased still stands in free ones.
        with closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(to),))
    except sqlite3.Error as error:
        raise CopyError(f"{source} cannot be copied: {error}") from error
    flush(to)


def put_back(url: str, copied: Path) -> None:
    """Put a copy where there is nothing yet."""
    if not url.startswith(SQLITE):
        options = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _tool("pg_restore", url, *options, str(copied))
        return
    target = Path(url.removeprefix(SQLITE))
    target.parent.mkdir(parents=True, exist_ok=True)
    begun = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(copied, begun)
    flush(begun)
    begun.replace(target)
    flush(target.parent)


def occupied(url: str, table: str) -> bool:
    """Tell whether something lies there already: a file, or rows of this table."""
    if url.startswith(SQLITE):
        return Path(url.removeprefix(SQLITE)).exists()
    with connect(url) as connection:
        there = connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
        if there is None or there[0] is None:
            return False
        # nosemgrep: sql-of-text - a table of ours
        return connection.execute(f"SELECT 1 FROM {table} LIMIT 1".encode()).fetchone() is not None  # nosec B608 # noqa: S608 - ours


def flush(path: Path) -> None:
    """Wait until a file, or what a folder holds, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _tool(name: str, url: str, *options: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise CopyError(f"{name} is not installed (Debian: apt-get install {PACKAGE})")
    address = conninfo_to_dict(url)
    password = address.pop("password", None)  # the list of processes is everybody's to read
    environment = os.environ | ({PASSWORD: str(password)} if password else {})
    command = [program, "--no-password", f"--dbname={make_conninfo('', **address)}", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # nosec B603 # noqa: S603 - found by us
    if done.returncode:
        raise CopyError(f"{name} failed: {done.stderr.strip() or done.returncode}")
