"""What people of the sample data were told: alerts of the last days, and the log's reader moved past them all.

The mails of these events were read long ago: none is sent.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.events import reader
from orderhub.domain.events.models import Event
from orderhub.domain.notifications import service
from orderhub.domain.notifications.models import Notification
from orderhub.domain.samples import AWA, Notifications

_TOLD_WITHIN: Final = timedelta(days=6)
_READ_AFTER: Final = timedelta(days=3)


async def notify_everybody(session: AsyncSession, now: datetime) -> None:
    """Write the alerts of the last days, in the order of the events; what is older than three days has been read.

    Alerts of everything would be half of the time that the sample data takes.
    """
    events = (await session.scalars(select(Event).order_by(Event.xid, Event.id))).all()
    for event in events:
        if event.at > now - _TOLD_WITHIN:
            await service.notify(session, event)
    await reader.move_to(session, events[-1])
    await session.execute(
        update(Notification)
        .where(Notification.created_at < now - _READ_AFTER)
        .values(read_at=Notification.created_at + timedelta(hours=2))
    )
    await _name_one(session, AWA.id, Notifications.OF_AWA)


async def _name_one(session: AsyncSession, account_id: UUID, notification_id: UUID) -> None:
    """The examples read one alert: it gets the id that they know."""
    unread = select(Notification).where(Notification.account_id == account_id, Notification.read_at.is_(None))
    found = (await session.scalars(unread.order_by(Notification.event_id).limit(1))).one()
    found.id = notification_id
