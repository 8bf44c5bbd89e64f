"""Answers that a client may keep and ask about again: what they vary with, and 304 where nothing has changed.

It is so of every GET that answers JSON, without a word of the operation's: the tag is made of what is sent, behind the
version of what has one. A version alone would not do: what is late, possible or said in another language changes
without it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

VARIES: Final = "Accept-Language, Authorization"
"""Labels and sentences follow the one, what is shown the other; ``Origin`` is added where CORS answers one."""
_JSON: Final = "application/json"
_VERSION: Final = re.compile(rb'"[0-9]{1,18}"')
_TAGS: Final = re.compile(rb'(?:W/)?("[^"]{0,100}")')
_COMPRESSED: Final = re.compile(rb'-{1,2}(?:gzip|br|zstd|deflate)"$')
_DIGEST: Final = 8
_READ: Final = frozenset({b"content-type", b"cache-control", b"etag", b"vary"})
_MADE: Final = frozenset({b"etag", b"vary"})
_KEPT: Final = frozenset({b"etag", b"vary", b"cache-control", b"content-language", b"x-request-id"})
"""What a 304 repeats of the answer that it stands for (RFC 9110, 15.4.5)."""
_PRIVATE: Final = (b"cache-control", b"private, no-cache")
LONGEST_CONDITION: Final = 2000

_Begun = tuple[Message, Mapping[bytes, bytes]]


async def answer_cached(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run the operation of a GET; a JSON answer that comes in one piece gets its tag, or becomes a 304."""
    begun: _Begun | None = None

    async def sending(message: Message) -> None:
        nonlocal begun
        if message["type"] == "http.response.start":
            begun = _begun(message)
            if begun is not None:
                return
        elif begun is not None:
            (start, named), begun = begun, None
            if not message.get("more_body"):
                message = _conditional(start, named, message, scope)
            await send(start)
        await send(message)

    await app(scope, receive, sending)


def _begun(start: Message) -> _Begun | None:
    """The beginning of an answer that can be kept, with those of its headers that say how; None of any other."""
    named = {name: value for name, value in start["headers"] if name in _READ}
    if start["status"] != 200 or not named.get(b"content-type", b"").startswith(_JSON.encode()):  # noqa: PLR2004
        return None
    if b"no-store" in named.get(b"cache-control", b""):
        return None
    version = named.get(b"etag")
    # A tag that is no version's: the document about itself is conditional by itself.
    return None if version and not _VERSION.fullmatch(version) else (start, named)


def _conditional(start: Message, named: Mapping[bytes, bytes], message: Message, scope: Scope) -> Message:
    """Give the answer its tag; where the client has that already, leave the body out."""
    tag = _tag(named.get(b"etag"), message.get("body", b""))
    headers = [pair for pair in start["headers"] if pair[0] not in _MADE]
    headers += ((b"etag", tag), (b"vary", _varies(named.get(b"vary", b""))))
    if b"cache-control" not in named:
        headers.append(_PRIVATE)
    if not is_known(scope, tag):
        start["headers"] = headers
        return message
    start["status"] = 304
    start["headers"] = [pair for pair in headers if pair[0] in _KEPT]
    return {**message, "body": b""}


def _tag(version: bytes | None, body: bytes) -> bytes:
    digest = blake2b(body, digest_size=_DIGEST).hexdigest().encode()
    return b'"%b-%b"' % (version[1:-1], digest) if version else b'"%b"' % digest


@lru_cache(maxsize=64)
def _varies(own: bytes) -> bytes:
    """What every answer varies with, and what this one says besides."""
    names = (name.strip() for name in own.decode("latin-1").split(","))
    return ", ".join(dict.fromkeys((*VARIES.split(", "), *filter(None, names)))).encode("latin-1")


def is_known(scope: Scope, tag: bytes) -> bool:
    """Whether an ``If-None-Match`` names the tag: compared weakly, as RFC 9110 says (13.1.2)."""
    return any(_names(value, tag) for name, value in scope["headers"] if name == b"if-none-match")


def _names(condition: bytes, tag: bytes) -> bool:
    if len(condition) > LONGEST_CONDITION:
        return False
    return condition.strip() == b"*" or any(_COMPRESSED.sub(b'"', found) == tag for found in _TAGS.findall(condition))


def document_caching(entry: dict[str, Any]) -> None:
    """Say it in the document, of a GET that answers JSON."""
    answer = entry["responses"].get("200", {})
    if _JSON not in answer.get("content", {}):
        return
    entry.setdefault("parameters", []).append(CONDITION)
    answer.setdefault("headers", {}).update(_HEADERS)
    entry["responses"]["304"] = {
        "description": "What you have is still what would be answered: it has no body.",
        "headers": dict(_HEADERS),
    }


CONDITION: Final[dict[str, Any]] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of the answer that you have, or several: a 304 without a body where it still holds.",
    "schema": {"type": "string", "maxLength": LONGEST_CONDITION},
}
_HEADERS: Final[dict[str, Any]] = {
    "ETag": {
        "description": "Of this answer: for `If-None-Match`, and for `If-Match` where a write takes one.",
        "schema": {"type": "string", "maxLength": 100, "examples": ['"7-1f8a0c6e2b4d9f35"']},
    },
    "Vary": {
        "description": "The headers of the request that the answer depends on.",
        "schema": {"type": "string", "maxLength": 100, "examples": [VARIES]},
    },
}
