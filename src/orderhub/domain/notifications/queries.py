"""Reads: one's notifications, and the dev mailbox."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.notifications.models import Notification, SandboxMail
from orderhub.kit.pages import Page, PageRequest, cut


async def notifications(
    session: AsyncSession, page: PageRequest, *, account_id: UUID, unread: bool | None = None
) -> Page[Notification]:
    """What an account was told, newest first; what it has or hasn't read where asked."""
    query = select(Notification).where(Notification.account_id == account_id)
    if page.after is not None:
        query = query.where(Notification.id < page.after)
    if unread is not None:
        query = query.where(Notification.read_at.is_(None) if unread else Notification.read_at.is_not(None))
    rows = (await session.scalars(query.order_by(Notification.id.desc()).limit(page.limit + 1))).all()
    return cut(rows, page.limit, lambda row: row.id)


async def count_unread(session: AsyncSession, account_id: UUID) -> int:
    """For the badge."""
    query = select(func.count()).where(Notification.account_id == account_id, Notification.read_at.is_(None))
    return await session.scalar(query) or 0


async def sandbox_mails(session: AsyncSession, page: PageRequest, *, recipient: str | None = None) -> Page[SandboxMail]:
    """The mails of the dev mailbox, newest first; those to one address where asked."""
    query = select(SandboxMail)
    if page.after is not None:
        query = query.where(SandboxMail.id < page.after)
    if recipient is not None:
        query = query.where(SandboxMail.recipient == recipient.lower())
    rows = (await session.scalars(query.order_by(SandboxMail.id.desc()).limit(page.limit + 1))).all()
    return cut(rows, page.limit, lambda row: row.id)
