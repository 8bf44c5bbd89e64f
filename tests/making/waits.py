"""Somebody holds a row while others come for it: what they are told once it is free."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import text

from orderhub.infra.database import Database

_PATIENCE: Final = 20.0
"""Seconds until somebody who should wait does."""
_WAITING: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@asynccontextmanager
async def holding(database: Database, sql: str, **values: Any) -> AsyncGenerator[None]:
    """What this statement locks or writes stays locked meanwhile, and is committed afterwards."""
    async with database.session() as session:
        await session.execute(text(sql), values)
        yield


async def until_waiting(database: Database, count: int) -> None:
    """Come back when so many wait for a lock."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            async with database.session() as session:
                if await session.scalar(_WAITING) == count:
                    return
            await asyncio.sleep(0.01)
