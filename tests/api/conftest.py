"""People who are signed in, each with a client of their own."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import SecretStr

from orderhub.api.dependencies import Parts
from orderhub.bootstrap import build_application
from orderhub.settings import DatabaseSettings, LimitSettings, Settings
from tests.making.clients import client_of
from tests.making.people import sign_up

Join = Callable[..., Awaitable[httpx.AsyncClient]]


Shell = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def shell_settings() -> Settings:
    """Settings whose database is nowhere."""
    return Settings(
        _env_file=None,  # pyright: ignore[reportCallIssue]
        database=DatabaseSettings(url=SecretStr("postgresql://nobody@127.0.0.1:1/nothing")),
        limits=LimitSettings(enabled=False),
    )


@pytest.fixture
def shell(shell_settings: Settings) -> Shell:
    """Makes a client of an application without a database: for what is decided before it is asked.

    Named arguments are groups of settings: ``shell(router, limits=LimitSettings(…))``.
    """

    @asynccontextmanager
    async def making(*routers: APIRouter, **groups: Any) -> AsyncGenerator[httpx.AsyncClient]:
        settings = shell_settings.model_copy(update=groups)
        application = build_application(settings, more=routers)
        async with client_of(application) as found:
            yield found

    return making


@pytest.fixture
async def join(app: FastAPI) -> AsyncIterator[Join]:
    """Registers and signs in a person, by handle and staff roles."""
    parts: Parts = app.state.parts
    async with AsyncExitStack() as clients:

        async def joining(handle: str, *roles: str) -> httpx.AsyncClient:
            claims = await sign_up(parts.database, handle, *roles)
            return await clients.enter_async_context(client_of(app, claims))

        yield joining


@pytest.fixture
async def awa(join: Join) -> httpx.AsyncClient:
    """Awa, who buys."""
    return await join("awa")


@pytest.fixture
async def bruno(join: Join) -> httpx.AsyncClient:
    """Bruno, who sells."""
    return await join("bruno")
