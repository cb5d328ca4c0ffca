"""Which machines may be called: those of the open internet, and what the operator adds.

A name is looked up once and the connection goes to the address that was looked at, so that a name
which answers otherwise a moment later leads nowhere else.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

LENGTH = 500  # of an address in letters

# Beside what is not global by its registration: places where clouds keep keys of machines, and
# networks of IPv6 that a site uses within or translates into its own of IPv4.
_NEVER = tuple(
    ip_network(one)
    for one in (
        *("192.0.0.0/24", "168.63.129.16/32", "192.88.99.0/24"),
        *("fec0::/10", "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"),
    )
)
# Networks whose addresses have one of IPv4 inside; how many bits stand behind it.
_CARRIERS = (
    (ip_network("64:ff9b::/96"), 0),
    (ip_network("2002::/16"), 80),
)
_TEREDO = ip_network("2001::/32")


class Unfit(ValueError):
    """Not an address to be called; `code` says why, in one word for programs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rules:
    """`networks` may be called though they are private; `loopback` allows this machine, and http
    to it."""

    networks: tuple[Network, ...] = ()
    loopback: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where to call. `host` is in the form that DNS and TLS want; `path` has the query too."""

    secure: bool
    host: str
    port: int
    path: str


def target(url: str, rules: Rules) -> Target:
    """The parts of an address in letters. Unfit: `invalid`, `insecure` or `not_allowed`."""
    if len(url) > LENGTH or not url.isprintable() or any(sign.isspace() for sign in url):
        raise Unfit("invalid")
    try:
        parts = urlsplit(url)
        port, host = parts.port, _ascii(parts.hostname or "")
    except ValueError:
        raise Unfit("invalid") from None
    if parts.scheme not in ("https", "http") or not host or port == 0:
        raise Unfit("invalid")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Unfit("invalid")
    secure = parts.scheme == "https"
    if not secure and not (rules.loopback and _is_here(host)):
        raise Unfit("insecure")
    literal = _literal(host)
    if literal is not None and not allowed(literal, rules):
        raise Unfit("not_allowed")
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        path.encode("ascii")
    except UnicodeEncodeError:
        raise Unfit("invalid") from None
    return Target(secure, host, port or (443 if secure else 80), path)


def look_up(host: str, port: int, rules: Rules) -> list[str]:
    """Every address of a name, in the resolver's order. Unfit: `unresolved`, or `not_allowed` when
    any of them is not to be called, lest one be slipped in among others."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unfit("unresolved") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(allowed(ip_address(one), rules) for one in addresses):
        raise Unfit("not_allowed")
    return addresses


def allowed(address: Address, rules: Rules) -> bool:
    """Whether a machine at this address may be called."""
    inner = _inside(address)
    if any(one.version == network.version and one in network
           for one in (address, inner) for network in rules.networks):  # fmt: skip
        return True
    if inner.is_loopback:
        return rules.loopback
    return _is_open(address) and _is_open(inner)


def _is_open(address: Address) -> bool:
    if address.version == 6 and address.scope_id is not None:
        return False
    shut = any(address.version == one.version and address in one for one in _NEVER)
    return address.is_global and not address.is_multicast and not shut


def _inside(address: Address) -> Address:
    """The address of IPv4 that one of IPv6 stands for, or itself."""
    if address.version == 4:
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _TEREDO and address.teredo:
        return address.teredo[1]
    for network, shift in _CARRIERS:
        if address in network:
            return IPv4Address((int(address) >> shift) & 0xFFFFFFFF)
    return address


def _literal(host: str) -> Address | None:
    """The address that a host is written as, in any of the ways resolvers understand."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:  # 127.1, 0x7f000001, 2130706433
        return IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def _is_here(host: str) -> bool:
    literal = _literal(host)
    return host == "localhost" if literal is None else _inside(literal).is_loopback


def _ascii(host: str) -> str:
    if not host or host.startswith(".") or ".." in host:
        return ""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def rules(networks: list[str], *, loopback: bool) -> Rules:
    """From what the operator wrote. Raises ValueError with the network that is none."""
    return Rules(tuple(ip_network(one.strip()) for one in networks if one.strip()), loopback)
