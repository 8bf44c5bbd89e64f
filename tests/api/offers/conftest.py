"""Nadia's denim jacket for 25 EUR, on which Awa makes offers."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account
from orderhub.domain.catalog.models import Favourite
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, parse_id, show_id
from tests.making.instants import NOON
from tests.making.items import add_item

Join = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
def hub(app: FastAPI) -> Database:
    """The application's own database."""
    parts: Parts = app.state.parts
    return parts.database


@pytest.fixture
async def nadia(join: Join) -> httpx.AsyncClient:
    return await join("nadia")


@pytest.fixture
async def jacket(nadia: httpx.AsyncClient, hub: Database) -> str:
    """The path of the offers on Nadia's jacket."""
    async with hub.session() as session:
        listing = await add_item(session, await id_of(hub, "nadia"))
    return f"/v1/listings/{show_id('lst', listing.id)}/offers"


async def id_of(hub: Database, handle: str) -> UUID:
    """The account with this handle."""
    async with hub.session() as session:
        return (await session.scalars(select(Account.id).where(Account.handle == handle))).one()


async def favourite(hub: Database, jacket: str, handle: str) -> str:
    """Somebody favourites the jacket; their public id."""
    account_id, listing_id = await id_of(hub, handle), parse_id("lst", jacket.split("/")[3])
    async with hub.session() as session:
        session.add(Favourite(id=new_id(), account_id=account_id, listing_id=listing_id, at=NOON))
    return show_id("acc", account_id)


def euros(amount: int) -> dict[str, Any]:
    """Money in cents."""
    return {"amount": amount, "currency": "EUR"}


async def offer(client: httpx.AsyncClient, jacket: str, amount: int = 2_000, **more: Any) -> dict[str, Any]:
    """A buyer's offer, as it is answered."""
    answer = await client.post(jacket, json={"amount": euros(amount), **more})
    assert answer.status_code == 201, answer.text
    (made,) = answer.json()["data"]
    return made


async def act(
    client: httpx.AsyncClient, made: dict[str, Any], action: str, status: int = 200, **fields: Any
) -> dict[str, Any]:
    """Take a row of the offer's table, or be refused with this status."""
    answer = await client.post(
        f"/v1/offers/{made['id']}/transitions",
        json={"action": action, **fields},
        headers={"Idempotency-Key": new_id().hex},
    )
    assert answer.status_code == status, answer.text
    return answer.json()


async def read(client: httpx.AsyncClient, made: dict[str, Any]) -> dict[str, Any]:
    """The offer for this reader."""
    answer = await client.get(f"/v1/offers/{made['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()
