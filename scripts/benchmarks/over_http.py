"""Recording a job and reading a history over HTTP, beside the same Flask app without the ledger behind it.

Peer and ledger take turns within each round, so that a noisy moment of the machine hits both; a ratio is the median
of the rounds' ratios. Server and client share the cores, and the client is the same for both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from scripts.benchmarks import servers
from scripts.benchmarks.figures import Round, rows_of, single
from scripts.benchmarks.load import Orders, Outcome, written_length
from scripts.benchmarks.report import Rows
from tests.callers import Caller, Member, finished_job, found_network

CONNECTIONS = 8
JOBS = 50  # in the history that is read
FIRMS = 9  # the first has the history, each other one a connection to record on
SETTLING = 120.0  # seconds for the read models to reach the head after a round
WARM_UP = 0.5


@dataclass(frozen=True)
class Plan:
    """How many rounds, of how many seconds for each server."""

    rounds: int
    seconds: float


QUICK, WHOLE = Plan(3, 0.8), Plan(9, 4.0)


def measure(quick: bool) -> Rows:  # noqa: FBT001 - as every section is called
    """Measure on each database of this machine."""
    rows: Rows = {}
    with servers.databases() as found:
        for name, (data, url) in found.items():
            rows |= _on(name, data, url, QUICK if quick else WHOLE)
    return rows


def _on(database: str, data: Path, url: str, plan: Plan) -> Rows:
    with servers.ledger(data, url) as ours:
        operator = (data / "operator.key").read_text(encoding="utf-8").strip()
        first, *others = found_network(ours.port, operator, FIRMS)
        answer = _with_history(ours.port, first, others)
        history = data / "history.json"
        history.write_text(json.dumps(answer), encoding="utf-8")
        with servers.empty_app(data, url, history) as peer:
            turns = partial(_rounds, plan, {"peer": peer.port, "ledger": ours.port})
            reading = turns("read", [_reading(first)] * CONNECTIONS, lambda: None)
            behind: list[tuple[int, float]] = []
            recording = turns("record", _recording(others), lambda: behind.append(_settled(ours.port)))
    del behind[0]  # of the round that warms up
    size = len(json.dumps(answer, separators=(",", ":")))
    return {
        **rows_of(f"{database}: recording a job", recording),
        **rows_of(f"{database}: history of {JOBS} jobs, {size // 1000} kB", reading),
        f"{database}: read models behind, after a round": single([float(events) for events, _ in behind], "events"),
        f"{database}: read models at the head, after": single([seconds for _, seconds in behind], "s"),
    }


def _with_history(port: int, firm: Member, partners: Sequence[Member]) -> Any:
    """Let the firm record jobs and its partners accept them; return its history."""
    recorder, acceptors = Caller(port, firm.key), [Caller(port, partner.key) for partner in partners]
    for n in range(JOBS):
        partner = n % len(partners)
        body = finished_job(firm.id, partners[partner].id, f"Gear housings, batch {n}")
        job = recorder.post("/v1/collaborations", body, Idempotency_Key=f"history-{n}")
        acceptors[partner].post(f"/v1/collaborations/{job['id']}/acceptances", {}, If_Match="*")
    _settled(port)
    answer = recorder.get(f"/v1/firms/{firm.id}/history?limit={JOBS}")
    if len(answer["items"]) != JOBS:
        raise RuntimeError(f"the history holds {len(answer['items'])} jobs; it should hold {JOBS}")
    return answer


def _reading(firm: Member) -> str:
    return request("GET", f"/v1/firms/{firm.id}/history?limit={JOBS}", firm.key)


def _recording(firms: Sequence[Member]) -> list[str]:
    pairs = zip(firms, [*firms[1:], firms[0]], strict=True)
    return [
        request("POST", "/v1/collaborations", firm.key, json.dumps(finished_job(firm.id, partner.id)))
        for firm, partner in pairs
    ]


def request(method: str, path: str, key: str, body: str = "") -> str:
    """Return a request for `load`, with a new idempotency key each time if it has a body."""
    headers = ["Host: localhost", f"Authorization: Bearer {key}"]
    if body:
        headers += [
            "Content-Type: application/json",
            f"Content-Length: {written_length(body)}",
            "Idempotency-Key: {key}",
        ]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *headers, "", body])


def _rounds(
    plan: Plan, ports: Mapping[str, int], what: str, requests: Sequence[str], settle: Callable[[], None]
) -> list[Round]:
    rounds = []
    for number in range(plan.rounds + 1):
        seconds = plan.seconds if number else WARM_UP
        orders = partial(Orders, seconds=seconds, run=f"{what}-{number}", requests=list(requests))
        rounds.append({server: ask(orders(port=port)) for server, port in ports.items()})
        settle()  # or the read models would still be at work in the peer's turn
    return rounds[1:]


def ask(orders: Orders) -> Outcome:
    """Let a client in a process of its own ask."""
    client = [sys.executable, "-m", "scripts.benchmarks.load"]
    done = subprocess.run(  # nosec B603 # our own program
        client, input=json.dumps(orders).encode(), capture_output=True, check=True, timeout=orders["seconds"] + 60
    )
    outcome: Outcome = json.loads(done.stdout)
    return outcome


def _settled(port: int) -> tuple[int, float]:
    """Return how many events the read models are behind, and the seconds until they are not."""
    began, first = time.monotonic(), _lag(port)
    while _lag(port):
        if time.monotonic() > began + SETTLING:
            raise TimeoutError(f"the read models are {_lag(port)} events behind after {SETTLING:.0f} s")
        time.sleep(0.02)
    return first, time.monotonic() - began


def _lag(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/ready")
        stands: list[dict[str, int]] = json.load(connection.getresponse())["projections"]
        return max(stand["lag"] for stand in stands)
    finally:
        connection.close()
