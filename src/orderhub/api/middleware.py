"""What surrounds every request, in pure ASGI (3 µs each): identity, log, figures, overload, faults.

The order is written in ``app.py``. A request's id is ``scope["request_id"]``; its operation, once
found, is ``scope["operation"]``.
"""

import re
import time
from typing import Final
from uuid import uuid4

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orderhub.api.failures import log_fault
from orderhub.api.problems import InternalError, answer
from orderhub.infra.telemetry import REQUEST_ID, AccessLog, RequestFigures
from orderhub.kit.errors import OverloadedError

_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
_ALWAYS: Final = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
LIVE: Final = "/health/live"
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
            self._record(scope, status, time.perf_counter() - started)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        operation = scope.get("operation")
        route = operation.path if operation else NOWHERE
        self.figures.add(scope["method"], route, status, seconds)
        self.log.write(scope["method"], route, status, seconds, scope["request_id"])


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE_ID.fullmatch(value):
            return value.decode()
    return uuid4().hex


class Overload:
    """Refuses early what would only wait: more requests than are worked on at once. Live health passes.

    A stream of events leaves its place as soon as it has begun.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.working = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] == LIVE:
            await self.app(scope, receive, send)
            return
        if self.working >= self.most:
            error = OverloadedError("Too many requests are being worked on. Try again in a moment.", retry_after=1)
            await answer(Request(scope), error)(scope, receive, send)
            return
        place = _Place(self)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_stream(message):
                place.leave()
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            place.leave()


class _Place:
    """One request's place among those that are worked on."""

    __slots__ = ("overload", "taken")

    def __init__(self, overload: Overload) -> None:
        self.overload, self.taken = overload, True
        overload.working += 1

    def leave(self) -> None:
        if self.taken:
            self.taken = False
            self.overload.working -= 1


def _is_stream(message: Message) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"text/event-stream") for name, value in message.get("headers", ())
    )


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
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as cause:
            request = Request(scope)
            log_fault(request, cause)
            if begun:
                raise
            error = InternalError("This is our fault. Tell us the request_id, or try again later.")
            await answer(request, error)(scope, receive, send)
