"""What the database refuses by itself, whoever writes past the engine."""

from collections.abc import Sequence
from typing import Any

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from orderhub.infra.database import Database
from orderhub.kit.ids import new_id
from tests.engine.scene import Scene
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS

connect: Any = asyncpg.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
HISTORY = (
    "INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, at, data) "
    "SELECT id, version + {step}, '{process}', '{start}', '{action}', '{to}', 'buyer', now(), '{{}}' "
    "FROM orders WHERE id = :order"
)
POSTING = (
    "INSERT INTO postings (id, source, target, amount, currency, order_id, reason, at) "
    "VALUES (:id, {source}, {target}, {amount}, '{currency}', :order, 'by hand', now())"
)
ESCROW = "'escrow:' || CAST(:order AS uuid)"


def history(action: str, to: str, *, start: str = "in_progress", step: int = 1, process: str = "service") -> str:
    return HISTORY.format(process=process, start=start, action=action, to=to, step=step)


def posting(source: str, target: str, amount: int = 1, currency: str = "EUR") -> str:
    return POSTING.format(source=source, target=target, amount=amount, currency=currency)


@pytest.fixture
async def scene(faulty: Database) -> Scene:
    """Bruno is at work on Awa's logo."""
    found = await new_scene(faulty)
    await found.place()
    await found.go(WAYS["in_progress"])
    return found


async def in_one_transaction(connection: Any, scene: Scene, statements: Sequence[str]) -> None:
    async with connection.transaction():
        for statement in statements:
            await connection.execute(statement.replace(":order", f"'{scene.order_id}'").replace(":id", f"'{new_id()}'"))


async def refused(scene: Scene, *statements: str, because: str) -> None:
    """One transaction of these statements fails with that message, and leaves nothing."""
    before = await scene.state()
    connection = await connect(scene.database.dsn)
    try:
        with pytest.raises(asyncpg.PostgresError, match=because):
            await in_one_transaction(connection, scene, statements)
    finally:
        await connection.close()
    assert await scene.state() == before
    await scene.in_order()


def set_order(fields: str) -> str:
    return f"UPDATE orders SET {fields} WHERE id = :order"


@pytest.mark.parametrize(
    "to", ["awaiting_payment", "awaiting_acceptance", "revision_requested", "completed", "unheard_of"]
)
async def test_a_status_that_no_row_leads_to(scene: Scene, to: str) -> None:
    final = ", final_at = now()" if to == "completed" else ""
    await refused(scene, set_order(f"status = '{to}', version = version + 1{final}"), because="no row leads from")


async def test_a_status_without_its_version(scene: Scene) -> None:
    await refused(scene, set_order("status = 'delivered'"), because="counts the version up by one")


@pytest.mark.parametrize("step", [-1, 2, 100])
async def test_a_version_that_jumps(scene: Scene, step: int) -> None:
    jump = set_order(f"version = version + {step}")
    await refused(scene, jump, because="counts the version up by one")
    await refused(
        scene, history("deliver", "delivered", step=step), jump, because="counts the version up by one|duplicate key"
    )


async def test_a_change_without_history(scene: Scene) -> None:
    await refused(scene, set_order("status = 'delivered', version = version + 1"), because="has no history row")
    await refused(scene, set_order("version = version + 1"), because="has no history row")


async def test_a_history_of_another_change(scene: Scene) -> None:
    change = set_order("status = 'delivered', version = version + 1")
    await refused(scene, history("request_extension", "in_progress"), change, because="has no history row")
    await refused(scene, history("open_dispute", "disputed"), change, because="has no history row")
    other = history("capture", "captured", start="created", process="payment")
    await refused(scene, other, change, because="has no history row")


@pytest.mark.parametrize("action", ["approve", "deliver", "nothing_of_the_kind"])
async def test_a_history_along_no_edge(scene: Scene, action: str) -> None:
    await refused(scene, history(action, "completed"), because="fk_history_process_edges")


async def test_a_history_written_anew(scene: Scene) -> None:
    for statement in (
        "UPDATE history SET by = 'seller' WHERE subject_id = :order",
        """UPDATE history SET data = '{"reason": "Autre chose"}' WHERE subject_id = :order""",
        "DELETE FROM history WHERE subject_id = :order",
        "TRUNCATE history",
    ):
        await refused(scene, statement, because="history is append-only")


@pytest.mark.parametrize("fields", ["held = 0", "held = held + 1", "held = -1"])
async def test_held_money_moved_by_hand(scene: Scene, fields: str) -> None:
    await refused(scene, set_order(fields), because="only postings move what is held")


async def test_a_final_order_with_money(scene: Scene) -> None:
    cancel = set_order("status = 'cancelled', version = version + 1, final_at = now()")
    await refused(scene, history("cancel", "cancelled"), cancel, because="a final order still holds money")


async def test_money_for_a_final_order(scene: Scene) -> None:
    await scene.take("seller cancel")
    await refused(scene, posting("'provider:sandbox'", ESCROW), because="a final order still holds money")


