"""What every row of every order table is held to when it lands: for the tests of the rows, table by table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import asyncpg
import pytest

from orderhub.domain.orders import timers
from orderhub.domain.orders.state import Facts, OrderState
from orderhub.domain.process import By, Row
from orderhub.domain.transitions.timers import ROW
from orderhub.infra.database import Database
from tests.engine.faults import COMMIT, CONNECTION, digests, fault
from tests.engine.scene import Scene
from tests.kinds.cases import Case

S = TypeVar("S", bound=Scene)
REFUSED = (asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError)
Act = Callable[[], Awaitable[Any]]


@dataclass(frozen=True)
class Ready(Generic[S]):
    """A scene from which one row can be taken, and the taking of it: the same however often it is tried."""

    scene: S
    take: Act


async def make_ready(database: Database, case: Case) -> Ready[Scene]:
    """An order on its way to the row, and the row's taking."""
    row, by = case.row, case.by
    scene = await case.recipe.new_scene(database, **case.recipe.settings_of(row))
    if row.start is None:
        await scene.before_placing()
        return Ready(scene, scene.place)
    await scene.place()
    await scene.go(case.steps)
    if by is By.CLOCK:
        timer = await scene.timer(row.action)
        return Ready(scene, lambda: scene.fire(timer))
    if by is By.PROVIDER:
        news = await scene.news(row.action)
        return Ready(scene, lambda: scene.told(news))
    if by is By.TRACKING:
        return Ready(scene, lambda: scene.scan(row.action))
    said = await scene.saying(row.action)
    return Ready(scene, lambda: scene.ask(by, row.action, said, "the same key"))


async def leaves_nothing(faulty: Database, make: Callable[[], Awaitable[Ready[S]]], table: str) -> Ready[S]:
    """A fault at each place that the row writes to leaves everything as it was; afterwards it can be taken."""
    twin = await make()
    before = await digests(faulty)
    await twin.take()
    written = [name for name, held in (await digests(faulty)).items() if held != before[name]]
    assert {table, "history", "events"} <= set(written)
    ready = await make()
    untouched = await digests(faulty)
    for place in (*written, COMMIT, CONNECTION):
        async with fault(faulty, place):
            with pytest.raises(REFUSED):
                await ready.take()
        assert await digests(faulty) == untouched, place
    await ready.take()
    assert {name for name, held in (await digests(faulty)).items() if held != untouched[name]} == set(written)
    return ready


async def history_and_event(scene: Scene, row: Row[Facts], by: By, after: OrderState) -> None:
    """The newest row of the history and the newest event say what was done, by whom, from where to where."""
    found = await scene.rows("SELECT * FROM history WHERE subject_id = :order ORDER BY version")
    assert [one["version"] for one in found] == list(range(1, after.version + 1))
    last, start = found[-1], row.start.code if row.start else ""
    assert (last["from_status"], last["action"], last["to_status"]) == (start, row.action, after.status)
    assert (last["by"], last["actor_id"]) == (by.value, scene.callers[by].account_id if by in scene.callers else None)
    sql = "SELECT * FROM events WHERE first_party = :buyer AND topic LIKE 'order.%' ORDER BY sequence"
    events = await scene.rows(sql, buyer=after.buyer_id)
    assert [event["sequence"] for event in events] == list(range(1, after.version + 1))
    data = events[-1]["data"]
    assert (data["action"], data["from"] or "", data["to"]) == (row.action, start, after.status)
    assert (events[-1]["second_party"], data["order"]["version"]) == (after.seller_id, after.version)


async def timers_are_those_of_the_table(scene: Scene, after: OrderState) -> None:
    """The order's timers are those that its table gives it now, and no row's that it left."""
    now, running = await scene.now(), timers.running(after)
    wanted = {(timer.key, timer.due) for timer in running if timer.kind == ROW or timer.due > now}
    kept = {(f"{t.kind}:{t.action}:{t.request_id or ''}", t.due) for t in await scene.timers()}
    assert kept >= wanted
    actions = {timer.action for timer in running}
    assert all(timer.kind != ROW for timer in await scene.timers() if timer.action not in actions)
