"""Answers that a client may keep and ask about again: what they vary with, and 304 where nothing has changed.

It is so of every GET that answers JSON, without a word of the operation's: the tag is made of what is sent, behind the
version of what has one. A version alone would not do: what is late, possible or said in another language changes
without it.
"""

import re
from hashlib import blake2b
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VARIES: Final = "Accept-Language, Authorization"
"""Labels and sentences follow the one, what is shown the other; ``Origin`` is added where CORS answers one."""
_JSON: Final = "application/json"
_VERSION: Final = re.compile(r'"([0-9]{1,18})"')
_TAGS: Final = re.compile(r'(?:W/)?("[^"]{0,100}")')
_COMPRESSED: Final = re.compile(r'-{1,2}(?:gzip|br|zstd|deflate)"$')
_DIGEST: Final = 8
_KEPT: Final = frozenset({"etag", "vary", "cache-control", "content-language", "x-request-id"})
"""What a 304 repeats of the answer that it stands for (RFC 9110, 15.4.5)."""
LONGEST_CONDITION: Final = 2000


async def answer_cached(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run the operation of a GET; a JSON answer that comes in one piece gets its tag, or becomes a 304."""
    begun: Message | None = None

    async def sending(message: Message) -> None:
        nonlocal begun
        if message["type"] == "http.response.start" and _can_be_kept(message):
            begun = message
            return
        if begun is not None:
            start, begun = begun, None
            if not message.get("more_body"):
                message = _conditional(start, message, scope)
            await send(start)
        await send(message)

    await app(scope, receive, sending)


def _can_be_kept(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_json = headers.get("content-type", "").startswith(_JSON)
    if not _VERSION.fullmatch(headers.get("etag", '"0"')):
        return False  # a tag that is no version's: the document about itself is conditional by itself
    return start["status"] == 200 and is_json and "no-store" not in headers.get("cache-control", "")  # noqa: PLR2004


def _conditional(start: Message, message: Message, scope: Scope) -> Message:
    """Give the answer its tag; where the client has that already, leave the body out."""
    headers = MutableHeaders(raw=start["headers"])
    tag = _tag(headers.get("etag"), message.get("body", b""))
    headers["etag"] = tag
    own = [name.strip() for name in headers.get("vary", "").split(",") if name.strip()]
    headers["vary"] = ", ".join(dict.fromkeys((*VARIES.split(", "), *own)))
    headers.setdefault("cache-control", "private, no-cache")
    if not _is_known(Headers(scope=scope).get("if-none-match", ""), tag):
        start["headers"] = headers.raw
        return message
    start["status"] = 304
    start["headers"] = [(name, value) for name, value in headers.raw if name.decode("latin-1").lower() in _KEPT]
    return {**message, "body": b""}


def _tag(version: str | None, body: bytes) -> str:
    digest = blake2b(body, digest_size=_DIGEST).hexdigest()
    known = _VERSION.fullmatch(version or "")
    return f'"{known[1]}-{digest}"' if known else f'"{digest}"'


def _is_known(condition: str, tag: str) -> bool:
    """Whether an ``If-None-Match`` names the tag: compared weakly, as RFC 9110 says (13.1.2)."""
    if len(condition) > LONGEST_CONDITION:
        return False
    if condition.strip() == "*":
        return True
    return any(_COMPRESSED.sub('"', found) == tag for found in _TAGS.findall(condition))


def document_caching(entry: dict[str, Any]) -> None:
    """Say it in the document, of a GET that answers JSON."""
    answer = entry["responses"].get("200", {})
    if _JSON not in answer.get("content", {}):
        return
    entry.setdefault("parameters", []).append(_CONDITION)
    answer.setdefault("headers", {}).update(_HEADERS)
    entry["responses"]["304"] = {
        "description": "What you have is still what would be answered: it has no body.",
        "headers": dict(_HEADERS),
    }


_CONDITION: Final[dict[str, Any]] = {
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
