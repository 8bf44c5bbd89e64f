"""What the house lets wait is reminded of, role by role: a quote until it is issued."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from orderhub.domain.events.models import Event
from orderhub.infra.business_clock import BusinessClock
from orderhub.jobs.context import WorkerContext
from orderhub.jobs.staff_reminders import remind_staff
from orderhub.kit.clock import real_now
from tests.making.people import add_person
from tests.making.quotes import add_quote, issue
from tests.making.quotes import lead as lead_quote

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""No public holiday is near."""


async def test_each_role_is_reminded_of_its_own(context: WorkerContext) -> None:
    async with context.database.session() as session:
        awa = await add_person(session, "awa", now=MONDAY)
        await add_quote(session, awa, now=MONDAY)
        issued = await add_quote(session, awa, now=MONDAY)
        await lead_quote(session, issued, "in_preparation", at=MONDAY)
        await issue(session, issued, awa, at=MONDAY)
        await add_quote(session, awa, now=MONDAY + timedelta(days=2))
        await session.execute(update(BusinessClock).values(ahead=MONDAY + timedelta(days=2, minutes=5) - real_now()))
    await remind_staff(context, {})

    async with context.database.session() as session:
        (data,) = await session.scalars(select(Event.data).where(Event.topic == "staff.reminder"))
    assert data == {"day": "2027-03-03", "overdue": {"support": 1}}
