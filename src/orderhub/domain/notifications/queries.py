"""Reads: one's notifications, and the dev mailbox."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.notifications.models import Notification, SandboxMail
from orderhub.infra.pages import newest_first, one_more, where_given
from orderhub.kit.pages import Page, PageRequest, cut


async def notifications(
    session: AsyncSession, page: PageRequest, *, account_id: UUID, unread: bool | None = None
) -> Page[Notification]:
    """What an account was told, the newest event first; what it has or hasn't read where asked.

    Jobs of several events run at a time, so their alerts are written in any order.
    """
    wanted = [Notification.account_id == account_id]
    if unread is not None:
        wanted.append(Notification.read_at.is_(None) if unread else Notification.read_at.is_not(None))
    query = one_more(select(Notification).where(*wanted), page, Notification.event_id)
    return cut((await session.scalars(query)).all(), page.limit, lambda alert: alert.event_id)


async def count_unread(session: AsyncSession, account_id: UUID) -> int:
    """For the badge."""
    query = select(func.count()).where(Notification.account_id == account_id, Notification.read_at.is_(None))
    return await session.scalar(query) or 0


async def sandbox_mails(session: AsyncSession, page: PageRequest, *, recipient: str | None = None) -> Page[SandboxMail]:
    """The mails of the dev mailbox, newest first; those to one address where asked."""
    wanted = where_given((SandboxMail.recipient, recipient and recipient.lower()))
    return await newest_first(session, SandboxMail, page, *wanted)
