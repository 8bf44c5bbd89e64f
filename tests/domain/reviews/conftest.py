"""Awa bought from Bruno, and the order is completed. Rows as the engine leaves them, written without it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.making.instants import NOON
from tests.making.orders import LIFE, add_order, live

Place = Callable[..., Awaitable[UUID]]


@pytest.fixture
def noon() -> datetime:
    """When the order was completed."""
    return NOON


@pytest.fixture
def place(session: AsyncSession, awa: UUID, bruno: UUID) -> Place:
    """An order of Awa's at Bruno's that has come so far in its life; completed unless said otherwise."""

    async def add(*, steps: int = len(LIFE), **parts: Any) -> UUID:
        order = await add_order(session, **({"buyer_id": awa, "seller_id": bruno} | parts))
        await live(session, order, steps=steps)
        return order.id

    return add
