"""Timers on PostgreSQL: each has exactly one effect, whoever sweeps, however late, however often."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.process import By
from orderhub.infra.database import Database
from orderhub.jobs.timers import any_due, sweep
from orderhub.kit.ids import show_id
from tests.engine.scene import Scene
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def scene_at(database: Database, status: str) -> Scene:
    scene = await new_scene(database)
    await scene.place()
    await scene.go(WAYS[status])
    return scene


async def sweep_all(database: Database) -> None:
    while await any_due(database):
        await sweep(database)


async def actions(scene: Scene) -> list[str]:
    rows = await scene.rows("SELECT action FROM history WHERE subject_id = :order ORDER BY version")
    return [row["action"] for row in rows]


async def told(scene: Scene, topic: str) -> list[dict[str, Any]]:
    sql = "SELECT data, at FROM events WHERE topic = :topic AND subject = :subject ORDER BY at"
    return await scene.rows(sql, topic=topic, subject=show_id("ord", scene.order_id))


async def test_several_workers_at_once(database: Database, database_url: str) -> None:
    scenes = [await scene_at(database, "delivered") for _ in range(10)]
    await scenes[0].pass_time(8 * DAY)
    others = [Database(database_url, pool=3) for _ in range(3)]
    for other in others:
        await other.open()
    await asyncio.gather(*(sweep(worker) for worker in (database, *others, database, *others)))
    await sweep_all(database)
    for other in others:
        await other.close()
    for scene in scenes:
        assert (await actions(scene)).count("auto_approve") == 1
        assert (await scene.state()).status == "completed"
        assert len(await told(scene, "order.reminder")) <= 1
        assert await scene.timers() == []
    await scenes[0].in_order()


async def test_a_worker_that_was_suspended_comes_too_late(database: Database) -> None:
    scene = await scene_at(database, "delivered")
    timer = await scene.timer("auto_approve")
    await scene.pass_time(8 * DAY)
    await sweep_all(database)
    after = await scene.state()
    for _ in range(3):
        await scene.fire(timer)
    assert await scene.state() == after
    assert (await actions(scene)).count("auto_approve") == 1


async def test_a_worker_suspended_in_the_middle_holds_up_nobody_else(database: Database) -> None:
    held, free = await scene_at(database, "delivered"), await scene_at(database, "delivered")
    await held.pass_time(8 * DAY)
    async with database.session() as suspended:
        await suspended.execute(text("SELECT 1 FROM orders WHERE id = :id FOR UPDATE"), {"id": held.order_id})
        await asyncio.wait_for(sweep(database), timeout=20)
        statuses = await free.rows(
            "SELECT status FROM orders WHERE id IN (:a, :b) ORDER BY id", a=held.order_id, b=free.order_id
        )
        assert [row["status"] for row in statuses] == ["delivered", "completed"]
    await sweep_all(database)
    assert (await held.state()).status == "completed"


async def test_a_timer_of_a_time_that_is_over_does_nothing(database: Database) -> None:
    scene = await scene_at(database, "delivered")
    timer = await scene.timer("auto_approve")
    await scene.go(("buyer request_revision", "seller accept_revision", "seller deliver"))
    await scene.pass_time(6 * DAY)
    await scene.fire(timer)
    assert (await scene.state()).status == "delivered"
    await scene.pass_time(2 * DAY)
    await scene.fire(timer)
    assert (await scene.state()).status == "delivered", "it counts from the first delivery"
    await sweep_all(database)
    assert (await scene.state()).status == "completed"


@pytest.mark.parametrize(
    ("status", "action", "after", "waits_for"),
    [
        ("awaiting_payment", "expire", 12 * HOUR, "buyer"),
        ("awaiting_acceptance", "expire", 24 * HOUR, "seller"),
        ("revision_requested", "auto_accept_revision", 24 * HOUR, "seller"),
        ("delivered", "auto_approve", 6 * DAY, "buyer"),
        ("in_progress", "deliver", 4 * DAY, "seller"),
    ],
)
async def test_whoever_is_waited_for_is_reminded_once(
    database: Database, status: str, action: str, after: timedelta, waits_for: str
) -> None:
    scene = await scene_at(database, status)
    since = (await scene.state()).clock_anchor
    timer = await scene.timer(action, "remind")
    assert timer.due == since + after
    await scene.pass_time(after - HOUR)
    await sweep_all(database)
    assert await told(scene, "order.reminder") == []
    await scene.pass_time(HOUR)
    for _ in range(2):
        await sweep_all(database)
        await scene.fire(timer)
    (reminder,) = await told(scene, "order.reminder")
    data = reminder["data"]
    assert (data["action"], data["waits_for"], data["tells"]) == (action, [waits_for], [waits_for])
    assert (await scene.state()).status == status


async def test_late_work_is_told_once_and_stays(database: Database) -> None:
    scene = await scene_at(database, "in_progress")
    timer = await scene.timer("deliver", "late")
    await scene.pass_time(5 * DAY)
    for _ in range(2):
        await sweep_all(database)
        await scene.fire(timer)
    assert len(await told(scene, "order.late")) == 1
    assert (await scene.state()).status == "in_progress"
    await scene.go(("seller request_extension", "buyer accept_extension"))
    assert (await scene.timer("deliver", "late")).due == timer.due + 3 * DAY


async def test_what_is_pending_is_overtaken_with_its_timers_and_payments(database: Database) -> None:
    scene = await scene_at(database, "in_progress")
    await scene.go(("buyer request_cancellation", "seller request_extension", "buyer add_extra"))
    before = await scene.state()
    extra = details_of(before).extras[0]
    payment_id = await scene.open_payment(extra_id=extra.id, amount=extra.price)
    wanted = {str(request.id) for request in (details_of(before).extension, extra) if request}
    assert {"lapse_cancellation", "lapse_extension", "lapse_extra"} <= {timer.action for timer in await scene.timers()}
    await scene.act(By.BUYER, "report_problem")
    await scene.act(By.SELLER, "deliver")
    state = await scene.state()
    assert (state.cancellation, details_of(state).extension, details_of(state).extras) == (None, None, ())
    assert {timer.action for timer in await scene.timers()} == {"auto_approve", "freeze"}
    last = (await scene.rows("SELECT data FROM history WHERE subject_id = :order ORDER BY version DESC LIMIT 1"))[0]
    assert set(last["data"]["overtaken"]) == wanted
    assert last["data"]["cancellation_declined"] is True
    payment = (await scene.rows("SELECT status, version FROM payments WHERE id = :id", id=payment_id))[0]
    assert payment == {"status": "expired", "version": 2}
    told_of = await scene.rows("SELECT 1 FROM events WHERE topic = 'payment.expired'")
    assert len(told_of) == 1, "the job that closes it at the provider comes from this"
    await scene.in_order()


async def test_an_unpaid_extra_closes_with_its_clock(database: Database) -> None:
    scene = await scene_at(database, "in_progress")
    await scene.take("buyer add_extra")
    extra = details_of(await scene.state()).extras[0]
    await scene.take("buyer add_extra")
    payment_id = await scene.open_payment(extra_id=extra.id, amount=extra.price)
    first = next(timer for timer in await scene.timers() if (timer.request_id, timer.kind) == (extra.id, "row"))
    await scene.pass_time(first.due - await scene.now())
    await scene.fire(first)
    assert len(details_of(await scene.state()).extras) == 1
    (payment,) = await scene.rows("SELECT status FROM payments WHERE id = :id", id=payment_id)
    assert payment["status"] == "expired"


async def test_fourteen_days_in_all_however_often_instructions_are_asked_for(database: Database) -> None:
    scene = await scene_at(database, "awaiting_acceptance")
    paid_at = (await scene.state()).paid_at
    assert paid_at is not None
    for _ in range(8):
        await scene.go(("time 20", "seller ask_instructions", "time 21"))
        await scene.act(By.BUYER, "provide_instructions", answers=[])
    assert (await scene.timer("expire")).due == paid_at + 14 * DAY
    await scene.pass_time(8 * HOUR + HOUR)
    await sweep_all(database)
    assert (await scene.state()).status == "cancelled"
    await scene.in_order()
