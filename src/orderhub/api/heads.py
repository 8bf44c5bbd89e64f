"""Answers to HEAD: what the GET would answer, without its body (RFC 9110, 9.3.2)."""

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTHING: Message = {"type": "http.response.body", "body": b"", "more_body": False}


class _EnoughError(OSError):
    """The answer has begun, and nothing else of it is wanted."""


async def answer_head(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run the operation of a GET until its headers are known. A stream and a download end there."""

    async def sending(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
            return
        await send(_NOTHING)
        if message.get("more_body"):
            raise _EnoughError

    try:
        await app(scope, receive, sending)
    except (_EnoughError, ClientDisconnect):
        return  # the second is what Starlette makes of the first
    except BaseExceptionGroup as group:
        if group.split(_EnoughError)[1] is not None:
            raise
