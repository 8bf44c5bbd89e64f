"""The benchmark's orders are what the product itself would have made of their lives."""

from uuid import UUID

from sqlalchemy import select

from bench.cluster import Hub
from orderhub.domain.escrow.check import check
from orderhub.domain.orders import timers
from orderhub.domain.orders.models import Order
from orderhub.domain.orders.state import COLUMNS, OrderState
from orderhub.domain.transitions.models import Timer
from orderhub.infra.database import Database


async def test_the_ledger_check_finds_nothing_wrong(hub: Hub, database: Database) -> None:
    async with database.session() as session:
        report = await check(session)
    assert report.ok, report.wrong
    assert {total.kind: total.amount for total in report.totals}["escrow"] == 40 * 15_000


async def test_the_clocks_that_run_are_those_that_the_engine_would_set(hub: Hub, database: Database) -> None:
    async with database.session() as session:
        for order in await session.scalars(select(Order)):
            found = await session.execute(
                select(Timer.kind, Timer.action, Timer.anchor, Timer.due).where(Timer.subject_id == order.id)
            )
            state = OrderState(**{name: getattr(order, name) for name in COLUMNS})
            expected = {(timer.kind, timer.action, timer.anchor, timer.due) for timer in timers.running(state)}
            assert {tuple(row) for row in found} == expected


async def test_ids_carry_the_instant_of_their_order(hub: Hub, database: Database) -> None:
    async with database.session() as session:
        orders = await session.execute(select(Order.id, Order.placed_at))
    assert all(_milliseconds(order_id) == placed.timestamp() * 1000 for order_id, placed in orders)


def _milliseconds(order_id: UUID) -> int:
    return order_id.int >> 80
