"""Awa's cart of sandals and a bag that no partner shop sells; Chloé of the support, Félix of finance."""

from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account
from orderhub.domain.quotes.models import Quote
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, parse_id
from tests.making import quotes
from tests.making.shops import add_shop

ADDRESS: Final = {
    "name": "Awa Diop",
    "line1": "12 rue Oberkampf",
    "postcode": "75011",
    "city": "Paris",
    "country": "FR",
}
REQUEST: Final = {"accept_terms_version": 1, "address": ADDRESS, "message": "Plutôt caramel."}
SANDALS: Final = "https://sandaga.example/sandales"
NOWHERE: Final = "https://inconnu.example/sac"

Lead = Callable[..., Awaitable[None]]
Join = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
def hub(app: FastAPI) -> Database:
    """The application's own database."""
    parts: Parts = app.state.parts
    return parts.database


@pytest.fixture
async def chloe(join: Join) -> httpx.AsyncClient:
    return await join("chloe", "support")


@pytest.fixture
async def felix(join: Join) -> httpx.AsyncClient:
    return await join("felix", "finance")


@pytest.fixture
async def cart(awa: httpx.AsyncClient, hub: Database) -> str:
    """The path of Awa's open cart: two pairs of sandals, and a bag of an unknown shop."""
    async with hub.session() as session:
        await add_shop(session, "Sandaga Chaussures", "sandaga.example")
    path = (await awa.post("/v1/carts", json={})).headers["Location"]
    for line in (
        {"name": "Sandales", "url": SANDALS, "quantity": 2, "note": "Pointure 39"},
        {"name": "Sac", "url": NOWHERE},
        {"name": "Ceinture", "url": f"{SANDALS}/ceinture"},
    ):
        assert (await awa.post(f"{path}/lines", json=line)).status_code == 201
    return path


@pytest.fixture
async def quote(awa: httpx.AsyncClient, cart: str) -> dict[str, Any]:
    """The quote that Awa asked for."""
    answer = await awa.post(f"{cart}/quote-request", json=REQUEST)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def lead(hub: Database, quote: dict[str, Any]) -> Lead:
    """Leads Awa's quote through statuses; ``issued`` issues its draft."""

    async def leading(*statuses: str) -> None:
        async with hub.session() as session:
            row = await session.get_one(Quote, parse_id("quo", quote["id"]))
            for status in statuses:
                if status == "issued":
                    await quotes.issue(session, row, await id_of(hub, "chloe"))
                else:
                    await quotes.lead(session, row, status)

    return leading


async def id_of(hub: Database, handle: str) -> UUID:
    """The account with this handle."""
    async with hub.session() as session:
        return (await session.scalars(select(Account.id).where(Account.handle == handle))).one()


def euros(amount: int) -> dict[str, Any]:
    """Money in cents."""
    return {"amount": amount, "currency": "EUR"}


async def act(
    client: httpx.AsyncClient, quote: dict[str, Any], action: str, status: int = 200, **fields: Any
) -> dict[str, Any]:
    """Take a row of the quote's table, or be refused with this status."""
    answer = await client.post(
        f"/v1/quotes/{quote['id']}/transitions",
        json={"action": action, **fields},
        headers={"Idempotency-Key": new_id().hex},
    )
    assert answer.status_code == status, answer.text
    return answer.json()


async def priced(
    chloe: httpx.AsyncClient, quote: dict[str, Any], quantity: int = 2, currency: str = "EUR"
) -> dict[str, Any]:
    """Chloé prices the sandals and saves the draft; the answer is its content."""
    line = {"id": quote["lines"][0]["id"], "quantity": quantity, "tax_basis_points": 2000}
    draft = {
        "currency": currency,
        "lines": [line | {"unit_price": {"amount": 4_590, "currency": currency}}],
        "deposit_percent": 40,
        "purchase_by": "2036-12-01",
        "arrive_by": "2036-12-20",
    }
    answer = await chloe.post(f"/v1/quotes/{quote['id']}/versions", json=draft)
    assert answer.status_code == 200, answer.text
    return answer.json()["draft"]
