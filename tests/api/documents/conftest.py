"""Awa's quote with two issued proformas, the order placed with the second, its invoice; Chloé of the support."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.api.conftest import Join
from tests.making import documents, orders, quotes
from tests.making.instants import NOON
from tests.making.papers import add_invoice, issue_proforma


@dataclass(frozen=True, slots=True)
class Papers:
    """Paths of what Awa's purchase left on paper, and of an order and a quote of hers without any."""

    order: str
    quote: str
    plain_order: str
    drafted_quote: str


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


async def id_of(session: AsyncSession, handle: str) -> UUID:
    """The account with this handle."""
    return (await session.scalars(select(Account.id).where(Account.handle == handle))).one()


@pytest.fixture
async def papers(awa: httpx.AsyncClient, bruno: httpx.AsyncClient, chloe: httpx.AsyncClient, hub: Database) -> Papers:
    async with hub.session() as session:
        buyer, seller, staff = [await id_of(session, handle) for handle in ("awa", "bruno", "chloe")]
        order, other = [await orders.add_order(session, buyer, seller) for _ in range(2)]
        for each in (order, other):
            await orders.live(session, each, steps=1)
        quote = await _accepted(session, buyer, staff, order)
        await add_invoice(session, order.id)
        drafted = await quotes.add_quote(session, buyer)
        await quotes.lead(session, drafted, "in_preparation")
        await quotes.restate(session, drafted, draft=documents.priced_content("XOF"))
    return Papers(
        *(f"/v1/orders/{show_id('ord', order.id)}", f"/v1/quotes/{show_id('quo', quote.id)}"),
        *(f"/v1/orders/{show_id('ord', other.id)}", f"/v1/quotes/{show_id('quo', drafted.id)}"),
    )


async def _accepted(session: AsyncSession, buyer: UUID, staff: UUID, order: Order) -> Quote:
    """Version 1, in euros, was not what Awa wanted; version 2, in Swiss francs, became the order."""
    quote = await quotes.add_quote(session, buyer)
    for currency, after in (("EUR", "changes_requested"), ("CHF", None)):
        await quotes.lead(session, quote, "in_preparation")
        await issue_proforma(session, quote, staff, currency=currency)
        if after:
            await quotes.lead(session, quote, after)
    await session.flush()
    values: dict[str, Any] = {
        "status": "accepted",
        "version": Quote.version + 1,
        "order_id": order.id,
        "final_at": NOON,
    }
    await session.execute(update(Quote).where(Quote.id == quote.id).values(values))
    await session.refresh(quote)
    entry = {"subject_id": quote.id, "version": quote.version, "process": "quote", "from_status": "issued"}
    entry |= {"action": "accept", "to_status": "accepted", "by": "buyer", "at": NOON}
    entry |= {"data": {"version": quote.current}}
    await session.execute(insert(History).values(entry))
    return quote
