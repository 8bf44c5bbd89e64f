"""Each statement that locks, while somebody else changes what it reads: it brings the new state, all of it."""

import asyncio
from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import text

import orderhub.domain
from orderhub.domain.process import By
from orderhub.domain.requests.caller import Caller
from orderhub.infra.database import Database
from orderhub.infra.idempotency import claim_text
from orderhub.infra.locking import LockingStatement, lock
from orderhub.kit.ids import new_id
from tests.kinds.service.scene import new_scene
from tests.kinds.service.ways import WAYS
from tests.making.items import add_item
from tests.making.offers import add_offer
from tests.making.quotes import add_quote
from tests.making.waits import until_waiting

ANEW: Final = "Anew"
_PROOF: Final = """INSERT INTO proofs (id, payment_id, order_id, file_id, sha256, currency, via, status, submitted_by,
    submitted_at)
VALUES (:new_id, :payment_id, :order_id, :new_id, 'x', 'EUR', 'mail', 'under_review', :account_id, now())"""
_ATTEMPT: Final = """INSERT INTO history (subject_id, version, process, from_status, action, to_status, by, at, data)
VALUES (:refund_id, 2, 'refund', 'pending', 'send', 'sent', 'job', now(),
    jsonb_build_object('provider_id', CAST(:attempt_id AS text)))"""
_LINE: Final = """INSERT INTO cart_lines (id, cart_id, place, name, quantity, url, hosts, created_at)
VALUES (:new_id, :cart_id, 999, 'Sandales', 1, :url, '{}', now())"""
ADDED: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "orders": ("UPDATE accounts SET display_name = 'Anew'", {"buyer_name": ANEW, "seller_name": ANEW}),
    "quotes": ("UPDATE accounts SET display_name = 'Anew'", {"buyer_name": ANEW, "house_name": ANEW}),
    "listings": ("UPDATE accounts SET display_name = 'Anew'", {"seller_name": ANEW}),
    "offers": ("UPDATE accounts SET display_name = 'Anew'", {"buyer_name": ANEW, "seller_name": ANEW}),
    "payments": (_PROOF, {"proof_status": "under_review"}),
    "refunds": (_ATTEMPT, {"is_older_attempt": True}),
    "carts": (_LINE, {"twin": True}),
}
"""By the table that is locked: what its holder adds, and how the statement shows it, where it reads it."""


def statements() -> Mapping[str, LockingStatement]:
    """Every one of the domain, by its place."""
    found: dict[str, LockingStatement] = {}
    for module in walk_packages(orderhub.domain.__path__, "orderhub.domain."):
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, LockingStatement):
                found.setdefault(f"{module.name.removeprefix('orderhub.domain.')}:{name}", value)
    return found


STATEMENTS: Final = statements()


async def new_values(database: Database) -> dict[str, Any]:
    """The ids of an order that was paid and given back, of a quote, its cart, an item, an offer; and how Awa asks."""
    scene = await new_scene(database)
    await scene.place()
    await scene.go((*WAYS["in_progress"], "seller cancel"))
    buyer: Caller = scene.callers[By.BUYER]
    (refund,) = await scene.rows("SELECT id, payment_id FROM refunds WHERE order_id = :order")
    async with database.session() as session:
        quote = await add_quote(session, buyer.account_id)
        listing = await add_item(session, scene.callers[By.SELLER].account_id)
        offer = await add_offer(session, listing, buyer.account_id)
    return {
        **buyer.values(),
        "operation": "POST /v1/somewhere",
        "key": "one",
        "claim": claim_text(buyer.account_id, "POST /v1/somewhere", "one"),
        "order_id": scene.order_id,
        "payment_id": refund["payment_id"],
        "refund_id": refund["id"],
        "attempt_id": "psr_1",
        "quote_id": quote.id,
        "cart_id": quote.cart_id,
        "listing_id": listing.id,
        "offer_id": offer.id,
        "url": "https://boutique.example/sandales",
    }


def table_of(statement: LockingStatement) -> str:
    return statement.sql.rpartition(" FOR UPDATE OF ")[2].split()[0]


async def take(database: Database, statement: LockingStatement, values: Mapping[str, Any]) -> dict[str, Any] | None:
    async with database.hot_transaction() as transaction:
        row = await lock(transaction, statement, values)
        return None if row is None else dict(row.items())


@pytest.mark.parametrize("place", STATEMENTS)
async def test_whoever_waits_reads_what_the_holder_left(database: Database, place: str) -> None:
    statement, values = STATEMENTS[place], await new_values(database)
    table = table_of(statement)
    row_id: UUID = values[f"{table[:-1]}_id"]
    added, shown = ADDED[table]
    before = await take(database, statement, values)
    assert before is not None
    async with database.session() as holder:
        await holder.execute(text("SET LOCAL session_replication_role = replica"))  # the row alone is told of
        await holder.execute(text(f"SELECT 1 FROM {table} WHERE id = :id FOR UPDATE"), {"id": row_id})
        taking = asyncio.create_task(take(database, statement, values))
        gives_way = "SKIP LOCKED" in statement.sql
        if gives_way:
            assert await taking is None
        else:
            await until_waiting(database, 1)
        await holder.execute(text(added), {**values, "new_id": new_id()})
        await holder.execute(text(f"UPDATE {table} SET version = version + 1 WHERE id = :id"), {"id": row_id})
    after = await (take(database, statement, values) if gives_way else taking)
    assert after is not None
    assert after["got_version"] == before["got_version"] + 1
    for column, value in shown.items():
        if column in after:
            assert after[column] != before[column]
            assert after[column] == value or value is True


def test_every_table_that_is_locked_is_raced() -> None:
    assert {table_of(statement) for statement in STATEMENTS.values()} == {*ADDED}
