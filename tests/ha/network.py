"""Two networks on one machine, between the nodes and to their clients, and the cables that a fault pulls."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PEERS, CLIENTS = 1, 2  # the networks, as the third byte of an address
RANGE = "10.213.0.0/16"
BRIDGES = {PEERS: "lha-peers", CLIENTS: "lha-clients"}


def address(network: int, number: int) -> str:
    """The address of a node in one of the networks."""
    return f"10.213.{network}.{number}"


def namespace(number: int) -> str:
    """The name of a node's network namespace."""
    return f"ledger-ha-{number}"


class Claimed(Exception):
    """Another cluster is being played on this machine."""


@contextmanager
def claimed() -> Iterator[None]:
    """Have the networks' names for oneself; raise `Claimed`. Whoever dies gives them back."""
    with (Path(tempfile.gettempdir()) / "ledger-ha.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Claimed("another cluster is being played on this machine") from None
        yield


def build(numbers: Sequence[int]) -> None:
    """Lay both networks; what an interrupted run has left is taken away first."""
    remove(numbers)
    for network, bridge in BRIDGES.items():
        _ip("link", "add", bridge, "type", "bridge")
        _ip("link", "set", bridge, "up")
        if network == CLIENTS:
            _ip("address", "add", f"{address(network, 254)}/24", "dev", bridge)
    for number in numbers:
        _ip("netns", "add", namespace(number))
        _inside(number, "link", "set", "lo", "up")
        for network in BRIDGES:
            _connect(number, network)


def remove(numbers: Sequence[int]) -> None:
    """Take both networks away."""
    for number in numbers:
        with suppress(subprocess.CalledProcessError):
            for pid in processes(number):
                os.kill(pid, signal.SIGKILL)
            _ip("netns", "del", namespace(number))
        for network in BRIDGES:  # with the namespace they would go as well, a moment later
            with suppress(subprocess.CalledProcessError):
                _ip("link", "del", _cable(number, network))
    for bridge in BRIDGES.values():
        with suppress(subprocess.CalledProcessError):
            _ip("link", "del", bridge)


def cut(number: int, *networks: int) -> None:
    """Pull a node's cables: packets vanish without a word."""
    for network in networks:
        _ip("link", "set", _cable(number, network), "nomaster")


def mend(number: int) -> None:
    """Plug all of a node's cables in again."""
    for network, bridge in BRIDGES.items():
        _ip("link", "set", _cable(number, network), "master", bridge)


def processes(number: int) -> list[int]:
    """The ids of everything that runs in a node."""
    return [int(pid) for pid in _ip("netns", "pids", namespace(number)).split()]


def _connect(number: int, network: int) -> None:
    cable, inner = _cable(number, network), f"net{network}"
    _ip("link", "add", cable, "type", "veth", "peer", "name", inner, "netns", namespace(number))
    _ip("link", "set", cable, "master", BRIDGES[network])
    _ip("link", "set", cable, "up")
    _inside(number, "address", "add", f"{address(network, number)}/24", "dev", inner)
    _inside(number, "link", "set", inner, "up")


def _cable(number: int, network: int) -> str:
    return f"lha{number}-{network}"


def _inside(number: int, *words: str) -> None:
    _ip("-n", namespace(number), *words)


def _ip(*words: str) -> str:
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True).stdout
