"""A server of streams, since an in-process client can't read an answer as it grows, and what one hears there."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from orderhub.api.dependencies import Caller, Parts
from orderhub.domain.accounts.tokens import Claims


def bearer(app: FastAPI, caller: Caller) -> dict[str, str]:
    """The header that signs this caller in."""
    parts: Parts = app.state.parts
    token = parts.tokens.issue(Claims(caller.account_id, caller.session_id, caller.roles))
    return {"Authorization": f"Bearer {token}"}


@dataclass
class Heard:
    """One block of a stream."""

    id: str | None = None
    event: str | None = None
    data: Any = None


class Server:
    """The application behind a socket."""

    def __init__(self, app: FastAPI, url: str, server: uvicorn.Server) -> None:
        self.app, self.url, self.server = app, url, server

    @asynccontextmanager
    async def listen(
        self, headers: dict[str, str] | None = None, **query: str
    ) -> AsyncGenerator[tuple[httpx.Response, AsyncIterator[Heard]]]:
        """Open a stream: the answer, and its blocks as they come."""
        async with (
            httpx.AsyncClient(base_url=self.url, timeout=5) as browser,
            browser.stream("GET", "/v1/events/stream", params=query, headers=headers) as answer,
        ):
            yield answer, _blocks(answer)


async def _blocks(answer: httpx.Response) -> AsyncIterator[Heard]:
    block = Heard()
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if not line:
            if block.id or block.data:
                yield block
            block = Heard()
        elif name == "data":
            block.data = json.loads(value)
        elif name == "id":
            block.id = value
        elif name == "event":
            block.event = value
