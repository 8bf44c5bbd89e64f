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
from orderhub.infra.business_clock import business_now, going_to
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.sandbox_clock import Progress, SandboxClockwork, set_out

PlaceOrder = Callable[[], Awaitable[Any]]
TOLERANCE = timedelta(seconds=5)


async def now(context: WorkerContext) -> datetime:
    async with context.database.session() as session:
        return await business_now(session)


async def advance(context: WorkerContext, by: timedelta) -> datetime:
    found = await SandboxClockwork(context).advance(by)
    assert found.goal is None
    return found.now


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


async def goal(context: WorkerContext) -> datetime | None:
    async with context.database.session() as session:
        return await going_to(session)


async def statuses(context: WorkerContext) -> set[str]:
    async with context.database.session() as session:
        return set(await session.scalars(select(Order.status)))


async def test_who_does_not_wait_is_told_how_far_it_has_come_and_it_goes_on(
    context: WorkerContext, place_order: PlaceOrder
) -> None:
    start = await now(context)
    for _ in range(3):
        await place_order()
    clockwork = SandboxClockwork(context, answer_within=timedelta())
    told = await clockwork.advance(timedelta(days=3))
    assert told.goal is not None
    assert told.now < told.goal - timedelta(days=1)
    leaving = asyncio.create_task(SandboxClockwork(context).advance(timedelta(days=1)))
    await asyncio.sleep(0.01)
    leaving.cancel()  # as when a client hangs up
    async with asyncio.timeout(60):
        while await goal(context) is not None:  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.05)
    assert await statuses(context) == {"cancelled"}
    assert await now(context) >= start + timedelta(days=3)


async def test_what_a_process_left_half_done_is_gone_on_with_at_the_next_call(
    context: WorkerContext, place_order: PlaceOrder
) -> None:
    await place_order()
    start = await now(context)
    async with context.database.session() as session:
        left = await set_out(session, timedelta(days=3))
    stopped = SandboxClockwork(context, answer_within=timedelta())
    assert (await stopped.advance(timedelta(days=1))).goal == left + timedelta(days=1)
    await stopped.aclose()
    found = await SandboxClockwork(context).advance(timedelta(hours=1))
    assert found == Progress(found.now, None)
    assert timedelta() <= found.now - start - timedelta(days=4, hours=1) < TOLERANCE
    assert await statuses(context) == {"cancelled"}
