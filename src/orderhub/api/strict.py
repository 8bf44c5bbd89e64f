"""Reads bodies before anybody parses them: bounded in size and depth, and text that can be stored.

Python's own JSON reader would take UTF-16, lone surrogates, NaN and a thousand levels. What this
lets through still has to satisfy the operation's schema.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, cast

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orderhub.api.problems import answer
from orderhub.domain.replies.mail import MAX_BYTES as MOST_MAIL
from orderhub.kit.errors import DomainError, FieldError, InvalidError, MalformedError, TooLargeError

MOST_JSON: Final = 1_048_576
MOST_LEVELS: Final = 32
_FORM_ROOM: Final = 65_536
"""What a form adds around the file that it carries."""

_SUSPICIOUS: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|NaN|Infinity")
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"')
_UNREADABLE: Final = re.compile("[\0\ud800-\udfff]")


class StrictBodies:
    """Refuses what no operation could read; everything else passes unchanged."""

    def __init__(self, app: ASGIApp, largest_file: int) -> None:
        self.app = app
        self._most_other = largest_file + _FORM_ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "json")
        is_json = "json" in kind
        most = MOST_JSON if is_json or "urlencoded" in kind else self._most_other
        if kind.startswith("message/"):
            most = MOST_MAIL
        announced = headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > most:
            await answer(Request(scope), _too_large(most))(scope, receive, send)
        elif is_json:
            await self._pass_json(scope, receive, send)
        else:
            await self.app(scope, _counted(receive, most), send)

    async def _pass_json(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > MOST_JSON:
                await answer(Request(scope), _too_large(MOST_JSON))(scope, receive, send)
                return
        error = check(body)
        if error is not None:
            await answer(Request(scope), error)(scope, receive, send)
            return
        await self.app(scope, _replayed(body, receive), send)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


def _counted(receive: Receive, most: int) -> Receive:
    size = 0

    async def receiving() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            # FastAPI passes this one on from wherever it reads the body.
            raise HTTPException(413, f"Send at most {most} bytes.")
        return message

    return receiving


def _too_large(most: int) -> TooLargeError:
    return TooLargeError(f"Send at most {most} bytes.")


def check(body: bytes) -> DomainError | None:
    """What is wrong with a JSON body, whatever the operation; None when nothing is."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return MalformedError("The body is not UTF-8.")
    if b"\0" in body:
        return MalformedError("The body is not JSON in UTF-8.")
    if body.count(b"[") + body.count(b"{") > MOST_LEVELS and _levels(body) > MOST_LEVELS:
        return InvalidError(f"Nest the body at most {MOST_LEVELS} levels deep.")
    if not _SUSPICIOUS.search(body):
        return None
    try:
        places = tuple(_unreadable(json.loads(body, parse_constant=_refuse_constant), ""))
    except ValueError as cause:
        return MalformedError(f"The body is not JSON: {cause}.")
    return InvalidError("Send text without NUL and lone surrogates.", errors=places) if places else None


def _levels(body: bytes) -> int:
    level = deepest = 0
    for byte in _STRING.sub(b"", body):
        if byte in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif byte in b"]}":
            level -= 1
    return deepest


def _unreadable(value: Any, pointer: str) -> Iterator[FieldError]:
    match value:
        case str() if _UNREADABLE.search(value):
            yield FieldError(pointer, "invalid_text", "Leave out NUL and lone surrogates.")
        case dict():
            for name, inner in cast("dict[str, Any]", value).items():
                step = f"{pointer}/" + name.replace("~", "~0").replace("/", "~1")
                yield from _unreadable(name, step)
                yield from _unreadable(inner, step)
        case list():
            for place, inner in enumerate(cast("list[Any]", value)):
                yield from _unreadable(inner, f"{pointer}/{place}")
        case _:
            return


def _refuse_constant(name: str) -> None:
    message = f"{name} is not a JSON value"
    raise ValueError(message)
