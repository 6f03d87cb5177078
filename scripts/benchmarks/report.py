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

SHOWN = (
    *("flask", "werkzeug", "gunicorn", "marshmallow", "eventsourcing", "SQLAlchemy", "psycopg"),
    *("numpy", "scipy", "networkx", "rustworkx", "pymerkle", "cryptography"),
)


@dataclass(frozen=True)
class Row:
    """One figure: median or mean, its range over the rounds, and its ratio to the same figure of each peer."""

    value: float
    unit: str
    low: float
    high: float
    peers: Mapping[str, float] = field(default_factory=dict)
    ratio: Mapping[str, float] = field(default_factory=dict)
    ratio_range: str = ""
    failures: Mapping[str, int] = field(default_factory=dict)
    digits: int = 1  # shown after the point


Rows = dict[str, Row]


def table(rows: Rows) -> str:
    """The rows as text for people: medians of rounds, means of placements."""
    width = max(len(f"{name}, {row.unit}") for name, row in rows.items())
    lines = [f"{'':{width}} {'figure':>9} {'(min-max)':18} {'peer':>9} {'ratio':>6} (min-max)"]
    for name, row in rows.items():
        shown = f"{_figure(row, row.value)} {f'({_figure(row, row.low, 0)}-{_figure(row, row.high, 0)})':18}"
        beside = _beside(row)
        lines.append(f"{f'{name}, {row.unit}':{width}} {shown}{beside[0] if beside else ''}")
        lines += [f"{'':{width + 29}}{other}" for other in beside[1:]]
        lines += [f"    FAILED {what}: {count}" for what, count in row.failures.items()]
    return "\n".join(lines)


def _beside(row: Row) -> list[str]:
    """The peers of a row; one that has nothing to divide by has no ratio."""
    ratios = {peer: f"{row.ratio[peer]:>6.2f}" if peer in row.ratio else f"{'-':>6}" for peer in row.peers}
    return [f" {_figure(row, row.peers[peer])} {shown} {row.ratio_range} × {peer}" for peer, shown in ratios.items()]


def _figure(row: Row, value: float, width: int = 9) -> str:
    return f"{value:>{width},.{row.digits}f}"


def as_json(sections: Mapping[str, Rows]) -> str:
    """The rows as programs read them."""
    plain = {
        section: {
            name: {
                "value": round(row.value, max(row.digits, 3)),
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
