"""The documentation names everything that can be set, chosen, recorded or refused."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields

import ledger.domain
from ledger.config import Settings
from ledger.domain.errors import LedgerError
from ledger.domain.event import Fact
from ledger.domain.kinds.catalogue import KINDS
from ledger.logs import FIELDS
from tests.house.tree import ROOT, named_in


def subclasses(root: type) -> Iterator[type]:
    """Every class below this one, once the whole domain is imported."""
    for module in pkgutil.walk_packages(ledger.domain.__path__, "ledger.domain."):
        importlib.import_module(module.name)
    children: list[type] = root.__subclasses__()
    for child in children:
        yield child
        yield from subclasses(child)


def test_every_setting_is_documented() -> None:
    """docs/operating.md names every environment variable, and none that does nothing."""
    settings = {f"LEDGER_{field.name.upper()}" for field in fields(Settings)}
    named = set(re.findall(r"LEDGER_[A-Z_]+", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")))
    assert named == settings


def test_every_figure_is_documented() -> None:
    """docs/operating.md names every figure of /metrics, and every field of a log line."""
    sources = [(ROOT / "ledger" / one).read_text(encoding="utf-8") for one in ("metrics.py", "api/metrics.py")]
    figures = set(re.findall(r'"(ledger_\w+)"', "".join(sources)))
    told = " ".join(named_in("operating.md"))
    assert len(figures) >= 8
    assert [one for one in {*figures, *FIELDS} if one not in told] == []


def test_every_kind_is_documented() -> None:
    """docs/kinds.md names every kind of collaboration."""
    assert {kind.name for kind in KINDS} - named_in("kinds.md") == set()


def test_every_event_is_documented() -> None:
    """docs/events.md names the topic of every event that can stand in the log."""
    topics = {cls.__dict__["TOPIC"] for cls in subclasses(Fact) if "TOPIC" in cls.__dict__ and not cls.__subclasses__()}
    assert len(topics) > len(KINDS)
    assert topics - named_in("events.md") == set()


def test_every_error_is_documented() -> None:
    """docs/errors.md names the code of every error."""
    codes = {cls.__dict__["code"] for cls in subclasses(LedgerError) if "code" in cls.__dict__}
    assert codes - named_in("errors.md") == set()
