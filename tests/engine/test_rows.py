"""Each row of the service table on PostgreSQL: everything of it lands together, or nothing at all."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from orderhub.domain.orders import timers
from orderhub.domain.orders.processes.service import SERVICE
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Escrow, Row
from orderhub.domain.transitions.timers import ROW
from orderhub.infra.database import Database
from tests.engine.faults import COMMIT, CONNECTION, digests, fault
from tests.engine.scene import PRICE, Scene, new_scene
from tests.engine.ways import actor_of, asks_questions, name_of, way_to

ROWS = pytest.mark.parametrize("row", SERVICE.rows, ids=[name_of(row) for row in SERVICE.rows])
SAMPLE = {"place", "confirm_payment", "confirm_extra", "lapse_extra", "refund_part", "rule_split", "win_charge_back"}
"""Tried with every fault each time; the others where slow tests run too."""
FAULTY_ROWS = pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=name_of(row), marks=() if row.action in SAMPLE else pytest.mark.slow)
        for row in SERVICE.rows
    ],
)
REFUSED = (asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)
REFUNDED: dict[Escrow | None, int] = {
    Escrow.REFUND: PRICE,
    Escrow.REFUND_PART: 1,
    Escrow.SPLIT: 1,
}
RELEASED: dict[Escrow | None, int] = {Escrow.RELEASE: PRICE, Escrow.SPLIT: PRICE - 1}
Act = Callable[[], Awaitable[Any]]


@dataclass(frozen=True)
class Ready:
    """A scene from which one row can be taken, and the taking of it: the same however often it is tried."""

    scene: Scene
    take: Act


async def make_ready(database: Database, row: Row[Facts]) -> Ready:
    scene = await new_scene(database, questions=asks_questions(row))
    if row.start is None:
        return Ready(scene, scene.place)
    await scene.place()
    await scene.go(way_to(row))
    by = actor_of(row)
    if by is By.CLOCK:
        timer = await scene.timer(row.action)
        return Ready(scene, lambda: scene.fire(timer))
    if by is By.PROVIDER:
        news = await scene.news(row.action)
        return Ready(scene, lambda: scene.told(news))
    due = await scene.now()
    fixed = {"due_at": due.replace(year=due.year + 1)}
    return Ready(scene, lambda: scene.act(by, row.action, "the same key", **fixed))


@ROWS
async def test_it_lands_whole(row: Row[Facts], faulty: Database) -> None:
    ready = await make_ready(faulty, row)
    before = await ready.scene.state() if row.start else None
    await ready.take()
    after = await ready.scene.state()
    assert after.status in {status.code for status in SERVICE.targets(row)}
    assert after.version == (before.version + 1 if before else 1)
    await history_and_event(ready.scene, row, after)
    await timers_are_those_of_the_table(ready.scene, after)
    if before:
        await money_moved(ready.scene, row, before, after)
    if actor_of(row) not in (By.CLOCK, By.PROVIDER):
        await the_answer_is_kept(ready, after)
    if actor_of(row) is By.PROVIDER:
        assert await ready.take() == "repeated"
        assert await ready.scene.state() == after
    await ready.scene.in_order()


@FAULTY_ROWS
async def test_a_fault_anywhere_leaves_nothing(row: Row[Facts], faulty: Database) -> None:
    twin = await make_ready(faulty, row)
    before = await digests(faulty)
    await twin.take()
    written = [name for name, held in (await digests(faulty)).items() if held != before[name]]
    assert {"orders", "history", "events"} <= set(written)
    ready = await make_ready(faulty, row)
    untouched = await digests(faulty)
    for place in (*written, COMMIT, CONNECTION):
        async with fault(faulty, place):
            with pytest.raises(REFUSED):
                await ready.take()
        assert await digests(faulty) == untouched, place
    await ready.take()
    assert {name for name, held in (await digests(faulty)).items() if held != untouched[name]} == set(written)
    await ready.scene.in_order()


async def history_and_event(scene: Scene, row: Row[Facts], after: OrderState) -> None:
    found = await scene.rows("SELECT * FROM history WHERE subject_id = :order ORDER BY version")
    assert [one["version"] for one in found] == list(range(1, after.version + 1))
    last, start = found[-1], row.start.code if row.start else ""
    assert (last["from_status"], last["action"], last["to_status"]) == (start, row.action, after.status)
    by = actor_of(row)
    assert (last["by"], last["actor_id"]) == (by.value, scene.askers[by].account_id if by in scene.askers else None)
    sql = "SELECT * FROM events WHERE first_party = :buyer AND topic LIKE 'order.%' ORDER BY sequence"
    events = await scene.rows(sql, buyer=after.buyer_id)
    assert [event["sequence"] for event in events] == list(range(1, after.version + 1))
    data = events[-1]["data"]
    assert (data["action"], data["from"] or "", data["to"]) == (row.action, start, after.status)
    assert (events[-1]["second_party"], data["order"]["version"]) == (after.seller_id, after.version)


async def timers_are_those_of_the_table(scene: Scene, after: OrderState) -> None:
    now = await scene.now()
    wanted = {(timer.key, timer.due) for timer in timers.running(after) if timer.kind == ROW or timer.due > now}
    kept = {(f"{t.kind}:{t.action}:{t.request_id or ''}", t.due) for t in await scene.timers()}
    assert kept >= wanted
    assert all(timer.kind != ROW for timer in await scene.timers() if timer.action not in actions_of(after))


def actions_of(order: OrderState) -> set[str]:
    return {timer.action for timer in timers.running(order)}


async def money_moved(scene: Scene, row: Row[Facts], before: OrderState, after: OrderState) -> None:
    assert row.escrow is not None or after.held == before.held
    refunded, released = REFUNDED.get(row.escrow, 0), RELEASED.get(row.escrow, 0)
    assert (after.refunded - before.refunded, after.released - before.released) == (refunded, released)
    refunds = await scene.rows("SELECT status, amount FROM refunds WHERE order_id = :order")
    assert [refund["amount"] for refund in refunds] == ([refunded] if refunded else [])
    sent = await scene.rows(
        "SELECT 1 FROM events WHERE topic = 'refund.pending' AND first_party = :b", b=after.buyer_id
    )
    assert len(sent) == len(refunds)
    if row.escrow is Escrow.HOLD:
        assert after.held > before.held
    if SERVICE.by_code[after.status].final:
        assert after.held == 0


async def the_answer_is_kept(ready: Ready, after: OrderState) -> None:
    again = await ready.take()
    kept = await ready.scene.rows("SELECT * FROM idempotency_keys WHERE replays > 0 ORDER BY created_at DESC")
    assert again.replayed
    assert (again.status, again.body) == (kept[0]["status"], kept[0]["body"])
    assert again.headers["ETag"] == f'"{after.version}"'
    assert await ready.scene.state() == after
