"""People who are signed in, for the tests of feeds and streams."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import uvicorn
from fastapi import FastAPI

from orderhub.api.dependencies import Caller
from orderhub.api.stream import Streams
from orderhub.infra.database import Database
from tests.making import people
from tests.making.streams import Server

SignUp = Callable[..., Awaitable[Caller]]


@pytest.fixture
def sign_up(database: Database) -> SignUp:
    """Makes a person with one session, by handle and staff roles."""

    async def make(handle: str, *roles: str) -> Caller:
        who = await people.sign_up(database, handle, *roles)
        return Caller(who.account_id, who.session_id, who.roles)

    return make


@pytest.fixture
async def server(app: FastAPI) -> AsyncIterator[Server]:
    """The application on a free port of loopback."""
    running = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_level="warning", log_config=None))
    serving = asyncio.create_task(running.serve())
    async with asyncio.timeout(5):
        while not running.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield Server(app, f"http://127.0.0.1:{port}", running)
    app.state.parts.others[Streams].stop()
    running.should_exit = True
    await asyncio.wait_for(serving, 5)
