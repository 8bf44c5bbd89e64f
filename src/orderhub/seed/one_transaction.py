"""A database whose every unit of work is part of one transaction: the sample data comes whole or not at all.

The engine opens transactions of its own. Here they are parts of one, so that a seed that fails or is killed leaves
nothing: no half a story, and no clock that stands in the past. Whatever raises ends the whole.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from orderhub.infra.database import Database, HotTransaction


@asynccontextmanager
async def one_transaction(database: Database) -> AsyncGenerator[Database]:
    """A `Database` within one transaction of this one, committed at the end. One user at a time."""
    async with database.session() as session:
        connection = await session.connection()
        await connection.execute(text("SELECT 1"))  # with its first statement the driver's transaction begins
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await _speak_both(driver)
        yield _OneTransaction(database, connection, driver)


async def _speak_both(driver: Any) -> None:
    """Let one connection write JSON as SQLAlchemy does, in text, and as hot statements do, in objects."""

    def encode(value: object) -> str:
        return value if isinstance(value, str) else msgspec.json.encode(value).decode()

    await driver.set_type_codec("jsonb", schema="pg_catalog", encoder=encode, decoder=msgspec.json.decode)


class _OneTransaction(Database):
    def __init__(self, outer: Database, connection: AsyncConnection, driver: Any) -> None:
        super().__init__(outer.url.render_as_string(hide_password=False), pool=1)
        self._bound, self._driver = connection, driver

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession]:
        unit = AsyncSession(self._bound, expire_on_commit=False, join_transaction_mode="rollback_only")
        async with unit as session, session.begin():
            yield session

    @asynccontextmanager
    async def hot_transaction(self) -> AsyncGenerator[HotTransaction]:
        yield HotTransaction(self._driver)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[Any]:
        yield self._driver
