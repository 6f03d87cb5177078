"""What a person should look at before a draft is sent; on the outside these are the `warnings`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at; `pointer` is a JSON pointer into the draft's body, "" for no single place."""

    code: str
    detail: str
    pointer: str = ""

    def data(self) -> dict[str, str]:
        """Return the remark as JSON; the pointer only when there is one."""
        plain = {"code": self.code, "detail": self.detail}
        return {**plain, "pointer": self.pointer} if self.pointer else plain
