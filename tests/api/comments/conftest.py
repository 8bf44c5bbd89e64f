"""Bruno sells a jacket; Awa and Driss ask about it; Chloé is of the support."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Listing
from orderhub.kit.ids import show_id
from tests.api.conftest import Join
from tests.making.items import add_item

Show = Callable[..., Awaitable[str]]


@pytest.fixture
async def bruno(join: Join) -> httpx.AsyncClient:
    return await join("bruno")


@pytest.fixture
async def awa(join: Join) -> httpx.AsyncClient:
    return await join("awa")


@pytest.fixture
async def driss(join: Join) -> httpx.AsyncClient:
    return await join("driss")


@pytest.fixture
async def chloe(join: Join) -> httpx.AsyncClient:
    return await join("chloe", "support")


@pytest.fixture
def show(app: FastAPI, bruno: httpx.AsyncClient) -> Show:
    """Puts something of Bruno's on show; the answer is the path of its comments."""

    async def showing(**parts: Any) -> str:
        found: Parts = app.state.parts
        async with found.database.session() as session:
            seller_id = (await session.scalars(select(Account.id).where(Account.handle == "bruno"))).one()
            listing: Listing = await add_item(session, seller_id, **parts)
        return f"/v1/listings/{show_id('lst', listing.id)}/comments"

    return showing


@pytest.fixture
async def jacket(show: Show) -> str:
    return await show()


async def wrote(person: httpx.AsyncClient, path: str, text: str, **more: Any) -> dict[str, Any]:
    """A comment that is taken."""
    answered = await person.post(path, json={"text": text, **more})
    assert answered.status_code == 201, answered.text
    return answered.json()
