"""What can happen to a cluster: each fault is done to it, held for a while, and undone."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass

from tests.ha import network
from tests.ha.cluster import Cluster
from tests.ha.node import Node

Undo = Callable[[], None]
LONG = 35.0  # seconds; longer than it takes the others to agree on a new primary


@dataclass(frozen=True)
class Fault:
    """Something that happens to a cluster."""

    name: str
    inject: Callable[[Cluster], Undo]
    held: float = LONG  # seconds before it is undone


def _nothing() -> None:
    """Undo what undoes itself."""


def _switchover(cluster: Cluster) -> Undo:
    cluster.primary().control("switchover", "--force")
    return _nothing


def _postmaster(cluster: Cluster) -> Undo:
    cluster.primary().kill_postmaster()
    return _nothing


def _patroni(cluster: Cluster) -> Undo:
    node = cluster.primary()
    node.kill_patroni()
    return node.start_patroni


def _etcd(cluster: Cluster) -> Undo:
    for node in cluster.nodes:
        node.kill_etcd()

    def undo() -> None:
        for node in cluster.nodes:
            node.start_etcd()

    return undo


def _off(*nodes: Node) -> Undo:
    for node in nodes:
        node.signal(signal.SIGKILL)

    def undo() -> None:
        for node in nodes:
            node.start()

    return undo


def _burnt(cluster: Cluster) -> Undo:
    node = cluster.primary()
    undo = _off(node)
    node.lose_disk()
    return undo


def _paused(cluster: Cluster) -> Undo:
    node = cluster.primary()
    node.signal(signal.SIGSTOP)
    return lambda: node.signal(signal.SIGCONT)


def _cut(*networks: int) -> Callable[[Cluster], Undo]:
    def inject(cluster: Cluster) -> Undo:
        node = cluster.primary()
        network.cut(node.number, *networks)
        return lambda: network.mend(node.number)

    return inject


FAULTS = (
    Fault("switchover", _switchover, 10),
    Fault("primary switched off", lambda cluster: _off(cluster.primary())),
    Fault("postmaster killed", _postmaster),
    Fault("primary cut off", _cut(network.PEERS, network.CLIENTS)),
    Fault("primary cut off from its standbys, not from clients", _cut(network.PEERS)),
    Fault("primary frozen", _paused),
    Fault("primary and a standby switched off", lambda cluster: _off(cluster.primary(), cluster.standbys()[0]), 10),
    Fault("primary switched off, its disk lost", _burnt),
    Fault("a standby switched off", lambda cluster: _off(cluster.standbys()[0])),
    Fault("Patroni killed beside the primary", _patroni),
    Fault("etcd killed on all three", _etcd, 20),
)
# With asynchronous replication an old primary goes on acknowledging what no other machine will ever have.
LOSING = tuple(fault for fault in FAULTS if fault.name.startswith("primary cut off"))
QUICK = FAULTS[:2]
