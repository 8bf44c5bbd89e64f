"""What notifications hold of a person: what they were told, and what others were told of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.personal_data import Holding
from orderhub.domain.catalog.models import Listing
from orderhub.domain.comments.personal_data import subjects_about
from orderhub.domain.events.models import Event
from orderhub.domain.events.rewriting import seen_by
from orderhub.domain.notifications.gathering import alerts_of
from orderhub.domain.notifications.models import Notification, SandboxMail
from orderhub.domain.orders.models import Order
from orderhub.kit.clock import show_instant
from orderhub.kit.ids import show_id


async def export_notifications(session: AsyncSession, account_id: UUID) -> list[dict[str, Any]]:
    """Everything that a person was told in the member area, oldest first."""
    query = select(Notification).where(Notification.account_id == account_id).order_by(Notification.event_id)
    return [
        {
            "id": show_id("ntf", row.id),
            "code": row.code,
            "params": row.params,
            "order_id": row.order_id and show_id("ord", row.order_id),
            "quote_id": row.quote_id and show_id("quo", row.quote_id),
            "offer_id": row.offer_id and show_id("off", row.offer_id),
            "listing_id": row.listing_id and show_id("lst", row.listing_id),
            "created_at": show_instant(row.created_at),
            "read_at": row.read_at and show_instant(row.read_at),
        }
        for row in await session.scalars(query)
    ]


async def erase_notifications(session: AsyncSession, account_id: UUID) -> None:
    """Delete the person's alerts, tell those of others anew, and drop the dev mailbox's mails about them.

    What an alert says comes from its event, which has forgotten the person by now.
    """
    await session.execute(delete(Notification).where(Notification.account_id == account_id))
    in_comments = Event.subject.in_(await subjects_about(session, account_id))
    of_theirs = Event.id.in_(_told_of_orders(account_id)), Event.id.in_(_told_of_listings(account_id))
    mine = or_(seen_by(account_id), in_comments, *of_theirs)
    told = select(Notification, Event).join(Event, Event.id == Notification.event_id).where(mine)
    for notification, event in (await session.execute(told.order_by(Notification.id))).all():
        found = {alert.account_id: alert for alert in await alerts_of(session, event)}
        alert = found.get(notification.account_id)
        notification.params = dict(alert.params) if alert else {}
    await session.flush()
    about_them = select(func.replace(Event.id.cast(Text), "-", "")).where(mine)
    event_id, recipient = (func.split_part(SandboxMail.message_id, ".", place) for place in (1, 2))
    to_them = recipient.startswith(f"{account_id.hex}@")
    await session.execute(delete(SandboxMail).where(or_(event_id.in_(about_them), to_them)))


def _told_of_orders(account_id: UUID) -> Select[UUID]:
    """The events that somebody was told of about an order of this person's: of some the seller is no party."""
    orders = select(Order.id).where(or_(Order.buyer_id == account_id, Order.seller_id == account_id))
    return select(Notification.event_id).where(Notification.order_id.in_(orders))


def _told_of_listings(account_id: UUID) -> Select[UUID]:
    """The events that others were told of about a listing of this person's."""
    listings = select(Listing.id).where(Listing.seller_id == account_id)
    return select(Notification.event_id).where(Notification.listing_id.in_(listings))


NOTIFICATIONS = Holding(export_notifications, erase_notifications)
"""For `personal_data.register`."""
