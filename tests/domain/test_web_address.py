"""Where events may be sent: over https, to what anybody on the internet reaches by the same address."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import InvalidRequest
from ledger.domain.web_address import is_public, may_reach, read_address

# Python's own `is_global` takes some of these for public.
LOCAL = (
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "100.64.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.7"),  # noqa: S104
    *("203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1"),
    *("100::1", "2001::1", "2001:2::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1"),
    *("fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1"),
)
PUBLIC = ("8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2a00:1450:4001::1", "2001:4860:4860::8888")


@pytest.mark.parametrize("address", LOCAL)
def test_nothing_is_sent_inside(address: str) -> None:
    """Private, loopback, link-local, multicast, reserved, and IPv4 in disguise."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_reached(address: str) -> None:
    """Their neighbours that are not are told apart."""
    assert is_public(ip_address(address))


@given(st.ip_addresses())
def test_what_python_takes_for_local_is_local(address: object) -> None:
    """The list by hand is no wider than the library's, anywhere."""
    ip = ip_address(str(address))
    assert not is_public(ip) or (ip.is_global and not ip.is_multicast)


def test_local_is_for_this_machine_alone() -> None:
    """A setting for trying things out opens no network."""
    assert may_reach(ip_address("127.0.0.1"), local=True)
    assert may_reach(ip_address("::1"), local=True)
    assert not may_reach(ip_address("10.0.0.1"), local=True)
    assert not may_reach(ip_address("127.0.0.1"), local=False)


def test_an_address_is_read_in_its_parts() -> None:
    """As the Host header and the request line need them."""
    address = read_address("https://Hooks.Example.org:8443/a/b?c=%20d", local=False)
    assert (address.scheme, address.host, address.port) == ("https", "hooks.example.org", 8443)
    assert (address.authority, address.target) == ("hooks.example.org:8443", "/a/b?c=%20d")
    assert read_address("https://[2a00:1450:4001::1]", local=False).authority == "[2a00:1450:4001::1]"


@pytest.mark.parametrize(
    "url",
    [
        *("http://hooks.example.org/", "ftp://hooks.example.org/", "//hooks.example.org/", "hooks.example.org", ""),
        *("https://", "https:///x", "https://user@hooks.example.org/", "https://a:b@hooks.example.org/"),
        *("https://hooks.example.org:0/", "https://hooks.example.org:99999/", "https://hooks.example.org:x/"),
        *("https://hooks.example.org/#x", "https://hooks.example.org/a b", "https://hooks.example.org\\@127.0.0.1/"),
        *("https://hööks.example.org/", "https://hooks.example.org/\r\nX: y", "https://[::1/", "https://[::1]x/"),
        *("https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "https://[::ffff:127.0.0.1]/"),
        *("http://localhost/", "http://127.0.0.1:8000/", f"https://hooks.example.org/{'x' * 2000}"),
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    """Other schemes, names and passwords, what readers disagree about, and addresses that are not public."""
    with pytest.raises(InvalidRequest) as refusal:
        read_address(url, local=False)
    assert [fault.pointer for fault in refusal.value.faults] == ["/url"]


@pytest.mark.parametrize("url", ["http://localhost:9000/", "http://127.0.0.1:9000/", "http://[::1]:9000/"])
def test_the_machine_itself_is_allowed_by_a_setting(url: str) -> None:
    """Without https; and only the machine itself."""
    assert read_address(url, local=True).scheme == "http"
    with pytest.raises(InvalidRequest):
        read_address("http://10.0.0.1/", local=True)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing else is raised."""
    for url in (text, f"https://{text}"):
        try:
            assert read_address(url, local=False).scheme == "https"
        except InvalidRequest:
            continue
