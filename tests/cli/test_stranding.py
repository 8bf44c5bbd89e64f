"""A table that would strand what is open is refused before anything is migrated."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from orderhub.commands.database import connected
from orderhub.commands.stranding import refuse_stranding
from orderhub.commands.terminal import RefusedError
from orderhub.domain.process import Process
from orderhub.domain.processes import PROCESSES
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.making.orders import add_order, live
from tests.making.payments import new_payment
from tests.making.people import add_person


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[Any]:
    async with connected(database_url) as found:
        yield found


def without(name: str, status: str, *, rows_only: bool = False) -> Mapping[str, Process[Any]]:
    """The tables of a version in which a status is missing, or has no row that leaves it."""
    process = PROCESSES[name]
    rows = tuple(row for row in process.rows if not (row.start and row.start.code == status))
    statuses = process.statuses if rows_only else tuple(one for one in process.statuses if one.code != status)
    return {**PROCESSES, name: replace(process, rows=rows, statuses=statuses)}


@pytest.mark.parametrize("rows_only", [False, True])
async def test_open_orders_are_counted_and_named(database: Database, connection: Any, *, rows_only: bool) -> None:
    async with database.session() as session:
        awa, bruno = await add_person(session, "awa"), await add_person(session, "bruno")
        orders = [await add_order(session, awa, bruno) for _ in range(6)]
        for order in orders:
            await live(session, order, steps=1)
        status = orders[0].status
    await refuse_stranding(connection)
    with pytest.raises(RefusedError) as refused:
        await refuse_stranding(connection, without("service", status, rows_only=rows_only))
    said = str(refused.value)
    assert f"6 in service/{status}: " in said
    ids = sorted(show_id("ord", order.id) for order in orders)
    assert [one for one in ids if one in said] == ids[:5]


async def test_so_are_open_payments_and_not_those_that_have_ended(database: Database, connection: Any) -> None:
    async with database.session() as session:
        awa, bruno = await add_person(session, "awa"), await add_person(session, "bruno")
        order = await add_order(session, awa, bruno)
        await live(session, order, steps=1)
        opened = new_payment(order, status="created")
        session.add_all([opened, new_payment(order, status="captured", request_key="two")])
    with pytest.raises(RefusedError) as refused:
        await refuse_stranding(connection, without("payment", "created", rows_only=True))
    assert f"1 in payment/created: {show_id('pay', opened.id)}" in str(refused.value)
    await refuse_stranding(connection, without("payment", "captured"))


async def test_what_has_ended_is_stranded_by_nothing(connection: Any) -> None:
    await refuse_stranding(connection, {})


async def test_a_database_without_tables_strands_nothing(connection: Any) -> None:
    await connection.execute("DROP TABLE orders, quotes, payments, refunds CASCADE")
    await refuse_stranding(connection, {})
