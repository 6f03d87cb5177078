"""What a person should look at before a draft is sent; on the outside these are the `warnings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at; `pointer` is a JSON pointer into the draft's body, "" for no single place.

    `said` is what the detail says beside its code, by name: whoever speaks another language needs no more.
    """

    code: str
    detail: str
    pointer: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    def data(self) -> dict[str, str]:
        """Return the remark as JSON; the pointer only when there is one."""
        plain = {"code": self.code, "detail": self.detail}
        return {**plain, "pointer": self.pointer} if self.pointer else plain
