"""Awa bought from Bruno; Chloé mediates. Rows as the engine leaves them, written without it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.cases.models import Case, CaseKind
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.models import Payment, Refund
from orderhub.kit.ids import new_id

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Hire = Callable[[str], Awaitable[UUID]]
Place = Callable[[], Awaitable[Order]]


@pytest.fixture
def person(session: AsyncSession) -> Hire:
    """A new account with this handle."""

    async def add(handle: str) -> UUID:
        account = Account(
            id=new_id(),
            email=f"{handle}@orderhub.test",
            handle=handle,
            display_name=handle.title(),
            password_hash=None,
            language="fr",
            time_zone="Europe/Paris",
            country="FR",
            roles=[],
            created_at=NOON,
        )
        session.add(account)
        await session.flush()
        return account.id

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
def place(session: AsyncSession, awa: UUID, bruno: UUID) -> Place:
    """A new order of Awa's, waiting for its payment."""

    async def add() -> Order:
        order = Order(
            id=new_id(),
            kind="service",
            status="awaiting_payment",
            version=1,
            buyer_id=awa,
            seller_id=bruno,
            conversation_id=new_id(),
            title="Logo pour une boulangerie",
            category="logo",
            currency="EUR",
            total=12_000,
            lines=[],
            commission_basis_points=1000,
            terms={},
            instructions_missing=False,
            days=5,
            placed_at=NOON,
            status_since=NOON,
            clock_anchor=NOON,
        )
        session.add(order)
        await session.flush()
        return order

    return add


async def move(session: AsyncSession, order: Order, *statuses: str) -> None:
    """Lead an order through these statuses, as the edges of its table allow."""
    for status in statuses:
        change = update(Order).where(Order.id == order.id).values(status=status, version=Order.version + 1)
        await session.execute(change)


@pytest.fixture
def dispute(session: AsyncSession, place: Place) -> Place:
    """A new order of Awa's that is in dispute."""

    async def add() -> Order:
        order = await place()
        await move(session, order, "awaiting_acceptance", "in_progress", "disputed")
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
    order = await place()
    found = Payment(
        id=new_id(),
        order_id=order.id,
        payer_id=order.buyer_id,
        provider="sandbox",
        method="card",
        amount=12_000,
        currency="EUR",
        status="captured",
        return_url="https://example.test/",
        request_key="one",
        request_hash=b"one",
        created_at=NOON,
    )
    session.add(found)
    await session.flush()
    return found


@pytest.fixture
async def refused_refund(session: AsyncSession, payment: Payment) -> Refund:
    """A refund that the provider refused."""
    refund = Refund(
        id=new_id(),
        payment_id=payment.id,
        order_id=payment.order_id,
        amount=12_000,
        currency="EUR",
        status="failed",
        failure="account_closed",
        created_at=NOON,
    )
    session.add(refund)
    await session.flush()
    return refund
