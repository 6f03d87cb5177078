"""Everything that SQLite writes and flushes, in order.

SQLite reaches files through tables of functions. Some of them are replaced by ours, which note what is asked and call
SQLite's own; so the ledger runs as it is, on the library that Python's driver is linked to.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any, NamedTuple


class Written(NamedTuple):
    """Bytes that were written somewhere in a file."""

    path: str
    offset: int
    data: bytes


class Cut(NamedTuple):
    """A file that was cut to a size; one that was deleted is cut to nothing."""

    path: str
    size: int
    deleted: bool = False


class Flushed(NamedTuple):
    """A flush that is done: of what was noted before it began, at this place, nothing can be lost."""

    path: str
    began: int


Journal = list[Any]  # of these, and of whatever a test notes between them

# A name is passed on by its address: SQLite keeps it, and reads what it has put behind it.
Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)


class Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", Write),
        ("truncate", Truncate),
        ("sync", Sync),
        ("others", c_void_p * 13),
    )


class File(ctypes.Structure):
    """sqlite3_file."""

    _fields_ = (("methods", POINTER(Methods)),)


class FileSystem(ctypes.Structure):
    """sqlite3_vfs, as far as it is needed here."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", Open),
        ("delete", Delete),
    )


def can_record() -> bool:
    """Whether the driver's SQLite can be reached: not where it is built into Python without its names."""
    return hasattr(_library(), "sqlite3_vfs_find")


@contextmanager
def recording(folder: Path) -> Iterator[Journal]:
    """Note what happens to the files in this folder; all of them are opened and closed inside."""
    find = _library().sqlite3_vfs_find
    find.restype = POINTER(FileSystem)
    system = find(None).contents
    recorder = _Recorder(str(folder), system)
    try:
        yield recorder.journal
    finally:
        system.open, system.delete = recorder.own_open, recorder.own_delete


class _Recorder:
    def __init__(self, folder: str, system: FileSystem) -> None:
        self.journal: Journal = []
        self.own_open, self.own_delete = _copied(system.open), _copied(system.delete)
        self._folder = folder
        self._paths: dict[int, str] = {}  # by the address of the open file
        self._ours: dict[int, Methods] = {}  # by the address of SQLite's own
        # Kept, for SQLite knows only where they lie.
        self._replaced = (Open(self._open), Delete(self._delete))
        system.open, system.delete = self._replaced

    def _open(self, system: int, name: int | None, address: int, flags: int, given: int) -> int:
        code = int(self.own_open(system, name, address, flags, given))
        path = _text(name)
        if code == 0 and path.startswith(self._folder):
            self._paths[address] = path
            file = File.from_address(address)
            file.methods = ctypes.pointer(self._methods(file.methods.contents))
        return code

    def _methods(self, own: Any) -> Methods:
        """Return SQLite's own methods with ours among them; it has others for a database than for its log."""
        address = ctypes.addressof(own)
        if address not in self._ours:
            self._ours[address] = self._noting(Methods.from_buffer_copy(own))
        return self._ours[address]

    def _noting(self, methods: Methods) -> Methods:
        own_write, own_truncate, own_sync = (_copied(one) for one in (methods.write, methods.truncate, methods.sync))

        def write(file: int, data: int, amount: int, offset: int) -> int:
            self.journal.append(Written(self._paths[file], offset, ctypes.string_at(data, amount)))
            return int(own_write(file, data, amount, offset))

        def truncate(file: int, size: int) -> int:
            self.journal.append(Cut(self._paths[file], size))
            return int(own_truncate(file, size))

        def sync(file: int, flags: int) -> int:
            began = len(self.journal)
            code = int(own_sync(file, flags))
            self.journal.append(Flushed(self._paths[file], began))
            return code

        methods.write, methods.truncate, methods.sync = Write(write), Truncate(truncate), Sync(sync)
        return methods

    def _delete(self, system: int, name: int, durably: int) -> int:
        self.journal.append(Cut(_text(name), 0, deleted=True))
        return int(self.own_delete(system, name, durably))


def _library() -> ctypes.CDLL:
    """Return the driver with all that it is linked to."""
    return ctypes.CDLL(getattr(_sqlite3, "__file__", None))


def _text(name: int | None) -> str:
    return ctypes.string_at(name).decode() if name else ""


def _copied(function: Any) -> Any:
    """Return a function of its own: one that was read from a table is what the table holds, also later."""
    return type(function)(ctypes.cast(function, c_void_p).value)
