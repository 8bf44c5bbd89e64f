"""Chloé of support, Fatou of finance and Idris the admin, signed in; Bruno sells a service to Awa."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from orderhub.domain.accounts.models import Account
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.making.listings import add_service

Join = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def chloe(join: Join) -> httpx.AsyncClient:
    return await join("chloe", "support")


@pytest.fixture
async def fatou(join: Join) -> httpx.AsyncClient:
    return await join("fatou", "finance")


@pytest.fixture
async def idris(join: Join) -> httpx.AsyncClient:
    return await join("idris", "admin")


@pytest.fixture
def people(
    awa: httpx.AsyncClient, chloe: httpx.AsyncClient, fatou: httpx.AsyncClient, idris: httpx.AsyncClient
) -> dict[str, httpx.AsyncClient]:
    return {"awa": awa, "chloe": chloe, "fatou": fatou, "idris": idris}


@pytest.fixture
async def listing_id(bruno: httpx.AsyncClient, database: Database) -> UUID:
    """A logo, drawn by Bruno."""
    async with database.session() as session:
        seller_id = (await session.scalars(select(Account.id).where(Account.handle == "bruno"))).one()
        return (await add_service(session, seller_id)).id


@pytest.fixture
async def order(awa: httpx.AsyncClient, listing_id: UUID) -> dict[str, Any]:
    """What Awa ordered from Bruno and has not paid yet."""
    body = {"kind": "service", "listing_id": show_id("lst", listing_id)}
    answer = await awa.post("/v1/orders", json=body, headers={"Idempotency-Key": "one"})
    assert answer.status_code == 201, answer.text
    return answer.json()
