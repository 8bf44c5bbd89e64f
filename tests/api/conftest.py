"""People who are signed in, each with a client of their own."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import Parts
from orderhub.bootstrap import build_application
from orderhub.domain.accounts.models import Account, SignInSession
from orderhub.domain.accounts.tokens import Claims
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id
from orderhub.settings import DatabaseSettings, LimitSettings, Settings

Join = Callable[..., Awaitable[httpx.AsyncClient]]


async def _register(session: AsyncSession, handle: str, roles: tuple[str, ...]) -> Claims:
    now = real_now()
    account = Account(
        id=new_id(),
        email=f"{handle}@example.fr",
        handle=handle,
        display_name=handle.title(),
        language="fr",
        time_zone="Europe/Paris",
        country="FR",
        roles=list(roles),
        created_at=now,
        confirmed_at=now,
    )
    opened = SignInSession(
        id=new_id(), account_id=account.id, created_at=now, last_used_at=now, expires_at=now + timedelta(days=30)
    )
    session.add(account)
    await session.flush()
    session.add(opened)
    return Claims(account.id, opened.id, frozenset(roles))


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
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://orderhub.test") as found:
            yield found

    return making


@pytest.fixture
async def join(app: FastAPI) -> AsyncIterator[Join]:
    """Registers and signs in a person, by handle and staff roles."""
    parts: Parts = app.state.parts
    async with AsyncExitStack() as clients:

        async def joining(handle: str, *roles: str) -> httpx.AsyncClient:
            async with parts.database.session() as session:
                claims = await _register(session, handle, roles)
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            return await clients.enter_async_context(
                httpx.AsyncClient(
                    transport=transport,
                    base_url="http://orderhub.test",
                    headers={"Authorization": f"Bearer {parts.tokens.issue(claims)}"},
                )
            )

        yield joining


@pytest.fixture
async def awa(join: Join) -> httpx.AsyncClient:
    """Awa, who buys."""
    return await join("awa")


@pytest.fixture
async def bruno(join: Join) -> httpx.AsyncClient:
    """Bruno, who sells."""
    return await join("bruno")
