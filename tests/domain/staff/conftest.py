"""Awa bought from Bruno; Chloé mediates. Rows as the engine leaves them, written without it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Refund
from orderhub.kit.ids import new_id
from tests.making.instants import NOON
from tests.making.orders import add_order, lead
from tests.making.payments import new_payment, new_refund

Place = Callable[[], Awaitable[Order]]


@pytest.fixture
def place(session: AsyncSession, awa: UUID, bruno: UUID) -> Place:
    """A new order of Awa's, waiting for its payment."""

    async def add() -> Order:
        return await add_order(session, awa, bruno)

    return add


@pytest.fixture
def dispute(session: AsyncSession, place: Place) -> Place:
    """A new order of Awa's that is in dispute."""

    async def add() -> Order:
        order = await place()
        await lead(session, order, "awaiting_acceptance", "in_progress", "disputed")
        return order

    return add


@pytest.fixture
def open_case(session: AsyncSession) -> Callable[..., Awaitable[Case]]:
    """A new open case."""

    async def add(
        kind: CaseKind, order_id: UUID | None = None, payment_id: UUID | None = None, *, at: datetime = NOON
    ) -> Case:
        case = Case(
            id=new_id(), kind=kind.value, order_id=order_id, payment_id=payment_id, reason="À voir", opened_at=at
        )
        session.add(case)
        await session.flush()
        return case

    return add


@pytest.fixture
async def payment(session: AsyncSession, place: Place) -> Payment:
    """What Awa paid for an order."""
    found = new_payment(await place())
    session.add(found)
    await session.flush()
    return found


@pytest.fixture
async def refused_refund(session: AsyncSession, payment: Payment) -> Refund:
    """A refund that the provider refused."""
    refund = new_refund(payment)
    session.add(refund)
    await session.flush()
    return refund
