"""Reads bodies before anybody parses them: bounded in size and time, and of a form that can be read at all.

A body is here as a whole before its request takes a place (`Overload`), so that who sends slowly keeps
nobody waiting. Of it no more than `_IN_MEMORY` bytes are in memory until it is whole. The few operations
that take more than `MOST_BODY` read theirs themselves, once they know who sends it.

What this lets through still has to satisfy the operation's schema.
"""

import asyncio
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import Final

from fastapi import Request
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orderhub.api.failures import UnreadError
from orderhub.api.pairs import read_form
from orderhub.api.problems import UnsupportedMediaTypeError, answer
from orderhub.kit.errors import DomainError, TooLargeError, TooSlowError
from orderhub.kit.strict_json import fault_in
from orderhub.kit.text import Label
from orderhub.settings import LimitSettings

MOST_BODY: Final = 1_048_576
_IN_MEMORY: Final = 65_536
_BODILESS: Final = ("GET", "HEAD", "OPTIONS")


class Bodies:
    """Refuses what no operation could read; everything else passes unchanged.

    ``large`` has the paths whose operations take more, and how many bytes.
    """

    def __init__(self, app: ASGIApp, large: Mapping[str, int], settings: LimitSettings) -> None:
        self.app = app
        self._large, self._settings = large, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] in _BODILESS:
            await self.app(scope, receive, send)
            return
        most, headers = self._large.get(scope["path"]), Headers(scope=scope)
        try:
            _require_size(headers, most or MOST_BODY)
            if most is not None:
                given = _Arriving(receive, most, self._settings.upload_seconds)
            else:
                body = await _read(receive, self._settings.body_seconds)
                _require_form(headers.get("content-type", "json").lower(), body)
                given = _Whole(receive, body)
        except DomainError as refusal:
            await answer(Request(scope), refusal)(scope, receive, send)
        except ClientDisconnect:
            return  # nobody is there to answer
        else:
            await self.app(scope, given, send)


def _require_size(headers: Headers, most: int) -> None:
    """Raises TooLargeError where the body is announced to be larger."""
    announced = headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise _too_large(most)


def _require_form(content_type: str, body: bytes) -> None:
    """Raises what `fault_in` found, InvalidError for a form that can't be read. No type means JSON."""
    if "json" in content_type:
        fault = fault_in(body)
        if fault is not None:
            raise fault
    elif "urlencoded" in content_type:
        read_form(body)
    elif "multipart" in content_type:
        raise UnsupportedMediaTypeError(
            Label(
                "Seul un fichier s’envoie en plusieurs parties. Envoyez du JSON, ou un formulaire sans fichier.",
                "Nothing but an upload is sent in parts. Send JSON, or a form without files.",
            )
        )


async def _read(receive: Receive, seconds: float) -> bytes:
    """The whole body. Raises TooLargeError, TooSlowError, ClientDisconnect."""
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
            if not message.get("more_body"):
                return _require_small(_piece(message))
            return await _gather(message, receive)
    except TimeoutError:
        raise _too_slow(seconds) from None


async def _gather(first: Message, receive: Receive) -> bytes:
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
        message, more = first, True
        while True:
            spooled.write(_piece(message))
            if spooled.tell() > MOST_BODY:
                raise _too_large(MOST_BODY)
            if not more:
                spooled.seek(0)
                return spooled.read()
            message = await receive()
            more = message.get("more_body", False)


def _piece(message: Message) -> bytes:
    if message["type"] != "http.request":
        raise ClientDisconnect
    return message.get("body", b"")


def _require_small(body: bytes) -> bytes:
    if len(body) > MOST_BODY:
        raise _too_large(MOST_BODY)
    return body


class _Whole:
    """Gives a body that has arrived, then what else comes of the client."""

    __slots__ = ("_body", "_receive")

    def __init__(self, receive: Receive, body: bytes) -> None:
        self._receive: Receive = receive
        self._body: bytes | None = body

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _Arriving:
    """Gives a body as it arrives, as long as it is neither too large nor too slow.

    What it raises passes through wherever FastAPI reads a body: an `UnreadError`.
    """

    __slots__ = ("_most", "_receive", "_seconds", "_size", "_until")

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive: Receive = receive
        self._most, self._seconds, self._size = most, seconds, 0
        self._until: float | None = asyncio.get_running_loop().time() + seconds

    async def __call__(self) -> Message:
        if self._until is None:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise UnreadError(_too_slow(self._seconds)) from None
        self._size += len(message.get("body", b""))
        if self._size > self._most:
            raise UnreadError(_too_large(self._most))
        if not message.get("more_body"):
            self._until = None
        return message


def _too_large(most: int) -> TooLargeError:
    return TooLargeError(Label(f"Envoyez au plus {most} octets.", f"Send at most {most} bytes."))


def _too_slow(seconds: float) -> TooSlowError:
    return TooSlowError(
        Label(f"Envoyez tout le corps en {seconds:g} secondes.", f"Send the whole body within {seconds:g} seconds.")
    )
