"""What surrounds every request, in pure ASGI (3 µs each): identity, log, figures, overload, faults.

The order is written in ``app.py``. A request's id is ``scope["request_id"]``; its operation, once
found, is ``scope["operation"]``.
"""

import asyncio
import re
import secrets
import time
from collections.abc import Sequence
from typing import Final

from fastapi import Request
from fastapi.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orderhub.api.failures import UnreadError, log_fault
from orderhub.api.problems import InternalError, answer
from orderhub.infra.telemetry import REQUEST_ID, AccessLog, RequestFigures
from orderhub.kit.errors import ForbiddenError, OverloadedError
from orderhub.kit.networks import is_loopback
from orderhub.kit.text import Label

Headers = Sequence[tuple[bytes, bytes]]

_ID_BYTES: Final = 16
_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
_ALWAYS: Final = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
_IF_MATCH: Final = b"if-match"
LIVE: Final = "/health/live"
_NOT_FOUND: Final = 404
_SHOWN: Final = 200
"""Letters of a path without an operation that the log shows."""
_WORD: Final = re.compile(r"[A-Za-z0-9_.~-]{0,40}")
_LEFT: Final = 499
"""What the log and the figures say of a request whose client left before the answer, as other servers do."""
_BUSY: Final = Label(
    "Trop de requêtes sont en cours. Réessayez dans un instant.",
    "Too many requests are being worked on. Try again in a moment.",
)
_PATIENCE: Final = 5.0
"""Seconds that a request whose body has just arrived waits for a place."""
NOWHERE: Final = "-"
"""The route of a request that no operation answers: its path could be anything."""


class Identity:
    """Gives each request an id, repeats it in the answer, writes the access log and the figures."""

    def __init__(self, app: ASGIApp, figures: RequestFigures, log: AccessLog) -> None:
        self.app = app
        self.figures, self.log = figures, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0
        identity = scope["request_id"] = _request_id(scope)
        scope["headers"] = _one_line(scope["headers"])
        added = (*_ALWAYS, (b"x-request-id", identity.encode()))

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        token = REQUEST_ID.set(identity)
        try:
            await self.app(scope, receive, sending)
        finally:
            REQUEST_ID.reset(token)
            self._record(scope, status or _LEFT, time.perf_counter() - started)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        operation = scope.get("operation")
        route = operation.path if operation else NOWHERE
        self.figures.add(scope["method"], route, status, seconds)
        path = _shown(scope["path"]) if operation is None and status == _NOT_FOUND else ""
        self.log.write((scope["method"], route, path), status, seconds, scope["request_id"])


def _shown(path: str) -> str:
    """What was asked for in vain, for the log: a part that may be somebody's, or anything, is left out."""
    parts = path[:_SHOWN].split("/")
    return "/".join(part if _WORD.fullmatch(part) else "…" for part in parts)


def _one_line(headers: Headers) -> Headers:
    """The same, with the tags of several `If-Match` lines in one: they are one list (RFC 9110, 5.2)."""
    tags = [value for name, value in headers if name == _IF_MATCH]
    if len(tags) <= 1:
        return headers
    return [*((name, value) for name, value in headers if name != _IF_MATCH), (_IF_MATCH, b", ".join(tags))]


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE_ID.fullmatch(value):
            return value.decode()
    return secrets.token_hex(_ID_BYTES)


class Cors(CORSMiddleware):
    """Starlette's CORS, which costs a request that no page sent nothing but its ``Vary``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or any(name == b"origin" for name, _ in scope["headers"]):
            await super().__call__(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _varying(message.get("headers", ()))
            await send(message)

        await self.app(scope, receive, sending)


def _varying(headers: Headers) -> Headers:
    """The same, varying with ``Origin`` too: what is kept of this answer is no answer to a page."""
    own = [value for name, value in headers if name == b"vary"]
    return [*(pair for pair in headers if pair[0] != b"vary"), (b"vary", b", ".join((*own, b"Origin")))]


class Overload:
    """Refuses early what would only wait: more requests than are worked on at once. Live health passes.

    A place is for work, never for waiting on a client. A request leaves its place while the rest of its body
    is on its way, and takes one again once that is whole; it leaves it for good as soon as its answer begins.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.working = 0
        self.freed = asyncio.Event()
        """Set whenever a place is left."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] == LIVE:
            await self.app(scope, receive, send)
            return
        if self.working >= self.most:
            await answer(Request(scope), OverloadedError(_BUSY, retry_after=1))(scope, receive, send)
            return
        place = _Place(self)

        async def receiving() -> Message:
            if place.is_done:
                return await receive()
            place.leave()
            message = await receive()
            if message["type"] == "http.request" and not (message.get("more_body") or place.is_done):
                await place.take_again()
            return message

        async def sending(message: Message) -> None:
            place.is_done = True
            place.leave()
            await send(message)

        try:
            await self.app(scope, receiving, sending)
        finally:
            place.leave()


class _Place:
    """One request's place among those that are worked on."""

    __slots__ = ("_overload", "_taken", "is_done")

    def __init__(self, overload: Overload) -> None:
        self._overload, self._taken = overload, True
        self.is_done = False
        """Whether the answer has begun: nothing of it waits for a place any more."""
        overload.working += 1

    def leave(self) -> None:
        if self._taken:
            self._taken = False
            self._overload.working -= 1
            self._overload.freed.set()

    async def take_again(self) -> None:
        """Wait for a place, for a moment. Raises UnreadError."""
        overload = self._overload
        try:
            async with asyncio.timeout(_PATIENCE):
                while overload.working >= overload.most:
                    overload.freed.clear()
                    await overload.freed.wait()
        except TimeoutError:
            raise UnreadError(OverloadedError(_BUSY, retry_after=1)) from None
        self._taken = True
        overload.working += 1


_HUNG_UP: Final = "the handler is closed"
"""What uvloop says, as a RuntimeError, where a client who did not read its answer has hung up."""


class Faults:
    """The innermost: an exception that nobody expected becomes a clean 500 in the log and the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            try:
                await send(message)
            except RuntimeError as cause:
                if _HUNG_UP not in str(cause):
                    raise
                raise ClientDisconnect from None

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            return  # in the middle of its body or of the answer: nobody is there to answer
        except Exception as cause:
            request = Request(scope)
            log_fault(request, cause)
            if begun:
                raise
            error = InternalError(
                Label(
                    "C’est notre faute. Donnez-nous le request_id, ou réessayez plus tard.",
                    "This is our fault. Tell us the request_id, or try again later.",
                )
            )
            await answer(request, error)(scope, receive, send)


class LoopbackOnly:
    """Refuses what other machines send, for development mode behind a server that others start."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request that came in on a loopback address or a Unix socket."""
        here = (scope.get("server") or ("",))[0]
        if scope["type"] != "http" or is_loopback(here) or here.startswith("/"):
            await self.app(scope, receive, send)
            return
        error = ForbiddenError(
            Label(
                "Le mode développement ne sert que sa propre machine : mettez ORDERHUB_MODE=production.",
                "Development mode serves its own machine alone: set ORDERHUB_MODE=production.",
            )
        )
        await answer(Request(scope), error)(scope, receive, send)
