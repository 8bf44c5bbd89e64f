"""Everything that recurs, on this one page: when, and which job of ``registry.py``.

Each has a row with its next instant; of several workers, the one that moves the instant on enqueues
the job. An instant missed while no worker ran is made up for once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.infra import queue_recurring
from orderhub.infra.business_clock import business_now
from orderhub.infra.database import Database
from orderhub.infra.queue import enqueue
from orderhub.kit.clock import real_now
from orderhub.settings import HouseSettings


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, in real time."""

    period: timedelta

    def following(self, now: datetime, _zone: ZoneInfo) -> datetime:
        """The next instant after ``now``."""
        return now + self.period


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day of business time, at this time of the house's day."""

    at: time

    def following(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The next instant after ``now``."""
        local = now.astimezone(zone)
        today = datetime.combine(local.date(), self.at, zone)
        return today if today > now else datetime.combine(local.date() + timedelta(days=1), self.at, zone)


_MINUTES, _HOURS = timedelta(minutes=1), timedelta(hours=1)

SCHEDULE: Final[Mapping[str, Every | Daily]] = {
    "ask_about_old_payments": Every(_HOURS),
    "ask_about_payments": Every(2 * _MINUTES),
    "ask_about_refunds": Every(10 * _MINUTES),
    "drop_expired_secrets": Every(_HOURS),
    "drop_idempotency_keys": Every(_HOURS),
    "drop_job_log": Every(6 * _HOURS),
    "drop_orphan_files": Every(6 * _HOURS),
    "make_thumbnails": Every(5 * _MINUTES),
    "remind_staff": Daily(time(9)),
}


async def enqueue_due(database: Database, house: HouseSettings) -> int:
    """Enqueue the jobs whose instant has come; how many."""
    async with database.session() as session:
        known = await queue_recurring.next_instants(session)
        zone, business = ZoneInfo(house.time_zone), await business_now(session)
        done = 0
        for name, rhythm in SCHEDULE.items():
            now = business if isinstance(rhythm, Daily) else real_now()
            following = rhythm.following(now, zone)
            if name not in known:
                await queue_recurring.begin(session, name, following)
            elif known[name] <= now and await queue_recurring.take(session, name, due=known[name], following=following):
                await enqueue(session, name, {}, dedupe_key=name)
                done += 1
    return done


async def next_daily(session: AsyncSession, *, after: datetime) -> datetime | None:
    """The earliest business instant after this one at which something daily is due."""
    known = await queue_recurring.next_instants(session)
    daily = [known[name] for name, rhythm in SCHEDULE.items() if isinstance(rhythm, Daily) and name in known]
    return min((instant for instant in daily if instant > after), default=None)
