"""Timers: each fires once, in time, whoever sweeps; and one beside a person's action gives way."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update

from orderhub.domain.orders.models import Order
from orderhub.domain.transitions.models import History, Timer
from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from orderhub.jobs.timers import any_due, due_timers, next_due, sweep
from orderhub.kit.clock import real_now
from orderhub.kit.ids import new_id

PlaceOrder = Callable[[], Awaitable[Any]]


async def status(database: Database, order_id: UUID) -> str | None:
    async with database.session() as session:
        return await session.scalar(select(Order.status).where(Order.id == order_id))


async def pass_time(database: Database, by: timedelta) -> None:
    async with database.session() as session:
        await step_to(session, await business_now(session) + by)


async def test_nothing_fires_before_it_is_due(database: Database, place_order: PlaceOrder) -> None:
    order_id = (await place_order()).order_id
    assert await sweep(database) == 0
    assert await status(database, order_id) == "awaiting_payment"


async def test_an_unpaid_order_expires_once_whoever_sweeps(database: Database, place_order: PlaceOrder) -> None:
    orders = [(await place_order()).order_id for _ in range(6)]
    await pass_time(database, timedelta(hours=24, seconds=1))
    while await any_due(database):
        await asyncio.gather(*(sweep(database) for _ in range(4)))
    for order_id in orders:
        assert await status(database, order_id) == "cancelled"
    async with database.session() as session:
        taken = (await session.scalars(select(History.subject_id).where(History.action == "expire"))).all()
        assert await session.scalar(select(Timer.id).limit(1)) is None
    assert sorted(taken) == sorted(orders)


async def test_an_order_that_somebody_holds_is_left_for_the_next_sweep(
    database: Database, place_order: PlaceOrder
) -> None:
    order_id = (await place_order()).order_id
    await pass_time(database, timedelta(hours=24, seconds=1))
    async with database.session() as session:
        await session.execute(select(Order.id).where(Order.id == order_id).with_for_update())
        async with asyncio.timeout(3):
            await sweep(database)
        assert await status(database, order_id) == "awaiting_payment"
        assert await any_due(database)
    while await any_due(database):
        await sweep(database)
    assert await status(database, order_id) == "cancelled"


async def test_one_that_fails_holds_up_no_other_and_waits(database: Database, place_order: PlaceOrder) -> None:
    broken, sound = (await place_order()).order_id, (await place_order()).order_id
    async with database.session() as session:
        await session.execute(update(Order).where(Order.id == broken).values(terms={}))
    await pass_time(database, timedelta(hours=24, seconds=1))
    await sweep(database)
    assert (await status(database, broken), await status(database, sound)) == ("awaiting_payment", "cancelled")
    async with database.session() as session:
        left = (await session.scalars(select(Timer).where(Timer.kind == "row"))).one()
        assert (left.subject_id, left.tries) == (broken, 1)
        assert left not in await due_timers(session, left.due + timedelta(seconds=9))
        assert left in await due_timers(session, left.due + timedelta(seconds=10))


async def test_the_next_instant_is_found_by_its_index(database: Database) -> None:
    now = real_now()
    async with database.session() as session:
        for hours in (3, 1, 2):
            due = now + timedelta(hours=hours)
            session.add(
                Timer(
                    id=new_id(), subject="order", subject_id=new_id(), action="expire", kind="row", anchor=now, due=due
                )
            )
    async with database.session() as session:
        assert await next_due(session, after=now) == now + timedelta(hours=1)
        assert await next_due(session, after=now + timedelta(hours=1)) == now + timedelta(hours=2)
        assert await next_due(session, after=now + timedelta(hours=3)) is None
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await session.execute(text("EXPLAIN SELECT min(due) FROM timers WHERE due > now()"))
        assert any("ix_timers_due" in line for line in plan.scalars())
