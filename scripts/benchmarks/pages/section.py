"""The section `pages`: what a page weighs, when it is first seen on a slow line, if it shifts, what it costs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scripts.benchmarks.pages import seen, served
from scripts.benchmarks.report import Rows
from tests.browser.site import opened

VISITS, VISITS_QUICK = 5, 2
OFTEN, OFTEN_QUICK = 50, 10


def measure(quick: bool) -> Rows:  # noqa: FBT001 - as every section is asked
    """Measure on the demonstration network, served as its README says."""
    print("\npages: the demonstration network", flush=True)
    with tempfile.TemporaryDirectory(prefix="pages-") as folder, opened(Path(folder)) as site:
        looked_at = seen.measure(site, VISITS_QUICK if quick else VISITS)
        return {**looked_at, **served.measure(site, OFTEN_QUICK if quick else OFTEN)}
