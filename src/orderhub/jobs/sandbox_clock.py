"""Moves business time forward from one due instant to the next, doing at each all that follows.

For development only. The API reaches it through ``bootstrap.py``.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import text

from orderhub.infra.business_clock import business_now, step_to
from orderhub.infra.database import Database
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.schedule import next_daily
from orderhub.jobs.timers import next_due
from orderhub.jobs.worker import Worker

_ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(hashtext('sandbox_clock'))")


async def advance(context: WorkerContext, by: timedelta) -> datetime:
    """Let so much time pass; the answer is the business time then, with all due timers fired.

    Raises NotDrainedError when something does not come to its end.
    """
    worker, database = Worker(context), context.database
    async with database.session() as turn:
        await turn.execute(_ONE_AT_A_TIME)
        await worker.drain()
        now = await business_now(turn)
        end = now + by
        while (instant := await _next_instant(database, after=now)) is not None and instant <= end:
            await _go(database, instant)
            await worker.drain()
            now = instant
        await _go(database, end)
        await worker.drain()
    return end


async def _next_instant(database: Database, *, after: datetime) -> datetime | None:
    async with database.session() as session:
        instants = (await next_due(session, after=after), await next_daily(session, after=after))
    return min((instant for instant in instants if instant is not None), default=None)


async def _go(database: Database, instant: datetime) -> None:
    async with database.session() as session:
        await step_to(session, instant)
