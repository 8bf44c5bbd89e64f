"""Reminds staff, every working day, of what has waited for them for too long (docs/rules.md, Clocks)."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events import log
from orderhub.domain.policies import queries as policies
from orderhub.domain.staff import queue
from orderhub.domain.staff.waiting_kinds import BY_CODE
from orderhub.infra.business_clock import business_now
from orderhub.jobs.context import WorkerContext
from orderhub.kit.pages import PageRequest, read_cursor
from orderhub.kit.working_days import WorkingCalendar

_PAGE: Final = 100


async def remind_staff(context: WorkerContext, _payload: Mapping[str, Any]) -> None:
    """Write one `staff.reminder` event with how many things each role lets wait; none on other days."""
    zone = ZoneInfo(context.settings.house.time_zone)
    async with context.database.session() as session:
        now = await business_now(session)
        calendar = await policies.working_calendar(session, zone)
        today = now.astimezone(zone).date()
        if not calendar.is_worked(today):
            return
        overdue = await _overdue(session, calendar, now)
        if overdue:
            data = {"day": today.isoformat(), "overdue": dict(overdue)}
            log.write(session, topic="staff.reminder", subject="staff", sequence=today.toordinal(), at=now, data=data)


async def _overdue(session: AsyncSession, calendar: WorkingCalendar, now: datetime) -> Counter[str]:
    """How many things have waited too long, by the role whose work they are."""
    policy = await policies.current(session)
    found: Counter[str] = Counter()
    cursor: str | None = ""
    while cursor is not None:
        page = await queue.waiting(session, PageRequest(_PAGE, read_cursor(cursor) if cursor else None))
        for item in page.data:
            if queue.age(item.since, now, calendar, policy).is_overdue:
                found[BY_CODE[item.kind].role] += 1
        cursor = page.next_cursor
    return found
