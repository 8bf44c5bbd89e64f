"""The queue: everything that waits for staff, in one list, each with its age. What waits stands in `waits`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.policies.policy import Policy
from orderhub.domain.staff.waiting_kinds import BY_CODE
from orderhub.domain.staff.waits import everything
from orderhub.infra.pages import one_more
from orderhub.kit.pages import Page, PageRequest, cut
from orderhub.kit.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. ``prefix`` and ``id`` name it: an order, a quote, a proof, a trader, a case or a refund."""

    id: UUID
    prefix: str
    kind: str
    """A code of `waiting_kinds.BY_CODE`."""
    order_id: UUID | None
    payment_id: UUID | None
    about: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Age:
    """How long something has waited, in business time."""

    elapsed: timedelta
    working_days: int
    is_overdue: bool
    """As long as staff may let it wait before they are reminded."""


def age(since: datetime, now: datetime, calendar: WorkingCalendar, policy: Policy) -> Age:
    """How long something has waited at the business instant ``now``; what came while that was read, not at all."""
    since = min(since, now)
    days = calendar.count(since, now)
    return Age(now - since, days, days >= policy.duration("staff_reminder").days)


async def waiting(
    session: AsyncSession, page: PageRequest, kind: str | None = None, role: str | None = None
) -> Page[Waiting]:
    """What waits for staff, newest first; of one kind, or of one role's work, where asked."""
    rows = everything().subquery()
    query = one_more(select(rows), page, rows.c.id)
    if kind is not None:
        query = query.where(rows.c.kind == kind)
    if role is not None:
        query = query.where(rows.c.kind.in_([each.code for each in BY_CODE.values() if each.role == role]))
    found = [Waiting(**row) for row in (await session.execute(query)).mappings()]
    return cut(found, page.limit, lambda item: item.id)
