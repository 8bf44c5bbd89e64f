"""What the database refuses of quotes, versions, documents and sourced orders, whoever writes past the engine."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import asyncpg
import pytest

from orderhub.domain.orders.kinds.sourced.table import SOURCED
from orderhub.domain.process import By, Process
from orderhub.domain.quotes.process import QUOTE
from orderhub.infra.database import Database
from tests.kinds.sourced.scene import Sourced, new_sourced
from tests.kinds.sourced.ways import INVOICED

connect: Any = asyncpg.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
HISTORY = (
    "INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, at, data) "
    "VALUES (:id, {version}, '{process}', '{start}', '{action}', '{to}', 'buyer', now(), '{{}}')"
)


@pytest.fixture
async def scene(faulty: Database) -> Sourced:
    """Awa's order waits for its balance: a quote, a version, two documents."""
    found = await new_sourced(faulty)
    await found.place()
    await found.go(INVOICED)
    return found


async def refused(scene: Sourced, *statements: str, because: str) -> None:
    """One transaction of these statements fails with that message, and leaves nothing."""
    before = await scene.state(), await scene.quote()
    connection = await connect(scene.database.dsn)
    try:
        with pytest.raises(asyncpg.PostgresError, match=because):
            await in_one_transaction(connection, scene, statements)
    finally:
        await connection.close()
    assert (await scene.state(), await scene.quote()) == before
    await scene.in_order()


async def in_one_transaction(connection: Any, scene: Sourced, statements: Sequence[str]) -> None:
    async with connection.transaction():
        for statement in statements:
            named = statement.replace(":order", f"'{scene.order_id}'").replace(":quote", f"'{scene.quote_id}'")
            await connection.execute(named)


def unlisted(process: Process[Any], start: str) -> list[str]:
    """Statuses that no row leads to from this one."""
    listed = {edge.to_status for edge in process.edges() if edge.from_status == start}
    return [status.code for status in process.statuses if status.code not in listed and status.code != start]


@pytest.mark.parametrize("to", [*unlisted(SOURCED, "awaiting_balance"), "in_progress", "unheard_of"])
async def test_an_order_goes_where_no_row_leads(scene: Sourced, to: str) -> None:
    final = ", final_at = now()" if to in ("completed", "cancelled") else ""
    step = f"UPDATE orders SET status = '{to}', version = version + 1{final} WHERE id = :order"
    await refused(scene, step, because="no row leads from")


async def test_a_quote_goes_where_no_row_leads(faulty: Database) -> None:
    scene = await new_sourced(faulty)
    await scene.prepare()
    await scene.on_quote(By.SUPPORT, "issue")
    placed = await new_sourced(faulty)
    await placed.place()
    scene.order_id = placed.order_id
    for to in (*unlisted(QUOTE, "issued"), "unheard_of"):
        final = ", final_at = now()" if to in QUOTE.final else ""
        step = f"UPDATE quotes SET status = '{to}', version = version + 1{final} WHERE id = :quote"
        await refused(scene, step, because="no row leads from")
    step = "UPDATE quotes SET status = 'declined', final_at = now(), version = version + {} WHERE id = :quote"
    await refused(scene, step.format(0), because="counts the version up by one")
    await refused(scene, step.format(2), because="counts the version up by one")
    await refused(scene, step.format(1), because="has no history row")
    unfinished = "UPDATE quotes SET status = 'declined', version = version + 1 WHERE id = :quote"
    await refused(scene, unfinished, because="ck_quotes_final_at_when_final")
    accepted = "UPDATE quotes SET status = 'accepted', final_at = now(), version = version + 1 WHERE id = :quote"
    await refused(scene, accepted, because="ck_quotes_order_when_accepted")


@pytest.mark.parametrize("status", ["in_preparation", "issued", "accepted", "unheard_of"])
async def test_a_quote_that_begins_in_the_middle(scene: Sourced, status: str) -> None:
    columns = [name for name in (await scene.rows("SELECT * FROM quotes LIMIT 1"))[0] if name not in ("id", "status")]
    cleared = {"version": "1", "order_id": "NULL", "cart_id": "gen_random_uuid()"}
    values = ", ".join(cleared.get(name, name) for name in columns)
    copy = (
        f"INSERT INTO quotes (id, status, {', '.join(columns)}) "
        f"SELECT gen_random_uuid(), '{status}', {values} FROM quotes WHERE id = :quote"
    )
    await refused(scene, copy, because="can't begin as")


@pytest.mark.parametrize("process", [SOURCED, QUOTE], ids=["sourced", "quote"])
async def test_history_along_no_edge(scene: Sourced, process: Process[Any]) -> None:
    """Every (from, action, to) that is no row is refused: a few of each status here, all of them by the key."""
    subject = ":order" if process is SOURCED else ":quote"
    listed = {(edge.from_status, edge.action, edge.to_status) for edge in process.edges()}
    actions = sorted({row.action for row in process.rows})
    codes = [status.code for status in process.statuses]
    connection = await connect(scene.database.dsn)
    tried = 0
    try:
        for start, action, to in product(codes, actions[::4], codes[::3]):
            if (start, action, to) in listed:
                continue
            words = {"process": process.name, "start": start, "action": action, "to": to, "version": 99}
            row = HISTORY.format(**words).replace(":id", subject)
            with pytest.raises(asyncpg.ForeignKeyViolationError, match="fk_history_process_edges"):
                await in_one_transaction(connection, scene, [row])
            tried += 1
    finally:
        await connection.close()
    assert tried > 100


@pytest.mark.parametrize(
    "fields",
    ["total = total - 1", "content = '{}'", "expires_at = now() + interval '1 year'", "number = 'PF-1'", "n = 2"],
)
async def test_an_issued_version_changes(scene: Sourced, fields: str) -> None:
    await refused(scene, f"UPDATE quote_versions SET {fields} WHERE quote_id = :quote", because="append-only")


async def test_an_issued_version_goes(scene: Sourced) -> None:
    await refused(scene, "DELETE FROM quote_versions WHERE quote_id = :quote", because="append-only")
    await refused(scene, "TRUNCATE quote_versions", because="append-only")


@pytest.mark.parametrize(
    "fields", ["total = 0", "content = '{}'", "number = 'FA-2026-999999'", "issued_at = now()", "order_id = NULL"]
)
async def test_an_issued_document_changes(scene: Sourced, fields: str) -> None:
    await refused(scene, f"UPDATE documents SET {fields} WHERE order_id = :order", because="append-only")


async def test_an_issued_document_goes(scene: Sourced) -> None:
    await refused(scene, "DELETE FROM documents WHERE order_id = :order", because="append-only")
    await refused(scene, "TRUNCATE documents", because="append-only")


async def test_a_sourced_order_becomes_one_of_another_kind(scene: Sourced) -> None:
    await refused(scene, "UPDATE orders SET kind = 'service' WHERE id = :order", because="keeps its kind")


async def test_money_is_left_in_an_order_that_ends(scene: Sourced) -> None:
    await scene.take("buyer open_dispute")
    version = (await scene.state()).version + 1
    words = {"process": "sourced", "start": "disputed", "action": "rule_release", "to": "completed", "version": version}
    end = "UPDATE orders SET status = 'completed', version = version + 1, final_at = now() WHERE id = :order"
    because = "a final order still holds money"
    await refused(scene, HISTORY.format(**words).replace(":id", ":order"), end, because=because)
