"""Where the ledger may send events: an address outside, reached over https, and none of the network it runs in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from ledger.domain.errors import Fault, InvalidRequest

LONGEST = 2000
VISIBLE = re.compile(r"[!-\[\]-~]+", re.ASCII)  # no blanks, no backslash: readers of addresses disagree about it
HOST = re.compile(r"[0-9a-z._-]{1,253}|[0-9a-f:.]{2,45}", re.ASCII)
PORTS = {"https": 443, "http": 80}
LAST_PORT = 65535

IP = IPv4Address | IPv6Address

# Python's `is_global` lets some of these through, so what is not public is listed by hand.
NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        # Within 2000::/3: Teredo and other special purposes, examples, and 6to4, which holds an IPv4 address.
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
# All other IPv6 is local, multicast, unassigned, or an IPv4 address in disguise.
GLOBAL_V6 = ip_network("2000::/3")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address in its parts; `target` is path and query as they are asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def read_address(url: str, *, local: bool) -> WebAddress:
    """Read the address of a webhook; raise `InvalidRequest` when events may never be sent there.

    `local` allows addresses of the machine itself, also without https: for trying things out.
    """
    address = _parts(url)
    if address is None:
        raise _wrong("An address such as https://hooks.example.org/ledger is expected, without a name or a password.")
    known = _literal(address.host)
    here = local and (address.host == "localhost" or (known is not None and known.is_loopback))
    if address.scheme != "https" and not here:
        raise _wrong("Events are sent over https only.")
    if known is not None and not may_reach(known, local=local):
        raise _wrong("Events are sent to public addresses only.")
    return address


def may_reach(ip: IP, *, local: bool) -> bool:
    """Tell whether events may be sent to this very address; `local` adds those of the machine itself."""
    return is_public(ip) or (local and ip.is_loopback)


def is_public(ip: IP) -> bool:
    """Tell whether anybody on the internet reaches the same host by this address."""
    if isinstance(ip, IPv6Address) and (ip not in GLOBAL_V6 or ip.scope_id is not None):
        return False
    return not any(ip in network for network in NOT_PUBLIC if network.version == ip.version)


def _parts(url: str) -> WebAddress | None:
    try:
        split = urlsplit(url)
        host, port = split.hostname or "", split.port
    except ValueError:
        return None
    sound = VISIBLE.fullmatch(url) and len(url) <= LONGEST and HOST.fullmatch(host)
    if not sound or split.scheme not in PORTS or "@" in split.netloc or "#" in url or port == 0:
        return None
    query = f"?{split.query}" if split.query else ""
    return WebAddress(split.scheme, host, port or PORTS[split.scheme], (split.path or "/") + query)


def _literal(host: str) -> IP | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _wrong(detail: str) -> InvalidRequest:
    return InvalidRequest(detail, faults=[Fault("/url", detail)])
