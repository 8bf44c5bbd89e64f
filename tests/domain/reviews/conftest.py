"""Awa bought from Bruno, and the order is completed. Rows as the engine leaves them, written without it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.orders.models import Order
from orderhub.domain.transitions.models import History
from orderhub.kit.ids import new_id

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LIFE = (
    ("", "place", "awaiting_payment"),
    ("awaiting_payment", "confirm_payment", "awaiting_acceptance"),
    ("awaiting_acceptance", "accept", "in_progress"),
    ("in_progress", "deliver", "delivered"),
    ("delivered", "approve", "completed"),
)

Enter = Callable[[str], Awaitable[UUID]]
Place = Callable[..., Awaitable[UUID]]


@pytest.fixture
def noon() -> datetime:
    """When the order was completed."""
    return NOON


@pytest.fixture
def enter(session: AsyncSession) -> Enter:
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
async def awa(enter: Enter) -> UUID:
    return await enter("awa")


@pytest.fixture
async def bruno(enter: Enter) -> UUID:
    return await enter("bruno")


def new_order(**parts: Any) -> Order:
    plain: dict[str, Any] = {
        "id": new_id(),
        "kind": "service",
        "status": "awaiting_payment",
        "version": 1,
        "conversation_id": new_id(),
        "title": "Logo vectoriel",
        "category": "graphic_design",
        "currency": "EUR",
        "total": 12_000,
        "lines": [],
        "commission_basis_points": 1000,
        "terms": {"review": "P180D"},
        "instructions_missing": False,
        "days": 5,
        "placed_at": NOON,
        "status_since": NOON,
        "clock_anchor": NOON,
    }
    return Order(**(plain | parts))


@pytest.fixture
def place(session: AsyncSession, awa: UUID, bruno: UUID) -> Place:
    """An order of Awa's at Bruno's that has come so far in its life; completed unless said otherwise."""

    async def add(*, steps: int = len(LIFE), **parts: Any) -> UUID:
        order = new_order(**({"buyer_id": awa, "seller_id": bruno} | parts))
        session.add(order)
        await session.flush()
        for version, (left, action, reached) in enumerate(LIFE[:steps], start=1):
            final = NOON if reached == "completed" else None
            if version > 1:
                await session.execute(
                    update(Order).where(Order.id == order.id).values(status=reached, version=version, final_at=final)
                )
            await session.execute(
                insert(History).values(
                    subject_id=order.id,
                    version=version,
                    process="service",
                    from_status=left,
                    action=action,
                    to_status=reached,
                    by="clock",
                    at=NOON,
                    data={},
                )
            )
        return order.id

    return add
