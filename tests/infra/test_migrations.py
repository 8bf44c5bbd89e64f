"""Migrations bring an empty database to the models, and can be asked for where it is."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from orderhub.infra.database import Database
from orderhub.infra.migrations import at_head, head, upgrade


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.engine.connect() as found:
        yield found


async def test_a_migrated_database_is_at_head_and_stays_there(connection: AsyncConnection, database_url: str) -> None:
    assert await at_head(connection)
    await upgrade(database_url)
    assert await at_head(connection)


async def test_an_older_one_is_not(connection: AsyncConnection) -> None:
    await connection.execute(text("UPDATE alembic_version SET version_num = '01_accounts'"))
    assert not await at_head(connection)


async def test_one_that_was_never_migrated_is_not(connection: AsyncConnection) -> None:
    await connection.execute(text("DROP TABLE alembic_version"))
    assert not await at_head(connection)


async def test_one_of_a_later_release_is(connection: AsyncConnection) -> None:
    await connection.execute(text("UPDATE alembic_version SET version_num = '99_later'"))
    assert await at_head(connection)
    assert head() != "99_later"
