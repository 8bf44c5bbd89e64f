"""What migrations make of rows that an older version has written: the same as this one writes."""

import importlib.util
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from orderhub.domain.orders.kinds.service.details import DeliveredFile, Extension, Extra, ServiceDetails, details_of
from orderhub.domain.orders.kinds.sourced.details import SourcedDetails
from orderhub.domain.orders.loading import state_of
from orderhub.domain.orders.models import Order
from orderhub.domain.payments.ports import NotificationType
from orderhub.domain.process import By
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


DETAILS: Final = script("details_of_orders")
DELIVERIES: Final = script("deliveries")
AT: Final = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EXTENSION, EXTRA = (UUID(f"01a1b84c-13e0-7005-8000-00000000000{n}") for n in (1, 2))
QUESTION: Final[dict[str, Any]] = {"id": "q1", "kind": "file", "label": "Un exemple ?", "required": True, "choices": []}
ANSWER: Final = {"question_id": "q1", "file_id": "fil_01k8z8c8g0f6d9k1v2w3x4y5z6"}
OLD_SERVICE: Final[dict[str, Any]] = {
    "questions": [QUESTION],
    "answers": [ANSWER],
    "instructions_missing": True,
    "days": 7,
    "revisions_included": None,
    "revisions_used": 2,
    "accepted_at": AT,
    "delivered_at": AT,
    "cancellation_refused": True,
    "extension": {"id": str(EXTENSION), "at": "2026-11-20T09:30:00+00:00", "days": 3, "reason": None},
    "extras": [
        {
            "id": str(EXTRA),
            "at": "2026-11-20T09:30:00+00:00",
            "title": "Animé",
            "price": 3000,
            "days": 2,
            "option_id": "x",
        }
    ],
}
OLD_SOURCING: Final[dict[str, Any]] = {
    "quote_id": "quo_x",
    "quote_version": 2,
    "number": "PF-2026-000001",
    "valid_until": "2026-11-27T09:30:00+00:00",
    "deposit": 40,
    "deposit_percent": 40,
    "fees": [{"label": "Frais", "amount": 9, "tax_basis_points": 2000}],
    "freight": {"basis": "flat", "amount": 5, "weight_grams": None, "rate_per_kg": None, "tax_basis_points": 0},
    "payment_instructions": [{"method": "transfer", "label": "Banque", "text": "FR76"}],
    "remarks": None,
    "address": {"country": "FR", "phone": None},
    "purchase_by": "2026-12-01T00:00:00+01:00",
    "arrive_by": "2026-12-14T00:00:00+01:00",
    "change": {"id": str(EXTENSION), "at": "2026-11-20T09:30:00+00:00", "line_id": "lin_1",
               "proposed": {"unit_price": 5}, "reason": "Rupture."},
    "proof": {"id": str(EXTRA), "payment_id": str(EXTENSION), "payment_version": 2, "sha256": "ab",
              "file_id": str(EXTRA), "at": "2026-11-20T09:30:00+00:00", "via": "mail", "amount": None,
              "method": None, "reference": None},
    "invoice": {"total": 100, "balance": 60, "id": "doc_x", "number": "FA-2026-000001"},
    "pick_up_code": "04815162",
    "pick_up": {"instructions": "Au comptoir.", "appointment": None},
    "carrier": None,
    "tracking_number": None,
    "staff": [str(EXTRA)],
    "rulings_by_others": True,
}  # fmt: skip
"""As the version before wrote them; one of an earlier day has no ``time_zone`` either."""


