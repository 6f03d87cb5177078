"""The benchmarks: `scripts/bench [--quick] [--json FILE] [section …]`."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.benchmarks import over_http
from scripts.benchmarks.report import Rows, as_json, machine, table

TERMINATED = 143  # as shells say it
# A section returns its rows; a row with failures counts for nothing, and neither does the run.
SECTIONS: dict[str, Callable[[bool], Rows]] = {"http": over_http.measure}


def main() -> int:
    """Run the sections that were asked for, by default all; return 1 when one of them failed."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Figures beside their peers, in one run.")
    parser.add_argument("sections", nargs="*", metavar="section", help=f"of {', '.join(SECTIONS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="under a minute; good for a look, not for a claim")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args()
    unknown = set(options.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    # Ended from outside, the servers must end as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    print(machine())
    measured, failed = {}, False
    for name in options.sections or SECTIONS:
        rows = SECTIONS[name](options.quick)
        print(f"\n{name}\n{table(rows)}")
        measured[name] = rows
        failed = failed or any(row.failures for row in rows.values())
    if options.json:
        options.json.write_text(as_json(measured), encoding="utf-8")
    if failed:
        print("\nFAILED: answers that were no success stand above; no figure counts.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
