"""SQLite's files: what the log's connections and the read models' have in common."""

from __future__ import annotations

import sqlite3
import time


def code(error: BaseException | None) -> str:
    """Return SQLite's name for what went wrong, nothing for an error of somebody else."""
    return str(getattr(error, "sqlite_errorname", ""))


def is_damaged(error: BaseException | None) -> bool:
    """Tell whether the file is no database, or its pages do not fit together: somebody has to mend it."""
    return code(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_read_only(connection: sqlite3.Connection) -> bool:
    """Tell of a new connection whether SQLite could open the file for reading alone.

    It stays so when the file can be written again, and so does every other that the process opens meanwhile: such a
    connection may not be kept.
    """
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")  # who waits for another writer may write
    try:
        connection.execute("BEGIN")
        connection.execute("PRAGMA user_version = 1")  # BEGIN IMMEDIATE alone would be content with reading
    except sqlite3.OperationalError as error:
        return code(error).startswith("SQLITE_READONLY")
    finally:
        connection.rollback()
        # nosemgrep: sql-of-text - a number of ours
        connection.execute(f"PRAGMA busy_timeout={patience}")
    return False


def set_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to write-ahead logging, within so many seconds.

    SQLite refuses at once, without its timeout, when two connections switch a new file together.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
