"""Addresses that production refuses: of this machine, unencrypted, or of anybody. Each function says why, or None."""

import re
import socket
from ipaddress import IPv6Network, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from orderhub.kit.networks import is_of_this_machine

_HERE: Final = re.compile(r"(^|\.)localhost(\.localdomain)?$|(^|\.)localdomain$")
_NOBODYS: Final = re.compile(r"(^|\.)(example|invalid|test|local|localhost|localdomain)$")
"""Names that are kept for examples and tests (RFC 2606, RFC 6761): no mail gets there."""
_LARGEST: Final = {4: 8, 6: 16}
"""The fewest bits of a network of proxies: nobody's proxies fill a larger one."""
_PRIVATE_V6: Final = IPv6Network("fc00::/7")


def why_not_public(url: str) -> str | None:
    """Why nobody can be sent to this URL safely."""
    address = split(url)
    if address is None or address.scheme != "https":
        return "does not begin with https://"
    if not address.hostname or _is_here(address.hostname):
        return "leads to this machine alone"
    if address.username is not None or address.query or address.fragment:
        return "has more than a host, a port and a path"
    return None


def why_no_origin(origin: str) -> str | None:
    """Why no page of this origin may call the API (CORS)."""
    if origin.strip().lower() in {"*", "null"}:
        return "lets any page in"
    address = split(origin)
    return "is no origin: it has a path" if address is not None and address.path else why_not_public(origin)


def why_no_proxy(proxy: str) -> str | None:
    """Why what comes from there isn't believed about where requests come from."""
    if proxy.strip() == "*":
        return "believes anybody"
    try:
        network = ip_network(proxy)
    except ValueError:
        return "is no address and no network"
    private = isinstance(network, IPv6Network) and network.subnet_of(_PRIVATE_V6)
    return None if private or network.prefixlen >= _LARGEST[network.version] else "believes far too many"


def is_nobodys(address: str) -> bool:
    """Whether a mail address, such as ``Name <user@domain>``, or a domain is nobody's."""
    name = address.rpartition("@")[2].strip("> ").lower().rstrip(".")
    return not name or bool(_NOBODYS.search(name))


def split(url: str) -> SplitResult | None:
    """The parts of a URL, or None for what is none."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def _is_here(host: str) -> bool:
    name = host.lower().rstrip(".")
    return bool(_HERE.search(name)) or is_of_this_machine(_ipv4(name) or name)


def _ipv4(name: str) -> str | None:
    """An IPv4 address in any spelling that resolvers take: ``127.1``, ``0x7f.1``, ``2130706433``."""
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return None
