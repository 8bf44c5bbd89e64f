"""Links as people copy them: read as browsers read them, kept as RFC 3986 writes them."""

import re
from typing import Final

from pydantic_core import Url

MAX_URL: Final = 8000
"""Characters of a link as it is kept: what web servers commonly take."""

_WITH_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://|https?:/", re.IGNORECASE)
_UNENCODED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]")
_SCHEMES: Final = frozenset({"http", "https"})


def read_url(text: str) -> str:
    """A web page's address, percent-encoded, its host in lower case and ASCII. Raises ValueError for what is none.

    Outer white space is dropped and a missing scheme is https, as in ``www.boutique.example/été``. At most `MAX_URL`.
    """
    said = text.strip()
    bare = _WITH_SCHEME.match(said) is None
    found = Url(f"https://{said}" if bare else said)
    # Without a scheme, anything could be a host: a word, or the `mailto:` of an address.
    if found.scheme not in _SCHEMES or (bare and (found.username or "." not in (found.host or ""))):
        message = "not the address of a web page"
        raise ValueError(message)
    url = _UNENCODED.sub(_encoded, str(found))
    if found.path == "/" and found.query is None and found.fragment is None and not said.endswith("/"):
        url = url.removesuffix("/")
    if len(url) > MAX_URL:
        message = f"longer than {MAX_URL} characters, once encoded"
        raise ValueError(message)
    return url


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
