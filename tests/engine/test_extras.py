"""What a paid extra does to the due date: it comes nearer, and never so near that the order is late at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from orderhub.domain.orders.kinds.service.presentation import line
from orderhub.domain.process import By
from orderhub.infra.database import Database
from orderhub.kit.errors import DomainError
from orderhub.kit.ids import parse_id, show_id
from tests.engine.scene import Scene
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS

DAY = timedelta(days=1)
ABOUT = timedelta(seconds=30)
"""What the test itself may take."""


async def after(database: Database, passed: timedelta, days: int) -> tuple[Scene, timedelta, timedelta]:
    """A five-day order in which a paid extra of so many days comes late: what was left of the time, and what is."""
    scene = await new_scene(database)
    await scene.place()
    await scene.go(WAYS["in_progress"])
    await scene.pass_time(passed)
    due = (await scene.state()).due_at
    option = {"id": show_id("opt", uuid4()), "title": "48 h", "price": 3_000, "days": days}
    await scene.act(By.BUYER, "add_extra", option=option)
    await scene.take("provider confirm_extra")
    now, moved = await scene.now(), (await scene.state()).due_at
    assert due is not None
    assert moved is not None
    return scene, due - now, moved - now


@pytest.mark.parametrize(
    ("passed", "days", "left"),
    [
        (2 * DAY, -3, DAY),
        (2 * DAY, -60, DAY),
        (1 * DAY, -3, DAY),
        (timedelta(), -3, 2 * DAY),
        (2 * DAY, -1, 2 * DAY),
        (2 * DAY, 2, 5 * DAY),
        (4 * DAY + DAY / 2, -1, DAY / 2),
        (6 * DAY, -1, -1 * DAY),
    ],
    ids=str,
)
async def test_the_due_date(database: Database, passed: timedelta, days: int, left: timedelta) -> None:
    """Where less than a day is left, or none, an express extra leaves it so."""
    _, before, found = await after(database, passed, days)
    assert abs(found - left) < ABOUT
    assert found <= before or days > 0


async def test_a_buyer_who_paid_for_haste_cannot_cancel_at_once(database: Database) -> None:
    scene, _, _ = await after(database, 2 * DAY, -3)
    with pytest.raises(DomainError):
        await scene.act(By.BUYER, "cancel")
    assert (await scene.state()).status == "in_progress"
    await scene.in_order()


async def test_a_paid_extra_is_a_line_under_its_id(database: Database) -> None:
    scene, _, _ = await after(database, timedelta(), 2)
    added = (await scene.state()).lines[-1]
    extra_id = parse_id("ext", added["id"])
    assert extra_id is not None
    assert line(added) == added
    assert line({**added, "id": str(extra_id)}) == added, "as an older version kept it"
