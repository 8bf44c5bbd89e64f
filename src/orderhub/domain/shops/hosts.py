"""The hosts of shops' sites: how a URL is compared with the sites that shops have. Pure.

A host is kept in lower case and in ASCII (IDNA 2008), without port and without ``www.``. A URL belongs to the
shop with the nearest host at or above its own: a page of ``fr.boutique.example`` to ``boutique.example``,
unless some shop has ``fr.boutique.example`` itself.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import idna

_SCHEMES: Final = frozenset({"http", "https"})
_REGISTRIES: Final = frozenset(
    {"ac", "asso", "co", "com", "ed", "edu", "go", "gob", "gouv", "gov", "gv", "ind", "info", "net", "nom", "or", "org"}
)
"""Second levels below a country that registries give names under: ``com.tn``, ``co.uk``, ``asso.fr``."""
_PLATFORMS: Final = frozenset(
    {
        "blogspot.com",
        "github.io",
        "myshopify.com",
        "netlify.app",
        "pages.dev",
        "vercel.app",
        "web.app",
        "wixsite.com",
        "wordpress.com",
    }
)
"""Hosts whose subdomains belong to different people."""
_COUNTRY: Final = re.compile(r"[a-z]{2}")
_WITH_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MIN_LABELS: Final = 2


def host_of(url: str) -> str | None:
    """The host of a web page as it is kept; None when the URL has none that a shop could have.

    A missing scheme is taken for https, as browsers do. Addresses of machines and URLs with a user are nobody's.
    """
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
    if host is None:
        return []
    labels = host.split(".")
    above = (".".join(labels[place:]) for place in range(len(labels) - _MIN_LABELS + 1))
    return [candidate for candidate in above if not is_shared(candidate)]


@lru_cache(maxsize=1024)
def _ascii(host: str) -> str:
    """The host as IDNA 2008 writes it. Raises ValueError. Kept, since the pages of carts share few hosts."""
    return idna.encode(host, uts46=True).decode()


def is_shared(host: str) -> bool:
    """Whether strangers have the hosts below this one, so that no shop may claim it."""
    *above, second, top = host.split(".")
    return host in _PLATFORMS or (not above and second in _REGISTRIES and _COUNTRY.fullmatch(top) is not None)
