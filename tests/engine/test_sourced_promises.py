"""What the event log says of a sourced order's money and promised day, whoever reads it however late."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from orderhub.domain.orders.kinds.sourced.details import details_of
from orderhub.domain.process import By
from orderhub.infra.database import Database
from orderhub.kit.ids import show_id
from tests.kinds.sourced.scene import Sourced, new_sourced
from tests.kinds.sourced.ways import CARD, PROVEN


async def events(scene: Sourced, topic: str) -> list[dict[str, Any]]:
    sql = "SELECT data FROM events WHERE topic = :topic AND subject = :subject ORDER BY at"
    found = await scene.rows(sql, topic=topic, subject=show_id("ord", scene.order_id))
    return [row["data"] for row in found]


async def test_an_order_is_late_for_the_day_that_was_promised(database: Database) -> None:
    scene = await new_sourced(database)
    await scene.place()
    await scene.go(CARD)
    order = await scene.state()
    assert order.due_at is not None
    midnight = order.due_at.astimezone(ZoneInfo(details_of(order).time_zone))
    assert (midnight.hour, midnight.minute) == (0, 0)
    await scene.fire(await scene.timer("receive", "late"))
    (late,) = await events(scene, "order.late")
    assert late["promised_on"] == (midnight.date() - timedelta(days=1)).isoformat()


async def test_a_confirmed_deposit_tells_what_came_and_what_is_left(database: Database) -> None:
    scene = await new_sourced(database)
    await scene.place()
    await scene.go(PROVEN)
    order = await scene.state()
    received = details_of(order).deposit + 500
    await scene.act(By.FINANCE, "confirm_deposit", received={"amount": received, "currency": "EUR"})
    said = (await events(scene, "order.transitioned"))[-1]["said"]
    assert said["paid"] == {"amount": received, "currency": "EUR"}
    assert said["left_to_pay"] == {"amount": order.total - received, "currency": "EUR"}
