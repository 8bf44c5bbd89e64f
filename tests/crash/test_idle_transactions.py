"""A process that stands still in the middle of a transaction keeps its locks for a moment only."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import text

from orderhub.infra.database import Database

LONGER_THAN_ALLOWED = 2.5


async def stand_still(database: Database) -> None:
    async with database.hot_transaction() as transaction:
        await transaction.connection.execute("LOCK TABLE timers")
        await asyncio.sleep(LONGER_THAN_ALLOWED)
        async with database.session() as another:
            await another.execute(text("LOCK TABLE timers NOWAIT"))


async def test_a_hot_transaction_that_stands_still_gives_up_its_locks(database: Database) -> None:
    # That it can't be committed is the proof that another one got the lock before.
    with pytest.raises((asyncpg.InterfaceError, asyncpg.IdleInTransactionSessionTimeoutError, ConnectionError)):
        await stand_still(database)
    async with database.hot_transaction() as transaction:
        assert await transaction.connection.fetchval("SELECT 1") == 1
