"""The benchmarks: `scripts/bench [--quick] [--json FILE] [section …]`."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from scripts.benchmarks import importing, over_http, scale, seals, start
from scripts.benchmarks.overview import section as overview
from scripts.benchmarks.pages import section as pages
from scripts.benchmarks.project import section as project
from scripts.benchmarks.rebuild import section as rebuild
from scripts.benchmarks.record import section as record
from scripts.benchmarks.report import Rows, as_json, machine, table
from scripts.benchmarks.trust import section as trust
from scripts.benchmarks.trust.lines import Unreadable

TERMINATED = 143  # as shells say it
UNUSABLE = 2  # as argparse says it
Measure = Callable[[], Rows]
# A section looks at its options first and returns what measures. A row with failures counts for nothing, and neither
# does the run.
SECTIONS: dict[str, Callable[[argparse.Namespace], Measure]] = {
    "record": lambda options: partial(record.measure, options.quick),
    "http": lambda options: partial(over_http.measure, options.quick),
    "trust": trust.prepare,
    "overview": lambda options: partial(overview.measure, options.quick, options.filled),
    "pages": lambda options: partial(pages.measure, options.quick),
    "seals": lambda options: partial(seals.measure, options.quick),
    "project": lambda options: partial(project.measure_project, options.quick),
    "rebuild": lambda options: partial(rebuild.measure, options),
    "growth": lambda options: partial(project.measure_growth, options.quick, options.events),
    "query": lambda options: partial(project.measure_query, options.quick),
    "start": lambda options: partial(start.measure, options.quick),
    "scale": lambda _: scale.measure,
    "import": lambda options: partial(importing.measure, options.quick),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the sections that were asked for, by default all; return 1 when one failed, 2 for options of no use."""
    options = _options(arguments)
    # Ended from outside, the servers must end as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        sections = {name: SECTIONS[name](options) for name in options.sections or SECTIONS}
    except Unreadable as unreadable:
        print(f"scripts/bench: {unreadable}", file=sys.stderr)
        return UNUSABLE
    measured = _measure(sections)
    if options.json:
        options.json.write_text(as_json(measured), encoding="utf-8")
    if any(row.failures for rows in measured.values() for row in rows.values()):
        print("\nFAILED: what went wrong stands above; no figure counts.", file=sys.stderr)
        return 1
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Figures beside their peers, in one run.")
    parser.add_argument("sections", nargs="*", metavar="section", help=f"of {', '.join(SECTIONS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="under a minute each; good for a look, not for a claim")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    trust.add_options(parser)
    overview.add_options(parser)
    rebuild.add_options(parser)
    options = parser.parse_args(arguments)
    unknown = set(options.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    if options.json and not options.json.parent.is_dir():
        parser.error(f"no such folder: {options.json.parent}")
    return options


def _measure(sections: Mapping[str, Measure]) -> dict[str, Rows]:
    print(machine())
    measured = {}
    for name, measure in sections.items():
        rows = measure()
        print(f"\n{name}\n{table(rows)}")
        measured[name] = rows
    return measured


if __name__ == "__main__":
    sys.exit(main())
