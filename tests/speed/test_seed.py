"""The benchmark's orders are what the product itself would have made of their lives."""

from collections import Counter
from uuid import UUID

from sqlalchemy import select

from bench.cluster import Hub
from orderhub.domain.carts.models import Cart, CartLine
from orderhub.domain.escrow.check import check
from orderhub.domain.orders import timers
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.quotes import timers as quote_timers
from orderhub.domain.quotes.models import Quote
from orderhub.domain.quotes.state import COLUMNS as QUOTE_COLUMNS
from orderhub.domain.quotes.state import QuoteState
from orderhub.domain.shops.hosts import hosts_of
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
            state = state_of(order)
            expected = {(timer.kind, timer.action, timer.anchor, timer.due) for timer in timers.running(state)}
            assert {tuple(row) for row in found} == expected


async def test_the_clocks_of_quotes_are_those_that_their_engine_would_set(hub: Hub, database: Database) -> None:
    async with database.session() as session:
        for quote in await session.scalars(select(Quote)):
            found = await session.execute(
                select(Timer.kind, Timer.action, Timer.anchor, Timer.due).where(Timer.subject_id == quote.id)
            )
            state = QuoteState(**{name: getattr(quote, name) for name in QUOTE_COLUMNS})
            expected = {(timer.kind, timer.action, timer.anchor, timer.due) for timer in quote_timers.running(state)}
            assert {tuple(row) for row in found} == expected
            assert len(expected) == 2


async def test_carts_count_their_lines_and_lines_name_the_hosts_of_their_pages(hub: Hub, database: Database) -> None:
    async with database.session() as session:
        carts = {cart.id: cart for cart in await session.scalars(select(Cart).where(Cart.status == "open"))}
        lines = list(await session.scalars(select(CartLine)))
    found = Counter(line.cart_id for line in lines)
    assert found == {cart.id: cart.line_count for cart in carts.values()}
    assert found == {cart.id: cart.last_place for cart in carts.values()}
    assert all(line.hosts == hosts_of(line.url or "") for line in lines)


async def test_ids_carry_the_instant_of_their_order(hub: Hub, database: Database) -> None:
    async with database.session() as session:
        orders = await session.execute(select(Order.id, Order.placed_at))
    assert all(_milliseconds(order_id) == placed.timestamp() * 1000 for order_id, placed in orders)


def _milliseconds(order_id: UUID) -> int:
    return order_id.int >> 80
