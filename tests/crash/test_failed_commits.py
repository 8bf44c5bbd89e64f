"""A commit that fails is an error answer, never a 2xx: the session ends between the write and its COMMIT."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.crash.books import half_made, missing
from tests.crash.hub import Hub
from tests.crash.journal import Journal
from tests.crash.shoppers import Pair, pairs, shop

pytestmark = pytest.mark.slow

CHANCE = Random(4)  # noqa: S311 - spreads the accidents
WRITES = 300
ENDED = 60

_END_AT_COMMIT = """
CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_terminate_backend(pg_backend_pid());
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER end_at_commit AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION end_session();
"""
_LET_COMMIT = "DROP TRIGGER end_at_commit ON {table}; DROP FUNCTION end_session();"
_END_ONE = text("""
SELECT count(pg_terminate_backend(pid)) FROM (
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (state = 'idle in transaction' OR query ILIKE 'commit%' AND state = 'active') ORDER BY random() LIMIT 1
) doomed""")


@asynccontextmanager
async def ended_at_commit(hub: Hub, table: str) -> AsyncGenerator[None]:
    """While this lasts, whoever has written into a table loses the session when asking to commit."""
    await run(hub, _END_AT_COMMIT.format(table=table))
    yield
    await run(hub, _LET_COMMIT.format(table=table))


async def run(hub: Hub, script: str) -> None:
    async with hub.database.session() as session:
        connection = await session.connection()
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute(script)


async def attempt(pair: Pair, order: Any, action: str) -> httpx.Response:
    """One request of the seller's, under a key of its own."""
    path, body = f"/orders/{order['id']}/transitions", {"action": action}
    if action == "write":
        path, body = f"/conversations/{order['conversation_id']}/messages", {"text": "Bonjour Awa."}
    answer = await pair.journal.try_once(pair.seller, action, path, **body)
    assert answer is not None
    return answer


async def wrong(hub: Hub, journal: Journal) -> list[str]:
    async with hub.database.session() as session:
        return [*await missing(session, journal), *await half_made(session)]


@pytest.mark.parametrize(("table", "action"), [("history", "accept"), ("messages", "write")])
async def test_a_commit_that_fails_is_an_error_answer(hub: Hub, table: str, action: str) -> None:
    await hub.add_api()
    journal = Journal(hub.urls)
    (pair,) = await pairs(hub, journal, 1)
    order = await pair.paid()
    async with ended_at_commit(hub, table):
        for _ in range(10):
            answer = await attempt(pair, order, action)
            assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
    assert await wrong(hub, journal) == []
    assert (await attempt(pair, order, action)).is_success
    assert await wrong(hub, journal) == []


async def test_sessions_ended_under_load(hub: Hub, record: Callable[..., None]) -> None:
    await hub.add_api()
    await hub.add_worker()
    journal = Journal(hub.urls)
    ended = 0

    async def keep_ending() -> None:
        nonlocal ended
        while ended < ENDED:
            async with hub.database.session() as session:
                ended += await session.scalar(_END_ONE) or 0
            await asyncio.sleep(CHANCE.uniform(0, 0.02))

    shoppers = await pairs(hub, journal, 6)
    async with asyncio.timeout(120), asyncio.TaskGroup() as group:
        accidents = group.create_task(keep_ending())

        def enough() -> bool:
            return accidents.done() and len(journal.acknowledged) >= WRITES

        for first, pair in enumerate(shoppers):
            group.create_task(shop(pair, enough, first))

    found = await wrong(hub, journal)
    record(
        sessions_ended=ended,
        acknowledged=len(journal.acknowledged),
        refused=journal.lost,
        missing_or_half_made=len(found),
    )
    assert journal.lost > 0
    assert found == []
