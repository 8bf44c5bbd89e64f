"""Moves business time forward from one due instant to the next, doing at each all that follows.

For development only. The API reaches it through ``bootstrap.py``. Where it is going is kept in the database: what
was begun is gone on with, also after whoever asked for it has left, or the process that did it.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.infra.business_clock import BusinessClock, business_now, going_to, step_to
from orderhub.infra.database import Database
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.schedule import next_daily
from orderhub.jobs.timers import next_due
from orderhub.jobs.worker import NotDrainedError, Worker

ANSWER_WITHIN: Final = timedelta(seconds=20)
"""Real time after which whoever asked is told how far it has come."""
_LOCK: Final = text("SELECT pg_try_advisory_lock(hashtext('sandbox_clock'))")
_UNLOCK: Final = text("SELECT pg_advisory_unlock(hashtext('sandbox_clock'))")
_NAP: Final = 0.1
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the clock stands, and where it is going; None once it is there."""

    now: datetime
    goal: datetime | None


class SandboxClockwork:
    """Moves the clock beside the requests of one process that ask for it."""

    def __init__(self, context: WorkerContext, answer_within: timedelta = ANSWER_WITHIN) -> None:
        self._context = context
        self._patience = answer_within.total_seconds()
        self._moving: asyncio.Task[None] | None = None

    async def advance(self, by: timedelta) -> Progress:
        """Let so much more time pass than is passing already; the answer comes when it has, or after a while.

        Raises what stopped the clock, such as an outage of the database; the next call goes on.
        """
        async with self._context.database.session() as session:
            await set_out(session, by)
        until = asyncio.get_running_loop().time() + self._patience
        while True:
            if self._moving is None or self._moving.done():
                self._moving = asyncio.create_task(arrive(self._context))
            moving = self._moving
            await asyncio.wait({moving}, timeout=max(0.0, until - asyncio.get_running_loop().time()))
            if moving.done():
                moving.result()
            async with self._context.database.session() as session:
                found = Progress(await business_now(session), await going_to(session))
            if found.goal is None or not moving.done():
                return found

    async def aclose(self) -> None:
        """Stop moving it; what is left is gone on with at the next call."""
        if self._moving is not None:
            self._moving.cancel()
            await asyncio.wait({self._moving})


async def set_out(session: AsyncSession, by: timedelta) -> datetime:
    """Note that the clock is to go so much further; where it is going now."""
    # The row first: two at once add up.
    await session.execute(update(BusinessClock).values(goal=BusinessClock.goal))
    now = await business_now(session)
    goal = max(now, await going_to(session) or now) + by
    await session.execute(update(BusinessClock).values(goal=goal))
    return goal


async def arrive(context: WorkerContext) -> None:
    """Go where the clock is going, and do all that is due on the way. One process at a time does it."""
    worker, database = Worker(context), context.database
    async with _one_at_a_time(database):
        await _drain(worker)
        while (step := await _next_step(database)) is not None:
            async with database.session() as session:
                await step_to(session, step)
            await _drain(worker)
            async with database.session() as session:
                there = update(BusinessClock).where(BusinessClock.goal <= step).values(goal=None)
                await session.execute(there)


async def _drain(worker: Worker) -> None:
    while True:
        try:
            await worker.drain()
        except NotDrainedError as reason:
            _log.warning("sandbox_clock_waits", reason=str(reason))
        else:
            return


async def _next_step(database: Database) -> datetime | None:
    """The next instant at which something is due, or where the clock is going; None when it is there."""
    async with database.session() as session:
        goal, now = await going_to(session), await business_now(session)
        if goal is None:
            return None
        instants = (await next_due(session, after=now), await next_daily(session, after=now))
    return min((goal, *(instant for instant in instants if instant is not None)))


@asynccontextmanager
async def _one_at_a_time(database: Database) -> AsyncGenerator[None]:
    # A lock of the connection: a transaction that waits for all that is done meanwhile would be ended.
    async with database.engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
        while not await connection.scalar(_LOCK):  # noqa: ASYNC110 - PostgreSQL tells nobody
            await asyncio.sleep(_NAP)
        try:
            yield
        finally:
            await connection.execute(_UNLOCK)
