"""Which machines may be called."""

import socket
from ipaddress import ip_address

import pytest

from charter.outward import addresses
from charter.outward.addresses import Rules, Unfit, allowed, look_up, target

OPEN = Rules()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "100.64.0.1", "169.254.1.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1",
        "2001:db8::1",
    ],
)  # fmt: skip
def test_what_is_not_of_the_open_internet_is_not_called(address):
    assert not allowed(ip_address(address), OPEN)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192",
                "168.63.129.16"],
)  # fmt: skip
def test_nor_are_the_places_where_clouds_keep_keys(address):
    assert not allowed(ip_address(address), OPEN)


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::7f00:1", "64:ff9b::a01:203",
        "2002:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:f5fe:fdfc",
        "64:ff9b:1::7f00:1", "64:ff9b:1:a:b:c:a01:203", "::ffff:0:10.1.2.3",
    ],
)  # fmt: skip
def test_nor_is_such_an_address_in_the_clothes_of_another(address):
    assert not allowed(ip_address(address), OPEN)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_the_open_internet_is(address):
    assert allowed(ip_address(address), OPEN)


def test_the_operator_adds_networks_and_no_more_than_those():
    rules = addresses.rules(["10.1.0.0/16", " fd12::/32"], loopback=False)
    assert allowed(ip_address("10.1.2.3"), rules)
    assert allowed(ip_address("::ffff:10.1.2.3"), rules)
    assert allowed(ip_address("fd12::7"), rules)
    assert not allowed(ip_address("10.2.0.1"), rules)
    assert not allowed(ip_address("127.0.0.1"), rules)
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        addresses.rules(["10.0.0.1/8"], loopback=False)


def test_loopback_is_for_those_who_try_things_out():
    assert allowed(ip_address("127.0.0.1"), Rules(loopback=True))
    assert allowed(ip_address("::1"), Rules(loopback=True))
    assert not allowed(ip_address("10.0.0.1"), Rules(loopback=True))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/", "insecure"),
        ("http://127.0.0.1/", "insecure"),
        ("ftp://example.org/", "invalid"),
        ("https:///path", "invalid"),
        ("https://", "invalid"),
        ("https://ann:secret@example.org/", "invalid"),
        ("https://example.org/#part", "invalid"),
        ("https://example.org:0/", "invalid"),
        ("https://example.org:99999/", "invalid"),
        ("https://example.org/a b", "invalid"),
        ("https://example.org/\r\nHost: other", "invalid"),
        ("https://example..org/", "invalid"),
        ("https://[::1/", "invalid"),
        ("https://example.org/" + "a" * 500, "invalid"),
        ("javascript:alert(1)", "invalid"),
        ("", "invalid"),
        ("https://127.0.0.1/", "not_allowed"),
        ("https://127.1/", "not_allowed"),
        ("https://0x7f000001/", "not_allowed"),
        ("https://2130706433/", "not_allowed"),
        ("https://0177.0.0.1/", "not_allowed"),
        ("https://[::ffff:10.0.0.1]/", "not_allowed"),
        ("https://169.254.169.254/latest/meta-data/", "not_allowed"),
    ],
)
def test_an_address_that_cannot_be_called_is_refused_before_anything_is(url, code):
    with pytest.raises(Unfit) as refused:
        target(url, OPEN)
    assert refused.value.code == code


def test_an_address_is_taken_apart():
    found = target("https://пример.рф:8443/told?by=charter", OPEN)
    assert (found.secure, found.host, found.port, found.path) == (
        True, "xn--e1afmkfd.xn--p1ai", 8443, "/told?by=charter",
    )  # fmt: skip
    assert target("https://example.org", OPEN).port == 443


def test_http_is_for_this_machine_alone_and_only_where_loopback_is_allowed():
    rules = Rules(loopback=True)
    assert not target("http://127.0.0.1:8000/", rules).secure
    assert not target("http://localhost:8000/", rules).secure
    with pytest.raises(Unfit, match="insecure"):
        target("http://example.org/", rules)


def test_a_name_that_leads_here_is_refused():
    with pytest.raises(Unfit, match="not_allowed"):
        look_up("localhost", 443, OPEN)
    assert "127.0.0.1" in look_up("localhost", 443, Rules(loopback=True))


def test_a_name_nobody_has_is_not_known():
    with pytest.raises(Unfit, match="unresolved"):
        look_up("no.such.host.invalid", 443, OPEN)


def test_one_private_address_among_open_ones_spoils_the_name(monkeypatch):
    # No name server is at hand that would answer so.
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443))
             for one in ("8.8.8.8", "10.0.0.1")]  # fmt: skip
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Unfit, match="not_allowed"):
        look_up("both.example.org", 443, OPEN)
