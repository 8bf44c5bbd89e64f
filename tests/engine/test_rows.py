"""Each row of the service table on PostgreSQL: everything of it lands together, or nothing at all."""

import pytest

from orderhub.domain.orders.kinds.service.table import SERVICE
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Escrow, Row
from orderhub.infra.database import Database
from tests.engine.landing import Ready, history_and_event, leaves_nothing, timers_are_those_of_the_table
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
REFUNDED: dict[Escrow | None, int] = {
    Escrow.REFUND: PRICE,
    Escrow.REFUND_PART: 1,
    Escrow.SPLIT: 1,
}
RELEASED: dict[Escrow | None, int] = {Escrow.RELEASE: PRICE, Escrow.SPLIT: PRICE - 1}


async def make_ready(database: Database, row: Row[Facts]) -> Ready[Scene]:
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
    await history_and_event(ready.scene, row, actor_of(row), after)
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
    ready = await leaves_nothing(faulty, lambda: make_ready(faulty, row), "orders")
    await ready.scene.in_order()


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
    if after.status in SERVICE.final:
        assert after.held == 0


async def the_answer_is_kept(ready: Ready[Scene], after: OrderState) -> None:
    again = await ready.take()
    kept = await ready.scene.rows("SELECT * FROM idempotency_keys WHERE replays > 0 ORDER BY created_at DESC")
    assert again.replayed
    assert (again.status, again.body) == (kept[0]["status"], kept[0]["body"])
    assert again.headers["ETag"] == f'"{after.version}"'
    assert await ready.scene.state() == after
