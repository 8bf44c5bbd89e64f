"""The people of most stories, by their ids: Awa buys, Bruno sells, Chloé mediates, Driss is a stranger."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.making.people import add_person

Hire = Callable[[str], Awaitable[UUID]]


@pytest.fixture
def person(session: AsyncSession) -> Hire:
    """A new account with this handle."""

    async def add(handle: str) -> UUID:
        return await add_person(session, handle)

    return add


@pytest.fixture
async def awa(person: Hire) -> UUID:
    return await person("awa")


@pytest.fixture
async def bruno(person: Hire) -> UUID:
    return await person("bruno")


@pytest.fixture
async def chloe(person: Hire) -> UUID:
    return await person("chloe")


@pytest.fixture
async def driss(person: Hire) -> UUID:
    return await person("driss")
