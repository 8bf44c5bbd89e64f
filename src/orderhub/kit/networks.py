"""Addresses of clients, and what a limit counts by."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

UNKNOWN: Final = "unknown"
"""Where no address is known, or what a proxy says is none: all of those count as one."""
_ONES_OWN: Final = 64
"""The bits of an IPv6 address that a provider gives; whoever has them chooses the rest freely."""


def show_address(text: str | None) -> str:
    """An address as it is kept and shown: ``192.0.2.7``, ``2001:db8::1``; IPv4 in IPv6 as IPv4; or `UNKNOWN`."""
    found = _read(text)
    return UNKNOWN if found is None else str(found)


@lru_cache(maxsize=1024)
def network_of(text: str | None) -> str:
    """What to count an address by: itself, and of IPv6 its /64, ``2001:db8::/64``; or `UNKNOWN`."""
    found = _read(text)
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found), _ONES_OWN), strict=False))
    return UNKNOWN if found is None else str(found)


def _read(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address((text or "").partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def is_loopback(text: str) -> bool:
    """Whether an address is reached from this machine alone."""
    found = _read(text)
    return found is not None and found.is_loopback


def is_of_this_machine(text: str) -> bool:
    """Whether an address means this machine, or its own network cable, to whoever uses it; names are not looked up."""
    found = _read(text)
    return found is not None and (found.is_loopback or found.is_unspecified or found.is_link_local)
