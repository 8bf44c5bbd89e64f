"""The sandbox clock: every instant in its order, all done at each, and never back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select, text

from orderhub.domain.events.models import Event
from orderhub.domain.orders.models import Order
from orderhub.domain.transitions.models import History
from orderhub.infra.business_clock import business_now
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.sandbox_clock import advance

PlaceOrder = Callable[[], Awaitable[Any]]
TOLERANCE = timedelta(seconds=5)


async def now(context: WorkerContext) -> datetime:
    async with context.database.session() as session:
        return await business_now(session)


async def test_what_falls_due_happens_at_its_own_instant(context: WorkerContext, place_order: PlaceOrder) -> None:
    start = await now(context)
    placed = await place_order()
    end = await advance(context, timedelta(days=3))
    assert timedelta(0) <= end - (start + timedelta(days=3)) < TOLERANCE
    assert timedelta(0) <= await now(context) - end < TOLERANCE
    async with context.database.session() as session:
        assert await session.scalar(select(Order.status).where(Order.id == placed.order_id)) == "cancelled"
        expired = await session.scalar(select(History.at).where(History.action == "expire"))
        events = (await session.execute(select(Event.topic, Event.at).order_by(Event.xid, Event.id))).all()
        assert await session.scalar(text("SELECT count(*) FROM pgqueuer")) == 0
    assert expired is not None
    assert timedelta(0) <= expired - (start + timedelta(hours=24)) < TOLERANCE
    topics = [topic for topic, _ in events]
    assert topics.index("order.placed") < topics.index("order.reminder") < topics.index("order.transitioned")
    assert all(earlier <= later for (_, earlier), (_, later) in pairwise(events))


async def test_a_short_step_fires_nothing_and_two_at_once_add_up(
    context: WorkerContext, place_order: PlaceOrder
) -> None:
    placed = await place_order()
    start = await now(context)
    await asyncio.gather(*(advance(context, timedelta(hours=2)) for _ in range(2)))
    assert timedelta(0) <= await now(context) - (start + timedelta(hours=4)) < TOLERANCE
    async with context.database.session() as session:
        assert await session.scalar(select(Order.status).where(Order.id == placed.order_id)) == "awaiting_payment"
