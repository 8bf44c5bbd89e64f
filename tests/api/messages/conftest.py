"""Awa and Bruno signed in, each with a client; Bruno offers a service."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from orderhub.api.dependencies import Parts
from orderhub.kit.ids import show_id
from tests.making.clients import client_of
from tests.making.listings import add_service
from tests.making.people import sign_up


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in."""

    id: UUID
    client: httpx.AsyncClient


@pytest.fixture
async def person(app: FastAPI) -> AsyncIterator[Callable[[str], Awaitable[Person]]]:
    """Makes somebody and signs them in."""
    parts: Parts = app.state.parts
    async with AsyncExitStack() as open_clients:

        async def make(handle: str) -> Person:
            claims = await sign_up(parts.database, handle)
            client = await open_clients.enter_async_context(client_of(app, claims, under="/v1"))
            return Person(claims.account_id, client)

        yield make


@pytest.fixture
async def awa(person: Callable[[str], Awaitable[Person]]) -> Person:
    return await person("awa")


@pytest.fixture
async def bruno(person: Callable[[str], Awaitable[Person]]) -> Person:
    return await person("bruno")


@pytest.fixture
async def driss(person: Callable[[str], Awaitable[Person]]) -> Person:
    return await person("driss")


@pytest.fixture
async def listing_id(app: FastAPI, bruno: Person) -> str:
    """A service of Bruno's that takes inquiries."""
    parts: Parts = app.state.parts
    async with parts.database.session() as session:
        listing = await add_service(session, bruno.id, title="Logo pour commerce")
    return show_id("lst", listing.id)
