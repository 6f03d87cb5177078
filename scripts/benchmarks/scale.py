"""The section `scale`: what up to a billion events take, calculated from what was measured (docs/scale.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from scripts.benchmarks.report import Row, Rows

SIZES = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
GB, HOUR, DAY = 1e9, 3600.0, 86_400.0


class Measured(NamedTuple):
    """Bytes an event on PostgreSQL, and events a second; each was measured, none at these sizes."""

    log: float = 952
    log_indexes: float = 68
    seals: float = 336
    read_models: float = 3_497
    read_model_indexes: float = 1_544
    recorded: float = 913  # singly, over HTTP
    imported: float = 6_800
    sealed: float = 21_000
    verified: float = 46_000
    rebuilt: float = 340  # all read models, by one process
    dumped: float = 17_600  # by pg_dump, of the log


Line = Callable[[Measured, int], float]
LINES: dict[tuple[str, str], Line] = {
    ("log and its indexes", "GB"): lambda m, n: n * (m.log + m.log_indexes) / GB,
    ("seals", "GB"): lambda m, n: n * m.seals / GB,
    ("read models and their indexes", "GB"): lambda m, n: n * (m.read_models + m.read_model_indexes) / GB,
    ("disk, while all read models are rebuilt", "GB"): lambda m, n: (
        n * (m.log + m.log_indexes + m.seals + 2 * (m.read_models + m.read_model_indexes)) / GB
    ),
    ("memory that holds the log's indexes", "GB"): lambda m, n: n * m.log_indexes / GB,
    ("memory that holds all indexes of read models", "GB"): lambda m, n: n * m.read_model_indexes / GB,
    ("recorded singly at full speed", "days"): lambda m, n: n / m.recorded / DAY,
    ("imported", "hours"): lambda m, n: n / m.imported / HOUR,
    ("sealed anew", "hours"): lambda m, n: n / m.sealed / HOUR,
    ("verified", "hours"): lambda m, n: n / m.verified / HOUR,
    ("all read models rebuilt, one process", "hours"): lambda m, n: n / m.rebuilt / HOUR,
    ("log dumped for a backup", "hours"): lambda m, n: n / m.dumped / HOUR,
}


def measure(measured: Measured | None = None) -> Rows:
    """Return a row for each line and size, and print them as one table."""
    of = measured or Measured()
    width = max(len(f"{name}, {unit}") for name, unit in LINES)
    print(f"\nscale: calculated, not measured\n{'':{width}}" + "".join(f"{size:>16,}" for size in SIZES))
    for (name, unit), line in LINES.items():
        print(f"{f'{name}, {unit}':{width}}" + "".join(f"{line(of, size):>16,.1f}" for size in SIZES))
    return {f"{name}, {size:,}": _row(line(of, size), unit) for (name, unit), line in LINES.items() for size in SIZES}


def _row(value: float, unit: str) -> Row:
    return Row(value, unit, value, value)
