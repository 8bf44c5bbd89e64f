"""Fires the timers that are due: the engine takes the row of each, if it still applies.

Several workers may sweep at once: the engine skips a timer whose object another one holds, and one
that no longer applies does nothing. A timer that fails stays, and is tried again later.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

import structlog
from prometheus_client import Counter, Histogram
from sqlalchemy import ColumnElement, Double, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.offers import engine as offers
from orderhub.domain.offers.timers import SUBJECT as OFFER
from orderhub.domain.orders import engine as orders
from orderhub.domain.orders.timers import SUBJECT as ORDER
from orderhub.domain.quotes import engine as quotes
from orderhub.domain.quotes.timers import SUBJECT as QUOTE
from orderhub.domain.transitions.models import Timer
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database

BATCH: Final = 200
_PARALLEL: Final = 4
_BACKOFF: Final = timedelta(seconds=10)
_MOST_TRIES: Final = 20

FAILED: Final = Counter("orderhub_timers_failed", "Timers whose row could not be taken because of an error.")
LATENESS: Final = Histogram(
    "orderhub_timer_lateness_seconds", "How late timers fire.", buckets=(0.5, 1, 2, 3, 5, 10, 60, 600)
)
ENGINES: Final = {ORDER: orders.fire_timer, QUOTE: quotes.fire_timer, OFFER: offers.fire_timer}
"""Who takes the row of a timer, by its kind of object."""
_log = structlog.get_logger()


async def sweep(database: Database) -> int:
    """Fire one batch of due timers, the earliest first; how many are done with."""
    async with database.session() as session:
        now = await business_now(session)
        due = await due_timers(session, now)
    if not due:
        return 0
    objects = groupby(sorted(due, key=attrgetter("subject_id", "due", "id")), key=attrgetter("subject_id"))
    at_once = asyncio.Semaphore(_PARALLEL)
    await asyncio.gather(*(_fire_in_turn(database, tuple(timers), now, at_once) for _, timers in objects))
    async with database.session() as session:
        remaining = await session.scalar(select(func.count()).where(Timer.id.in_([timer.id for timer in due])))
    return len(due) - (remaining or 0)


async def any_due(database: Database) -> bool:
    """Whether timers are due, such as those of an object that somebody holds at this moment."""
    async with database.session() as session:
        return bool(await due_timers(session, await business_now(session)))


async def due_timers(session: AsyncSession, now: datetime) -> Sequence[Timer]:
    """The timers to fire at this business time; one that failed waits until it is twice as late."""
    waited = Timer.due + _BACKOFF * (func.power(2, Timer.tries, type_=Double[float]()) - 1) <= now
    ready = select(Timer).where(Timer.due <= now, waited)
    return (await session.scalars(ready.order_by(Timer.due, Timer.id).limit(BATCH))).all()


async def next_due(session: AsyncSession, *, after: datetime) -> datetime | None:
    """The earliest instant after this one at which a timer is due."""
    return await session.scalar(select(func.min(Timer.due)).where(Timer.due > after))


async def _fire_in_turn(database: Database, timers: Sequence[Timer], now: datetime, at_once: asyncio.Semaphore) -> None:
    async with at_once:
        for timer in timers:
            await _fire(database, timer, now)


async def _fire(database: Database, timer: Timer, now: datetime) -> None:
    try:
        await ENGINES[timer.subject](database, timer, now)
    except Exception as error:  # noqa: BLE001 - one that fails must not hold up the others
        FAILED.inc()
        _log.error(
            "timer_failed",
            timer=str(timer.id),
            action=timer.action,
            error=type(error).__name__,
            exc_info=timer.tries == 0,  # once is enough to find the fault
        )
        async with database.session() as session:
            await session.execute(update(Timer).where(Timer.id == timer.id).values(tries=_one_more()))
    else:
        LATENESS.observe((now - timer.due).total_seconds())


def _one_more() -> ColumnElement[int]:
    return func.least(Timer.tries + 1, _MOST_TRIES)
