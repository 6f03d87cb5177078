"""The section `record` puts ours beside each peer of the same round, and counts what failed."""

from __future__ import annotations

import json

from scripts.benchmarks.load import KEY_LENGTH, written_length
from scripts.benchmarks.record import apps
from scripts.benchmarks.record.rows import Figures, rows_of
from scripts.benchmarks.report import as_json
from tests.callers import Member

FIRMS = [Member(f"firm-{n}", f"key-{n}") for n in range(4)]


def test_rates_stand_beside_each_peer() -> None:
    """A ratio is the median of the rounds' ratios; pgbench has a rate alone."""
    rounds = [
        {
            "ours": Figures(rate, 10.0),
            "documented": Figures(50.0, 20.0),
            "batch of 20": Figures(400.0, 30.0),
            "pgbench": Figures(200.0),
        }
        for rate in (90.0, 100.0, 110.0)
    ]
    told = json.loads(as_json({"record": rows_of("", rounds)}))["record"]

    assert told["ours"] == {"value": 100.0, "unit": "events/s", "ratio": {"documented": 2.0, "pgbench": 0.5}}
    assert told["ours, p99"] == {"value": 10.0, "unit": "ms", "ratio": {"documented": 0.5}}
    assert told["batch of 20"]["ratio"] == {"documented": 8.0, "pgbench": 2.0}
    assert told["batch of 20, p99"]["ratio"] == {}


def test_a_refusal_counts_as_a_failure() -> None:
    """Of ours and of a peer: neither figure is worth anything then."""
    bad = Figures(1.0, 1.0, {"503": 4})
    rows = rows_of("", [{"ours": bad, "documented": bad, "batch of 20": bad}])
    assert rows["ours"].failures == {"ours: 503": 4, "documented: 503": 4}


def test_each_connection_has_a_request_of_the_right_length() -> None:
    """Also where keys are written into the body."""
    for requests in (apps.single(FIRMS), apps.batch(FIRMS)):
        head, _, body = requests[0].replace("{key}", "k" * KEY_LENGTH).partition("\r\n\r\n")
        assert f"Content-Length: {len(body)}\r\n" in head + "\r\n"
    assert (len(apps.single(FIRMS)), len(json.loads(body)["items"])) == (128, 20)
    assert written_length('{"key": "{key}"}') == len('{"key": ""}') + KEY_LENGTH
