"""What migrations make of rows that an older version has written: the same as this one writes."""

import importlib.util
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import text

from orderhub.domain.payments.ports import NotificationType
from orderhub.infra import migrations
from orderhub.infra.database import Database
from orderhub.kit.ids import new_id
from tests.engine.scene import Scene, note
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS

OPENED, WON, LOST = (
    NotificationType.CHARGEBACK_OPENED,
    NotificationType.CHARGEBACK_WON,
    NotificationType.CHARGEBACK_LOST,
)


def script(name: str) -> Any:
    """The module of a migration."""
    (path,) = migrations.scripts().glob(f"*_{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def charged_back(scene: Scene, *decisions: NotificationType | None) -> None:
    """The bank takes 2,000 for each decision, and decides."""
    payment_id = UUID((await scene.state()).funds[0]["payment_id"])
    for kind in decisions:
        opened = note(OPENED, payment_id, provider_id=new_id().hex, amount=2_000)
        await scene.told(opened)
        if kind is not None:
            await scene.told(replace(opened, type=kind, id=new_id().hex))


async def test_chargebacks_are_known_by_what_was_told_of_them(database: Database) -> None:
    scene = await new_scene(database)
    for steps, decisions in (((), (LOST, None, WON)), (("buyer approve",), (LOST, None, WON))):
        await scene.place(new_id().hex)
        await scene.go((*WAYS["delivered"], *steps))
        await charged_back(scene, *decisions)
    compared = ("payment_id", "order_id", "provider", "provider_id", "amount", "currency", "status", "version")
    compared += ("from_escrow", "from_seller")
    async with database.engine.connect() as connection:
        made = await connection.run_sync(script("26_chargebacks").known_before)
        there = (await connection.execute(text("SELECT * FROM chargebacks"))).mappings().all()
    assert len(there) == 6
    assert {tuple(row[name] for name in compared) for row in made} == {
        tuple(row[name] for name in compared) for row in there
    }
