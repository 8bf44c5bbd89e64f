"""Awa's quote with two issued proformas, the order placed with the second, its invoice; Chloé of the support."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.api.dependencies import Parts
from orderhub.domain.accounts.models import Account
from orderhub.domain.documents.credits import credit_part
from orderhub.domain.documents.issuing import Subject, document_row
from orderhub.domain.documents.kinds import DocumentKind
from orderhub.domain.documents.models import Document
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes.models import Quote
from orderhub.domain.transitions.models import History
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id, show_id
from tests.api.conftest import Join
from tests.making import documents, orders, quotes
from tests.making.instants import NOON

PROFORMA, INVOICE, CREDIT = DocumentKind.PROFORMA, DocumentKind.FINAL_INVOICE, DocumentKind.CREDIT_NOTE
_HOUR = timedelta(hours=1)


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
        await _invoice(session, order)
        drafted = await quotes.add_quote(session, buyer)
        await quotes.lead(session, drafted, "in_preparation")
        await quotes.restate(session, drafted, draft=documents.priced_content("XOF"))
    return Papers(
        *(f"/v1/orders/{show_id('ord', order.id)}", f"/v1/quotes/{show_id('quo', quote.id)}"),
        *(f"/v1/orders/{show_id('ord', other.id)}", f"/v1/quotes/{show_id('quo', drafted.id)}"),
    )


async def _accepted(session: AsyncSession, buyer: UUID, staff: UUID, order: Order) -> Quote:
    """Version 1 was not what Awa wanted; version 2 became the order."""
    quote = await quotes.add_quote(session, buyer)
    for n, currency in ((1, "EUR"), (2, "CHF")):
        await quotes.lead(session, quote, "in_preparation")
        await quotes.issue(session, quote, staff)
        if n == 1:
            await quotes.lead(session, quote, "changes_requested")
        content = {**documents.proforma(documents.priced_content(currency)), "number": f"PF-2026-{n:06}", "n": n}
        await _keep(session, PROFORMA, content, Subject(quote_id=quote.id, quote_version=n), n)
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
    entry |= {"action": "accept", "to_status": "accepted", "by": "buyer", "at": NOON, "data": {}}
    await session.execute(insert(History).values(entry))
    return quote


async def _invoice(session: AsyncSession, order: Order) -> None:
    invoice = documents.final_invoice(documents.priced_content("CHF"))
    await _keep(session, INVOICE, invoice, Subject(order_id=order.id), 3)
    note = documents.credit_note(credit_part(invoice, 500, "Geste commercial"), invoice)
    await _keep(session, CREDIT, note, Subject(order_id=order.id), 4)


async def _keep(
    session: AsyncSession, kind: DocumentKind, content: dict[str, Any], subject: Subject, hours: int
) -> None:
    row = document_row(kind, content, subject, at=NOON + hours * _HOUR, by=None)
    await session.execute(insert(Document).values({**row, "id": new_id()}))
