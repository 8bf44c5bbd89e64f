"""Waits until a hub has done what its last answer caused: events are fanned out, and no job is ready or running."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.sql import column, table, text

from orderhub.domain.events import reader
from orderhub.infra.database import Database

WITHIN: Final = 20.0
_PAUSE: Final = 0.02
_BUSY: Final = (
    select(func.count())
    .select_from(table("pgqueuer", column("status")))
    .where(text("status = 'picked' OR status = 'queued' AND execute_after <= now()"))
)


class Worker:
    """The worker of a hub, looked at through its database."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        self._runner, self._database = runner, database

    def settle(self) -> None:
        """Wait until nothing is left to do at once."""
        self._runner.run(self._settle())

    async def _settle(self) -> None:
        until = time.monotonic() + WITHIN
        while await self._is_busy():
            if time.monotonic() > until:
                message = f"the worker was not done within {WITHIN:.0f} s"
                raise SystemExit(message)
            await asyncio.sleep(_PAUSE)

    async def _is_busy(self) -> bool:
        if (await reader.waiting(self._database)).any:
            return True
        async with self._database.session() as session:
            return bool(await session.scalar(_BUSY))


@contextmanager
def watched(database_url: str) -> Generator[Worker]:
    """The worker of the hub on this database."""
    database = Database(database_url, pool=1)
    with asyncio.Runner() as runner:
        runner.run(database.open())
        try:
            yield Worker(runner, database)
        finally:
            runner.run(database.close())
