"""Figures as they are kept and shown, and the machine that they were measured on."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

SHOWN = ("flask", "werkzeug", "gunicorn", "marshmallow", "eventsourcing", "SQLAlchemy", "psycopg")


@dataclass(frozen=True)
class Row:
    """One figure: the median, its range over the rounds, and its ratio to the same figure of each peer."""

    value: float
    unit: str
    low: float
    high: float
    peers: Mapping[str, float] = field(default_factory=dict)
    ratio: Mapping[str, float] = field(default_factory=dict)
    ratio_range: str = ""
    failures: Mapping[str, int] = field(default_factory=dict)


Rows = dict[str, Row]


def table(rows: Rows) -> str:
    """The rows as text for people."""
    width = max(len(f"{name}, {row.unit}") for name, row in rows.items())
    lines = [f"{'':{width}} {'median':>9} {'(min-max)':18} {'peer':>9} {'ratio':>6} (min-max)"]
    for name, row in rows.items():
        lines.append(f"{f'{name}, {row.unit}':{width}} {row.value:>9,.1f} {f'({row.low:,.1f}-{row.high:,.1f})':18}")
        for peer, figure in row.peers.items():
            lines[-1] += f" {figure:>9,.1f} {row.ratio[peer]:>6.2f} {row.ratio_range} × {peer}"
        lines += [f"    FAILED {what}: {count}" for what, count in row.failures.items()]
    return "\n".join(lines)


def as_json(sections: Mapping[str, Rows]) -> str:
    """The rows as programs read them."""
    plain = {
        section: {
            name: {
                "value": round(row.value, 3),
                "unit": row.unit,
                "ratio": {p: round(r, 4) for p, r in row.ratio.items()},
            }
            for name, row in rows.items()
        }
        for section, rows in sections.items()
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def machine() -> str:
    """The machine and the versions that the figures belong to."""
    libraries = ", ".join(f"{name} {version(name)}" for name in SHOWN)
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n{libraries}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
