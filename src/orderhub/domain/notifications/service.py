"""Notifying people: alerts written for an event, the mails that go with them, and having read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.house import HOUSE_ID
from orderhub.domain.accounts.preferences import Channel, Topic, channels
from orderhub.domain.events.models import Event
from orderhub.domain.messages.models import ConversationMember
from orderhub.domain.notifications.account_mails import ACCOUNT_MAILS
from orderhub.domain.notifications.alerts import Alert
from orderhub.domain.notifications.errors import NotificationNotFoundError
from orderhub.domain.notifications.gathering import TOPICS, alerts_of
from orderhub.domain.notifications.models import Notification
from orderhub.domain.orders.kinds import KINDS
from orderhub.domain.shops.models import Shop, ShopMember
from orderhub.kit.ids import new_id
from orderhub.kit.text import Label

IN_APP_ONLY: Final = frozenset({"payment.confirmed"})
"""The order's own row, taken by the same payment, is the mail."""


TOLD: Final = (*TOPICS, *ACCOUNT_MAILS)
"""Every topic of the event log that somebody is told of."""


ONE_WAY: Final = frozenset(kind.words.prefix + action for kind in KINDS.values() for action in kind.words.one_way)
"""Sent by WhatsApp where it is on, else by e-mail, whatever else was chosen: nobody could fetch the goods without."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message to be composed and sent: about which event, to whom, and how."""

    event_id: UUID
    account_id: UUID
    channel: Channel = Channel.EMAIL
    or_mail: bool = False
    """Whether it goes by e-mail after all when WhatsApp refuses it."""


async def notify(session: AsyncSession, event: Event, *, whatsapp: bool = False) -> Sequence[Addressed]:
    """Write the alerts of an event and answer what to send; the same event again adds no alert.

    ``whatsapp`` says whether this deployment can send WhatsApp messages.
    """
    if event.topic in ACCOUNT_MAILS:
        return await _account_mail(session, event)
    messages: list[Addressed] = []
    for alert in await _to_people(session, await alerts_of(session, event)):
        chosen = await channels(session, alert.account_id, alert.topic)
        if Channel.IN_APP in chosen:
            await _write(session, event, alert)
        ways = _ways(alert, chosen if whatsapp else chosen - {Channel.WHATSAPP})
        if ways and await _is_worth_sending(session, alert):
            or_mail = Channel.EMAIL not in ways and alert.code in ONE_WAY
            messages += [Addressed(event.id, alert.account_id, way, or_mail) for way in ways]
    return messages


async def _to_people(session: AsyncSession, found: Sequence[Alert]) -> Sequence[Alert]:
    """The same, where nobody reads as a shop: what is for its account is for each of its members."""
    statement = (
        select(Shop.account_id, ShopMember.account_id)
        .join(ShopMember, ShopMember.shop_id == Shop.id)
        .where(Shop.account_id.in_([alert.account_id for alert in found]))
        .order_by(ShopMember.added_at, ShopMember.account_id)
    )
    members: dict[UUID, list[UUID]] = {}
    for account_id, member_id in await session.execute(statement):
        members.setdefault(account_id, []).append(member_id)
    return [
        replace(alert, account_id=account_id)
        for alert in found
        for account_id in members.get(alert.account_id, [alert.account_id])
    ]


def _ways(alert: Alert, chosen: frozenset[Channel]) -> Sequence[Channel]:
    """The channels on which something is sent; whoever was erased is left out when it is composed."""
    if alert.code in ONE_WAY:
        return [Channel.WHATSAPP if Channel.WHATSAPP in chosen else Channel.EMAIL]
    return [way for way in (Channel.EMAIL, Channel.WHATSAPP) if way in chosen]


async def _account_mail(session: AsyncSession, event: Event) -> Sequence[Addressed]:
    account_id = event.first_party
    if account_id is None or Channel.EMAIL not in await channels(session, account_id, Topic.ACCOUNT):
        return []
    return [Addressed(event.id, account_id)]


async def _write(session: AsyncSession, event: Event, alert: Alert) -> None:
    values = {
        "id": new_id(),
        "account_id": alert.account_id,
        "event_id": event.id,
        "topic": alert.topic.value,
        "code": alert.code,
        "params": dict(alert.params),
        "order_id": alert.order_id,
        "conversation_id": alert.conversation_id,
        "quote_id": alert.quote_id,
        "offer_id": alert.offer_id,
        "listing_id": alert.listing_id,
        "created_at": event.at,
    }
    await session.execute(insert(Notification).values(values).on_conflict_do_nothing())


async def _is_worth_sending(session: AsyncSession, alert: Alert) -> bool:
    if alert.code in IN_APP_ONLY:
        return False
    # Nobody reads as the house: its inbox gets every message.
    if alert.topic is not Topic.MESSAGES or alert.account_id == HOUSE_ID:
        return True
    return await _first_unread(session, alert)


async def _first_unread(session: AsyncSession, alert: Alert) -> bool:
    """One mail a conversation until it is read; none when it was read before we came to send it."""
    member = ConversationMember
    changed = await session.scalar(
        update(member)
        .where(
            member.conversation_id == alert.conversation_id,
            member.account_id == alert.account_id,
            member.unread > 0,
            member.mailed.is_(False),
        )
        .values(mailed=True)
        .returning(member.account_id),
        execution_options={"synchronize_session": False},
    )
    return changed is not None


async def mark_read(session: AsyncSession, notification_id: UUID, *, account_id: UUID, now: datetime) -> Notification:
    """The alert, read from now on, or since before. Raises NotificationNotFoundError."""
    found = await session.scalar(
        select(Notification).where(Notification.id == notification_id, Notification.account_id == account_id)
    )
    if found is None:
        raise NotificationNotFoundError(
            Label("Aucune de vos notifications n’a cet id.", "No notification of yours has this id.")
        )
    found.read_at = found.read_at or now
    return found


async def mark_all_read(session: AsyncSession, *, account_id: UUID, now: datetime) -> None:
    """Everything that this account was told until now is read."""
    unread = (Notification.account_id == account_id, Notification.read_at.is_(None))
    await session.execute(
        update(Notification).where(*unread).values(read_at=now), execution_options={"synchronize_session": False}
    )
