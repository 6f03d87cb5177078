"""docs/errors.md lists every error code with the status that the interface answers."""

from __future__ import annotations

import re

from ledger.api.codes import codes
from tests.house.tree import ROOT


def test_codes_and_statuses_are_those_of_the_interface() -> None:
    """No code is missing, none is made up, each has its status; the root is never answered itself."""
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE)
    assert sorted(documented) == sorted((code.code, str(code.status)) for code in codes() if code.status)
