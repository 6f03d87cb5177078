"""Three machines with PostgreSQL, Patroni and etcd, made by the files that are shipped for a real installation."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.ha import network
from tests.ha.node import NUMBERS, PASSWORDS, Node
from tests.ha.tools import Tools

START_TIMEOUT = 180.0  # seconds; three databases are made
HEALTHY_TIMEOUT = 240.0
# Patroni's default: acknowledged as soon as one disk has it. What the checker must catch.
ASYNCHRONOUS = {"synchronous_mode: quorum": "synchronous_mode: false", "_strict: true": "_strict: false"}


class Cluster:
    """The machines, and how clients reach whichever of them takes writes."""

    def __init__(self, folder: Path, tools: Tools, *, synchronous: bool) -> None:
        self._synchronous = synchronous
        self.nodes = [Node(number, folder, tools, {} if synchronous else ASYNCHRONOUS) for number in NUMBERS]

    @property
    def url(self) -> str:
        """The address that the ledger is given."""
        return f"postgresql://ledger:ledger@{self._hosts}/ledger?target_session_attrs=read-write"

    def start(self) -> None:
        """Switch all machines on, and make the ledger's database once one of them takes writes."""
        for node in self.nodes:
            node.start()
        self._until(self._healthy, START_TIMEOUT)
        with self._superuser() as connection:
            connection.execute("CREATE ROLE ledger LOGIN PASSWORD 'ledger'")
            connection.execute("CREATE DATABASE ledger OWNER ledger")

    def stop(self) -> None:
        """End everything."""
        for node in self.nodes:
            node.halt()

    def primary(self) -> Node:
        """The machine that takes writes."""
        with self._superuser() as connection:
            (address,) = connection.execute("SELECT host(inet_server_addr())").fetchone() or ("",)
        return next(node for node in self.nodes if node.address == address)

    def standbys(self) -> list[Node]:
        """The others."""
        primary = self.primary()
        return [node for node in self.nodes if node is not primary]

    def wait_healthy(self) -> None:
        """Wait until one machine takes writes and the two others follow it."""
        self._until(self._healthy, HEALTHY_TIMEOUT)

    def standby_url(self, node: Node) -> str:
        """The address of one machine, whether it takes writes or not."""
        return f"postgresql://ledger:ledger@{node.address}:5432/ledger?target_session_attrs=any"

    @property
    def _hosts(self) -> str:
        return ",".join(f"{node.address}:5432" for node in self.nodes)

    def _superuser(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            f"postgresql://postgres@{self._hosts}/postgres?target_session_attrs=read-write",
            password=PASSWORDS["SUPERUSER_PASSWORD"],
            connect_timeout=2,
            autocommit=True,
        )

    def _healthy(self) -> bool:
        state = "quorum" if self._synchronous else "async"
        with self._superuser() as connection:
            counted = connection.execute(
                "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = %s", (state,)
            ).fetchone()
        return counted == (len(self.nodes) - 1,)

    def _until(self, done: Callable[[], bool], timeout: float) -> None:
        deadline, error = time.monotonic() + timeout, None
        while time.monotonic() < deadline:
            try:
                if done():
                    return
            except psycopg.OperationalError as trouble:
                error = trouble
            time.sleep(0.2)
        raise TimeoutError(f"the cluster is not whole after {timeout:.0f} s; {error}")


@contextmanager
def running(tools: Tools, *, synchronous: bool, keep: bool = False) -> Iterator[Cluster]:
    """A cluster of its own, which leaves nothing behind."""
    with network.claimed():
        network.build(NUMBERS)
        folder = Path(tempfile.mkdtemp(prefix="ledger-ha-"))
        folder.chmod(0o755)
        cluster = Cluster(folder, tools, synchronous=synchronous)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
            network.remove(NUMBERS)
            if not keep:
                shutil.rmtree(folder)
