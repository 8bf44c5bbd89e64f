"""The hosts of shops' sites: how a URL is compared with the sites that shops have. Pure.

A host is kept in lower case and in ASCII (IDNA 2008), without port and without ``www.``. A URL belongs to the
shop with the nearest host at or above its own: a page of ``fr.boutique.example`` to ``boutique.example``,
unless some shop has ``fr.boutique.example`` itself.
"""

import re
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

import idna
from publicsuffixlist import PublicSuffixList

from orderhub.kit.text import piles_up_marks

_SCHEMES: Final = frozenset({"http", "https"})
_UNLISTED: Final = frozenset(
    {
        "bigcartel.com",
        "canalblog.com",
        "com.bf",
        "com.ga",
        "com.tg",
        "e-monsite.com",
        "jimdosite.com",
        "mystrikingly.com",
        "over-blog.com",
        "tumblr.com",
        "weebly.com",
        "wordpress.com",
    }
)
"""Hosts whose subdomains belong to different people, too, though the Public Suffix List doesn't have them."""
_WITH_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MIN_LABELS: Final = 2


def host_of(url: str) -> str | None:
    """The host of a web page as it is kept; None when the URL has none that a shop could have.

    A missing scheme is taken for https, as browsers do. Addresses of machines and URLs with a user are nobody's.
    """
    if piles_up_marks(url):
        return None
    try:
        parts = urlsplit(url if _WITH_SCHEME.match(url) else f"https://{url}")
        # Reading the port raises ValueError for one that is none.
        if parts.scheme not in _SCHEMES or "@" in parts.netloc or parts.port == 0:
            return None
        host = _ascii(parts.hostname or "")
    except ValueError:
        return None
    host = host.removesuffix(".").removeprefix("www.")
    labels = host.split(".")
    return host if len(labels) >= _MIN_LABELS and not labels[-1].isdigit() else None


def hosts_of(url: str) -> list[str]:
    """The hosts that a shop of this page may have, the nearest first: its own, then those above it.

    None of them is shared by strangers, as ``com.tn`` and ``myshopify.com`` are. Empty for what is no web page.
    """
    host = host_of(url)
    own = _suffixes().privatesuffix(host) if host else None
    if host is None or own is None:
        return []
    labels = host.split(".")
    above = (".".join(labels[place:]) for place in range(len(labels) - own.count(".")))
    return [candidate for candidate in above if candidate not in _UNLISTED]


@lru_cache(maxsize=1024)
def _ascii(host: str) -> str:
    """The host as IDNA 2008 writes it. Raises ValueError. Kept, since the pages of carts share few hosts."""
    return idna.encode(host, uts46=True).decode()


def is_shared(host: str) -> bool:
    """Whether strangers have the hosts below this one, so that no shop may claim it."""
    return host in _UNLISTED or _suffixes().privatesuffix(host) is None


@cache
def _suffixes() -> PublicSuffixList:
    # Read when the first page comes: it takes a tenth of a second, which starting up does without.
    return PublicSuffixList()
