"""In a dispute every clock stands still, and then goes on with what was left of it."""

from datetime import datetime, timedelta

import pytest

from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.process import By
from orderhub.domain.refusals import GuardError
from orderhub.infra.database import Database
from orderhub.jobs.timers import any_due, sweep
from tests.engine.scene import Scene
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import CHARGED_BACK, WAYS

DAY = timedelta(days=1)
LEFT = timedelta(hours=10)
DISPUTE = 9 * DAY
ABOUT = timedelta(seconds=30)
"""What these tests themselves may take."""


async def scene_at(database: Database, status: str) -> Scene:
    scene = await new_scene(database)
    await scene.place()
    await scene.go(WAYS[status])
    return scene


async def sweep_all(database: Database) -> None:
    while await any_due(database):
        await sweep(database)


async def dispute(scene: Scene, by: By = By.BUYER) -> None:
    """Nine days in a dispute, in which nothing fires."""
    await scene.act(by, "open_dispute")
    assert [timer.action for timer in await scene.timers()] == []
    await scene.pass_time(DISPUTE)
    await sweep_all(scene.database)
    assert (await scene.state()).status == "disputed"
    await scene.act(by, "withdraw_dispute")


@pytest.mark.parametrize(
    ("status", "action"),
    [("delivered", "auto_approve"), ("delivered", "freeze"), ("revision_requested", "auto_accept_revision")],
)
async def test_a_clock_goes_on_with_what_was_left(database: Database, status: str, action: str) -> None:
    scene = await scene_at(database, status)
    due = (await scene.timer(action)).due
    if action != "freeze":
        await scene.pass_time(due - await scene.now() - LEFT)
    await dispute(scene)
    assert (await scene.state()).status == status
    again = (await scene.timer(action)).due
    assert timedelta() <= again - due - DISPUTE < ABOUT
    if action != "freeze":
        assert LEFT - ABOUT < again - await scene.now() <= LEFT
        await scene.pass_time(LEFT)
        await sweep_all(database)
        assert (await scene.state()).status != status


async def test_twice_disputed_stands_still_twice(database: Database) -> None:
    scene = await scene_at(database, "delivered")
    approve, freeze = (await scene.timer("auto_approve")).due, (await scene.timer("freeze")).due
    await dispute(scene)
    await scene.pass_time(DAY)
    await dispute(scene, By.SELLER)
    for due, action in ((approve, "auto_approve"), (freeze, "freeze")):
        assert timedelta() <= (await scene.timer(action)).due - due - 2 * DISPUTE < ABOUT
    await scene.in_order()


async def test_a_due_date_moves_by_the_dispute(database: Database) -> None:
    scene = await scene_at(database, "in_progress")
    await scene.go(("buyer request_cancellation", "seller decline_cancellation"))
    due = (await scene.state()).due_at
    assert due is not None
    await dispute(scene)
    state = await scene.state()
    assert state.due_at is not None
    assert timedelta() <= state.due_at - due - DISPUTE < ABOUT
    assert (await scene.timer("deliver", "late")).due == state.due_at


async def test_a_postponed_release_stays_postponed(database: Database) -> None:
    scene = await scene_at(database, "delivered")
    due = (await scene.timer("auto_approve")).due
    await scene.act(By.BUYER, "report_problem")
    assert (await scene.timer("auto_approve")).due == due + 7 * DAY
    await dispute(scene)
    assert timedelta() <= (await scene.timer("auto_approve")).due - due - 7 * DAY - DISPUTE < ABOUT
    for by in (By.SELLER, By.BUYER):
        await scene.act(by, "report_problem")
    assert (await scene.timer("auto_approve")).due - due - 7 * DAY - DISPUTE < ABOUT, "postponed once"
    assert (await scene.state()).open_cases == 3


async def test_a_problem_reported_before_delivery_postpones_nothing_yet(database: Database) -> None:
    scene = await scene_at(database, "in_progress")
    await scene.act(By.BUYER, "report_problem")
    await scene.act(By.SELLER, "deliver")
    delivered = (await scene.state()).clock_anchor
    assert (await scene.timer("auto_approve")).due == delivered + 7 * DAY
    await scene.act(By.BUYER, "report_problem")
    assert (await scene.timer("auto_approve")).due == delivered + 14 * DAY


async def test_frozen_once_after_150_days(database: Database) -> None:
    scene = await scene_at(database, "in_progress")
    paid_at = (await scene.state()).paid_at
    assert paid_at is not None
    assert (await scene.timer("freeze")).due == paid_at + 150 * DAY
    await scene.pass_time(150 * DAY)
    await sweep_all(database)
    state = await scene.state()
    assert (state.status, state.disputed_by, state.held) == ("disputed", "clock", 12_000)
    await scene.act(By.SUPPORT, "resume")
    assert "freeze" not in {timer.action for timer in await scene.timers()}
    await scene.pass_time(400 * DAY)
    await sweep_all(database)
    assert (await scene.state()).status == "in_progress"
    await scene.go(("seller deliver",))
    assert {timer.action for timer in await scene.timers()} == {"auto_approve"}
    await scene.in_order()


async def test_staff_set_a_new_due_date(database: Database) -> None:
    scene = await scene_at(database, "disputed")
    await scene.pass_time(DISPUTE)
    due = await scene.now() + 3 * DAY
    await scene.act(By.SUPPORT, "resume", due_at=due)
    assert (await scene.state()).due_at == due
    assert (await scene.timer("deliver", "late")).due == due
    assert timedelta() <= (await scene.timer("freeze")).due - (await _paid(scene)) - 150 * DAY - DISPUTE < ABOUT


async def test_staffs_date_leaves_a_day_at_least(database: Database) -> None:
    scene = await scene_at(database, "disputed")
    for notice in (-DAY, timedelta(hours=1), DAY - timedelta(seconds=1)):
        with pytest.raises(GuardError) as refused:
            await scene.act(By.SUPPORT, "resume", due_at=await scene.now() + notice)
        assert refused.value.extras["guard"] == "due_date_not_ahead"
    due = await scene.now() + DAY + timedelta(seconds=30)
    await scene.act(By.SUPPORT, "resume", due_at=due)
    assert (await scene.state()).due_at == due


async def test_an_order_disputed_before_it_was_accepted_begins_with_staffs_date(database: Database) -> None:
    scene = await scene_at(database, "awaiting_acceptance")
    await scene.go(("provider charge_back", "support resume"))
    state = await scene.state()
    assert (state.status, details_of(state).accepted_at) == ("in_progress", state.clock_anchor)
    assert (await scene.timer("deliver", "late")).due == state.due_at
    await scene.in_order()


async def test_a_chargeback_won_later_comes_back_to_the_escrow(database: Database) -> None:
    for status, way in CHARGED_BACK.items():
        scene = await new_scene(database)
        await scene.place()
        await scene.go(way)
        assert (await scene.state()).held == 0
        await scene.take("provider win_charge_back")
        state = await scene.state()
        assert (state.status, state.held) == (status, 12_000)
        await scene.in_order()


async def _paid(scene: Scene) -> datetime:
    paid_at = (await scene.state()).paid_at
    assert paid_at is not None
    return paid_at