async def test_a_final_order_without_its_end(scene: Scene) -> None:
    await refused(
        scene,
        set_order("status = 'cancelled', version = version + 1"),
        history("cancel", "cancelled"),
        because="final_at is set where no row leads on from",
    )
    await refused(scene, set_order("final_at = now()"), because="final_at is set where no row leads on from")


async def test_postings_changed_or_taken_away(scene: Scene) -> None:
    for statement in (
        "UPDATE postings SET amount = 1 WHERE order_id = :order",
        "DELETE FROM postings WHERE order_id = :order",
        "TRUNCATE postings",
        "TRUNCATE orders CASCADE",
    ):
        await refused(scene, statement, because="append-only")


async def test_more_than_there_is(scene: Scene) -> None:
    await refused(scene, posting(ESCROW, "'hub:losses'", 12_001), because="held_not_negative")
    await refused(scene, posting(f"'payable:{new_id()}'", "'provider:sandbox'"), because="has nothing in EUR")
    await scene.go(("seller deliver", "buyer approve"))
    seller = f"'payable:{(await scene.state()).seller_id}'"
    await refused(scene, posting(seller, "'provider:sandbox'", 10_801), because="amount_not_negative")
    await refused(scene, posting(seller, "'provider:sandbox'", 1, "CHF"), because="has nothing in CHF")


async def test_amounts_that_move_nothing(scene: Scene) -> None:
    await refused(scene, posting("'hub:fees'", "'hub:losses'", 0), because="amount_positive")
    await refused(scene, posting("'hub:fees'", "'hub:losses'", -5), because="amount_positive")
    await refused(scene, posting("'hub:fees'", "'hub:fees'"), because="ck_postings_moves")


async def test_money_in_another_currency_or_for_no_order(scene: Scene) -> None:
    await refused(scene, posting("'provider:sandbox'", ESCROW, currency="CHF"), because="no such escrow in CHF")
    nobody = f"'escrow:{new_id()}'"
    await refused(scene, posting("'provider:sandbox'", nobody), because="no such escrow in EUR")


async def test_balances_moved_by_hand(scene: Scene) -> None:
    await scene.go(("seller deliver", "buyer approve"))
    for statement in (
        "UPDATE balances SET amount = amount + 1",
        "DELETE FROM balances",
        f"INSERT INTO balances VALUES ('payable:{new_id()}', 'EUR', 5)",
    ):
        await refused(scene, statement, because="only postings move balances")
    await refused(scene, "TRUNCATE balances", because="append-only")


async def test_an_order_of_another_kind(scene: Scene) -> None:
    await refused(scene, set_order("kind = 'item'"), because="keeps its kind")


@pytest.mark.parametrize("fields", ["status = 'in_progress'", "version = 2", "held = 5"])
async def test_an_order_that_begins_in_the_middle(scene: Scene, fields: str) -> None:
    name, value = fields.split(" = ")
    columns = [column for column in (await scene.rows("SELECT * FROM orders LIMIT 1"))[0] if column not in ("id", name)]
    names = ", ".join(columns)
    start = {"status": "'awaiting_payment'", "version": "1", "held": "0"}
    values = ", ".join(start.get(column, column) for column in columns)
    copy = f"INSERT INTO orders (id, {name}, {names}) SELECT :id, {value}, {values} FROM orders WHERE id = :order"
    await refused(scene, copy, because="can't begin as")


async def test_an_order_without_its_history(scene: Scene) -> None:
    columns = [
        c for c in (await scene.rows("SELECT * FROM orders LIMIT 1"))[0] if c not in ("id", "held", "version", "status")
    ]
    names = ", ".join(columns)
    first = "'awaiting_payment'"
    copy = f"INSERT INTO orders (id, status, {names}) SELECT :id, {first}, {names} FROM orders WHERE id = :order"
    await refused(scene, copy, because="has no history row")


@pytest.mark.parametrize("table", ["payments", "refunds"])
async def test_payments_and_refunds_go_by_their_tables_too(scene: Scene, table: str) -> None:
    await scene.take("seller refund_part")
    to = "created" if table == "payments" else "succeeded"
    step = f"UPDATE {table} SET status = '{to}', version = version + 1 WHERE order_id = :order"
    await refused(scene, step, because="no row leads from")
    listed = "sent" if table == "refunds" else "captured"
    await refused(scene, f"UPDATE {table} SET version = version + 2 WHERE order_id = :order", because="by one")
    if table == "refunds":
        step = f"UPDATE refunds SET status = '{listed}', version = version + 1 WHERE order_id = :order"
        await refused(scene, step, because="has no history row")


async def test_through_the_orm_as_well(scene: Scene) -> None:
    with pytest.raises(DBAPIError, match="counts the version up by one"):
        await scene.run("UPDATE orders SET status = 'completed', final_at = now() WHERE id = :order")
