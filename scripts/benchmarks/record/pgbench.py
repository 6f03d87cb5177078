"""The practical limit: PostgreSQL's own client inserts events of the same size, one a transaction, on 8 connections."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg

CLIENTS, THREADS = 8, 2
TABLE = """
CREATE TABLE plain_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial UNIQUE,
    PRIMARY KEY (originator_id, originator_version)
)
"""
INSERT = """
INSERT INTO plain_events (originator_id, originator_version, topic, state)
VALUES (gen_random_uuid(), 1, 'collaboration.proposed', decode(repeat('5a', {size}), 'hex'));
"""
RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
BROKEN = re.compile(r"^number of failed transactions: [1-9]", re.MULTILINE)


@dataclass(frozen=True)
class Pgbench:
    """`pgbench` on one database."""

    program: Path
    url: str
    script: Path

    def prepare(self, size: int) -> None:
        """Make the table, and the script for events of so many bytes."""
        with psycopg.connect(self.url) as connection:
            connection.execute(TABLE)
        self.script.write_text(INSERT.format(size=size), encoding="utf-8")

    def rate(self, seconds: float) -> float:
        """Insert for so long; return the events a second."""
        options = [f"--client={CLIENTS}", f"--jobs={THREADS}", f"--time={max(1, round(seconds))}", "--no-vacuum"]
        command = [str(self.program), *options, "--protocol=prepared", f"--file={self.script}", self.url]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60)  # nosec B603 # found by us
        rate = RATE.search(done.stdout)
        if rate is None or BROKEN.search(done.stdout):
            raise RuntimeError(f"pgbench says {done.stdout} {done.stderr}")
        return float(rate[1])
