"""One record of a file: where it stands, what it says, and what kept it from being read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.domain.errors import Fault


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at one place of a file; `place` names it as who wrote the file sees it."""

    line: int
    place: str
    detail: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.place}: {self.detail}" if self.place else f"line {self.line}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as JSON would say it; `faults` are those of reading it, `columns` names the places of a table."""

    line: int
    body: Any = None
    faults: tuple[Fault, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def findings(self, faults: tuple[Fault, ...]) -> list[Finding]:
        """Return these faults of the record as whoever wrote the file can find them."""
        return [Finding(self.line, self._place(fault.pointer), fault.detail) for fault in faults]

    def _place(self, pointer: str) -> str:
        """Name the column of a pointer, of what stands under it, or of what it stands under."""
        if not self.columns or not pointer:
            return pointer
        exact = self.columns.get(pointer)
        below = (name for other, name in self.columns.items() if other.startswith(f"{pointer}/"))
        above = (name for other, name in self.columns.items() if pointer.startswith(f"{other}/"))
        return exact or next(below, None) or next(above, None) or pointer