def _to(connection: Connection, revision: str) -> None:
    """Up or down to a revision."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations.scripts().parent))
    there = connection.scalar(text("SELECT version_num FROM alembic_version"))
    connection.commit()
    (command.upgrade if there < revision else command.downgrade)(config, revision)


@pytest.fixture
async def earlier(database: Database) -> AsyncIterator[AsyncConnection]:
    """The tables of the version before, in which rows can be written that have no history."""
    async with database.engine.connect() as connection:
        await connection.run_sync(_to, DETAILS.down_revision)
        await connection.commit()
        await connection.execute(text("SET session_replication_role = replica"))
        yield connection
        await connection.rollback()
        await connection.execute(text("RESET session_replication_role"))
        await connection.commit()


async def old_orders(connection: AsyncConnection, *columns: dict[str, Any]) -> list[UUID]:
    """Write orders as the version before did, in that order."""
    plain: dict[str, Any] = {
        **dict.fromkeys(("title", "category"), "Logo"),
        **dict.fromkeys(("buyer_id", "seller_id", "conversation_id"), new_id()),
        **dict.fromkeys(("placed_at", "status_since", "clock_anchor"), AT),
        "kind": "service",
        "status": "delivered",
        "version": 3,
        "currency": "EUR",
        "total": 100,
        "lines": [],
        "commission_basis_points": 0,
        "terms": {},
        "instructions_missing": False,
        "days": 7,
    }
    table = await connection.run_sync(lambda there: Table("orders", MetaData(), autoload_with=there))
    rows = [{"id": new_id(), **plain, **more} for more in columns]
    for row in rows:
        await connection.execute(insert(table).values(row))
    await connection.commit()
    return [row["id"] for row in rows]


async def test_what_only_one_kind_had_is_in_its_details(
    database: Database, database_url: str, earlier: AsyncConnection
) -> None:
    of_house = {"kind": "sourced", "status": "ready", "sourcing": OLD_SOURCING}
    service, sourced = await old_orders(earlier, OLD_SERVICE, of_house)
    await migrations.upgrade(database_url)
    async with database.session() as session:
        found = {order.id: state_of(order) for order in await session.scalars(select(Order))}
    assert found[service].details == ServiceDetails(
        days=7,
        questions=(QUESTION,),
        answers=(ANSWER,),
        instructions_missing=True,
        revisions_included=None,
        revisions_used=2,
        accepted_at=AT,
        delivered_at=AT,
        cancellation_refused=True,
        extension=Extension(EXTENSION, AT, 3),
        extras=(Extra(EXTRA, AT, "Animé", 3000, 2, "x"),),
    )
    assert found[sourced].details == msgspec.convert(OLD_SOURCING, SourcedDetails)
    assert {order.version for order in found.values()} == {3}


async def test_the_details_of_many_are_filled_and_nothing_else_happens(
    database: Database, database_url: str, earlier: AsyncConnection
) -> None:
    """They take three transactions."""
    await old_orders(earlier, *({"revisions_included": 1} for _ in range(2_100)))
    await migrations.upgrade(database_url)
    told = "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM history)"
    filled = "SELECT count(*), max(version), min((details ->> 'days')::int) FROM orders WHERE details <> '{}'"
    async with database.engine.connect() as connection:
        assert tuple((await connection.execute(text(filled))).one()) == (2_100, 3, 7)
        assert tuple((await connection.execute(text(told))).one()) == (0, 0)


async def test_what_the_version_before_writes_meanwhile_is_copied_too(database: Database) -> None:
    scene = await new_scene(database)
    await scene.place(new_id().hex)
    await scene.go(WAYS["in_progress"])
    async with database.engine.connect() as connection:
        await connection.run_sync(_to, DETAILS.down_revision)
        await connection.run_sync(_to, DETAILS.revision)
        await connection.execute(text("UPDATE orders SET days = 9, delivered_at = '2026-11-20T09:30:00Z'"))
        await connection.commit()
        (details,) = (await connection.scalars(text("SELECT details FROM orders"))).all()
    found = msgspec.convert(details, ServiceDetails)
    assert (found.days, found.delivered_at) == (9, AT)


async def test_the_way_back_has_them_in_columns_again(database: Database) -> None:
    scene = await new_scene(database)
    await scene.place(new_id().hex)
    await scene.go((*WAYS["in_progress"], "seller request_extension", "buyer add_extra"))
    before = details_of(await scene.state())
    async with database.engine.connect() as connection:
        await connection.run_sync(_to, DETAILS.down_revision)
        await connection.commit()
        row = (await connection.execute(text("SELECT * FROM orders"))).one()
    assert (row.days, row.revisions_included, row.accepted_at) == (
        before.days,
        before.revisions_included,
        before.accepted_at,
    )
    assert before.extension is not None
    assert (row.extension["id"], row.extras[0]["price"]) == (str(before.extension.id), before.extras[0].price)
    assert (row.questions, row.sourcing) == (list(before.questions), None)


async def test_what_was_delivered_is_taken_from_the_history(database: Database, database_url: str) -> None:
    scene = await new_scene(database)
    await scene.place(new_id().hex)
    await scene.go(WAYS["in_progress"])
    file, seller_id = DeliveredFile(new_id(), "logo.pdf", "application/pdf", 8), (await scene.state()).seller_id
    await scene.run(
        "INSERT INTO files (id, owner_id, purpose, kind, media_type, name, size, sha256, object_key, created_at)"
        " VALUES (:id, :owner, 'attachment', 'pdf', :type, :name, :size, sha256('x'), 'x', now())",
        id=file.id,
        owner=seller_id,
        type=file.media_type,
        name=file.name,
        size=file.size,
    )
    await scene.act(By.SELLER, "deliver", files=[file.id], delivered=[file])
    for step in ("buyer request_revision", "seller accept_revision", "seller deliver"):
        await scene.take(step)
    written = details_of(await scene.state()).deliveries
    assert [(each.number, each.files) for each in written] == [(1, (file,)), (2, ())]
    async with database.engine.connect() as connection:
        await connection.run_sync(_to, DELIVERIES.down_revision)
        await connection.commit()
        assert (await connection.scalar(text("SELECT details ? 'deliveries' FROM orders"))) is False
    await migrations.upgrade(database_url)
    assert details_of(await scene.state()).deliveries == written
